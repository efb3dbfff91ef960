// What the widget says: in English, Chinese and Spanish by itself, in any other way by attributes `text-…` of its element.

/** @type {Record<string, Record<string, string>>} */
export const TEXTS = {
  en: {
    label: "Search the briefings",
    button: "Search",
    suggestions: "Suggestions",
    "suggestion-none": "No suggestions",
    "suggestion-one": "{number} suggestion",
    "suggestion-other": "{number} suggestions",
    entity: "Mentioned",
    outlet: "Outlets",
    speaker: "Speakers",
    phrase: "Phrases",
    word: "Words",
    results: "Answers found",
    "answer-one": "{number} answer",
    "answer-other": "{number} answers",
    "at-least": "at least {answers}",
    question: "Question",
    reply: "Answer",
    statement: "Statement",
    more: "See all in the full search",
    loading: "Searching…",
    empty: "Nothing was found.",
    meant: "Did you mean {query}?",
    retry: "Try again",
    refused: "This search cannot be read.",
    busy: "Many people are searching just now. Please try again in a moment.",
    "busy-until": "Many people are searching just now. Please try again in {seconds} s.",
    offline: "You are offline. The search goes on when the network is back.",
    origin: "The search is not available on this page.",
    failed: "The search does not answer just now.",
  },
  zh: {
    label: "搜索记者会记录",
    button: "搜索",
    suggestions: "搜索建议",
    "suggestion-none": "没有建议",
    "suggestion-other": "{number} 条建议",
    entity: "提及",
    outlet: "媒体",
    speaker: "发言人",
    phrase: "短语",
    word: "词语",
    results: "搜索结果",
    "answer-other": "{number} 条答复",
    "at-least": "至少 {answers}",
    question: "提问",
    reply: "答复",
    statement: "发言",
    more: "在完整搜索中查看全部",
    loading: "正在搜索……",
    empty: "没有找到结果。",
    meant: "您要找的是不是 {query}？",
    retry: "重试",
    refused: "无法理解这个搜索。",
    busy: "当前搜索的人很多，请稍后再试。",
    "busy-until": "当前搜索的人很多，请在 {seconds} 秒后再试。",
    offline: "您已离线。网络恢复后将继续搜索。",
    origin: "此页面无法使用搜索。",
    failed: "搜索暂时没有响应。",
  },
  es: {
    label: "Buscar en las conferencias de prensa",
    button: "Buscar",
    suggestions: "Sugerencias",
    "suggestion-none": "Sin sugerencias",
    "suggestion-one": "{number} sugerencia",
    "suggestion-other": "{number} sugerencias",
    entity: "Se menciona",
    outlet: "Medios",
    speaker: "Portavoces",
    phrase: "Frases",
    word: "Palabras",
    results: "Respuestas encontradas",
    "answer-one": "{number} respuesta",
    "answer-other": "{number} respuestas",
    "at-least": "al menos {answers}",
    question: "Pregunta",
    reply: "Respuesta",
    statement: "Declaración",
    more: "Ver todo en la búsqueda completa",
    loading: "Buscando…",
    empty: "No se encontró nada.",
    meant: "¿Quiso decir {query}?",
    retry: "Reintentar",
    refused: "No se entiende esta búsqueda.",
    busy: "Hay muchas búsquedas en este momento. Inténtelo de nuevo enseguida.",
    "busy-until": "Hay muchas búsquedas en este momento. Inténtelo de nuevo en {seconds} s.",
    offline: "No hay conexión. La búsqueda sigue cuando vuelva la red.",
    origin: "La búsqueda no está disponible en esta página.",
    failed: "La búsqueda no responde en este momento.",
  },
};

export const KEYS = Object.keys(TEXTS.en);

/** What the widget says, where it stands. */
export class Speech {
  /**
   * @param {string} language of the page, or of the element; may be anything
   * @param {(key: string) => string | null} own what the page says itself for a key
   */
  constructor(language, own) {
    const primary = language.toLowerCase().split(/[-_]/)[0];
    this.own = own;
    this.texts = TEXTS[Object.hasOwn(TEXTS, primary) ? primary : "en"];
    // Days and numbers go with the texts: in another language only where the page brings texts in it.
    const speaks = this.texts !== TEXTS.en || primary === "en" || KEYS.some((key) => own(key));
    this.locale = speaks && isLocale(language) ? language : "en";
    this.plural = new Intl.PluralRules(this.locale);
    this.numbers = new Intl.NumberFormat(this.locale);
    this.days = new Intl.DateTimeFormat(this.locale, { dateStyle: "medium", timeZone: "UTC" });
  }

  /**
   * @param {string} key
   * @param {Record<string, string>} places what stands for each `{name}`
   */
  say(key, places = {}) {
    const text = this.own(key) ?? (Object.hasOwn(this.texts, key) ? this.texts[key] : "");
    return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(places, name) ? places[name] : whole));
  }

  /**
   * The form of a text that goes with a number.
   * @param {string} key
   * @param {number} number
   */
  count(key, number) {
    const form = `${key}-${this.plural.select(number)}`;
    const known = this.own(form) ?? this.texts[form];
    return this.say(known === undefined ? `${key}-other` : form, { number: this.numbers.format(number) });
  }

  /** @param {string} day as 2024-02-08; anything else stays as it is */
  day(day) {
    const date = new Date(`${day}T00:00:00Z`);
    return Number.isNaN(date.getTime()) ? day : this.days.format(date);
  }
}

/** @param {string} language */
function isLocale(language) {
  try {
    return Intl.getCanonicalLocales(language).length === 1;
  } catch {
    return false;
  }
}
