/* <lectern-search> 1.0.0, MIT licence. Its source, in parts, is in Lectern's webui/widget. */
(() => {
"use strict";
const FILTERS = ["publisher", "speaker", "outlet", "entity", "language", "from", "to"];
const USUAL = 5;
const MOST = 20;
function originOf(source) {
if (!source) return "";
try {
const url = new URL(source);
return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.origin : "";
} catch {
return "";
}
}
function limitOf(limit) {
const number = /^\d{1,9}$/.test(limit ?? "") ? Number(limit) : USUAL;
return Math.min(Math.max(number, 1), MOST);
}
function pairsOf(text, preset) {
const pairs = [["q", text.trim()]];
for (const name of FILTERS) {
const value = preset(name)?.trim();
if (value) pairs.push([name, value]);
}
return pairs;
}
function addressOf(origin, path, pairs) {
return `${origin}${path}?${new URLSearchParams(pairs)}`;
}
function leadOf(link, origin) {
if (typeof link !== "string") return "";
try {
const url = new URL(link, origin);
return url.origin === origin && !url.username ? url.href : "";
} catch {
return "";
}
}
const PATIENCE = 20000; // milliseconds; whoever waits longer has given up
const LATE = "late";
const DISCREET = { credentials: "omit", referrerPolicy: "no-referrer" };
class Failure extends Error {
constructor(kind, status = 0, message = "", wait = 0) {
super(message);
this.kind = kind;
this.status = status;
this.wait = wait;
}
}
class Asker {
constructor(fetching = (...asked) => fetch(...asked)) {
this.fetching = fetching;
this.under = new AbortController();
}
forget() {
this.under.abort();
}
async ask(address) {
this.forget();
const mine = (this.under = new AbortController());
const { signal } = mine;
const late = setTimeout(() => mine.abort(LATE), PATIENCE);
try {
const answer = await this.fetching(address, { ...DISCREET, signal });
const found = await answer.json().catch(() => null); // a proxy's page of an error is no JSON
signal.throwIfAborted();
if (answer.ok && found instanceof Object) return found;
throw failureOf(answer, found);
} catch (error) {
if (signal.aborted && signal.reason !== LATE) return undefined;
if (error instanceof Failure) throw error;
if (signal.aborted || !(error instanceof TypeError)) throw new Failure("failed");
const kind = await this.explain(address, signal);
if (signal.aborted && signal.reason !== LATE) return undefined;
throw new Failure(kind);
} finally {
clearTimeout(late);
}
}
async explain(address, signal) {
if (globalThis.navigator?.onLine === false) return "offline";
try {
const there = `${new URL(address).origin}/robots.txt`;
await this.fetching(there, { ...DISCREET, mode: "no-cors", cache: "no-store", signal });
return "origin";
} catch {
return "failed";
}
}
}
function failureOf(answer, found) {
const { status } = answer;
const said = [found?.error?.message, found?.error?.hint].filter((text) => text && typeof text === "string").join("; ");
if (status === 429) return new Failure("busy", status, said, waitOf(answer.headers.get("Retry-After")));
return new Failure(status >= 400 && status < 500 ? "refused" : "failed", status, said);
}
function waitOf(text) {
const seconds = /^\d+$/.test(text ?? "") ? Number(text) : (Date.parse(text ?? "") - Date.now()) / 1000;
return seconds > 0 ? Math.min(Math.ceil(seconds), 3600) : 0;
}
function make(name, attributes = {}, ...children) {
const element = document.createElement(name);
for (const [attribute, value] of Object.entries(attributes)) if (value) element.setAttribute(attribute, value);
element.append(...children);
return element;
}
function textOf(value) {
return typeof value === "string" ? value : "";
}
function listOf(value) {
return Array.isArray(value) ? value : [];
}
const PAUSE = 150; // milliseconds without a key before anything is asked
const STALE = 600; // after which what is out of date is hidden, though the answer may still come
const QUIET = 600; // before a screen reader is told how many there are
const TAP = 400; // between a finger's leaving and its click
class Combobox {
constructor(desk) {
this.desk = desk;
this.options = new Map();
this.at = -1; // the active option; -1 is the text itself
this.waiting = false; // what is shown was not asked with what now stands in the box
this.composing = false;
this.pressed = false; // a pointer is down on the list: nothing may change under it
this.later = undefined;
this.timers = {};
this.listen();
}
listen() {
const { input, list } = this.desk;
input.addEventListener("input", () => this.composing || this.changed());
input.addEventListener("compositionstart", () => {
if (matchMedia("(pointer: coarse)").matches) return;
this.composing = true;
this.close();
});
input.addEventListener("compositionend", () => {
this.composing = false;
this.changed();
});
input.addEventListener("keydown", (event) => this.press(event));
input.addEventListener("blur", () => this.close());
list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
list.addEventListener("pointerdown", (event) => {
if (!/** @type {Element} */ (event.target).closest("[role=option]")) return; // it is on the bar that scrolls
this.pressed = true;
const up = () => this.after("tap", TAP, () => this.release());
for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, up, { once: true });
});
list.addEventListener("click", (event) => {
const option = /** @type {Element} */ (event.target).closest("[role=option]");
const chosen = option && this.options.get(option);
this.later = undefined;
this.release();
if (chosen) this.choose(chosen);
});
}
release() {
clearTimeout(this.timers.tap);
this.pressed = false;
this.later?.();
this.later = undefined;
}
after(name, pause, act) {
clearTimeout(this.timers[name]);
this.timers[name] = setTimeout(act, pause);
}
press(event) {
if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.shiftKey) return;
const open = !this.desk.list.hidden;
const { key } = event;
if (key === "ArrowDown" || key === "ArrowUp") {
if (event.altKey && key === "ArrowUp") this.close();
else if (!open) this.ask();
else if (!this.waiting) this.move(key === "ArrowDown" ? 1 : -1);
event.preventDefault();
} else if (key === "Enter" && open && this.at >= 0 && !this.waiting) {
event.preventDefault();
this.choose([...this.options.values()][this.at]);
} else if (key === "Escape" && open) {
event.preventDefault(); // the first one closes the list, the next one empties the box
this.close();
} else if (key === "Tab" || key === "Escape") this.close(); // nor does an answer open it any more
else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) this.activate(-1);
}
changed() {
this.forget();
this.activate(-1);
if (!this.desk.input.value.trim()) {
this.close();
return;
}
this.waiting = true;
this.after("pause", PAUSE, () => this.ask());
}
forget() {
this.desk.forget();
this.later = undefined;
for (const name of ["pause", "patience", "quiet"]) clearTimeout(this.timers[name]);
}
async ask() {
this.forget();
const text = this.desk.input.value;
if (!text.trim()) return;
this.waiting = true;
this.after("patience", STALE, () => this.unpressed(() => this.reveal(false)));
const answer = await this.desk.ask(text);
if (!answer) return;
clearTimeout(this.timers.patience);
this.unpressed(() => this.show(listOf(answer.suggestions)));
}
unpressed(act) {
if (this.pressed) this.later = act;
else act();
}
show(found) {
const { list, input, told } = this.desk;
const speech = this.desk.speech();
this.waiting = false;
this.at = -1;
this.options = new Map(found.map((one, place) => [this.option(one, place), one]));
list.replaceChildren(...this.groups());
list.scrollTop = 0;
input.removeAttribute("aria-activedescendant");
this.reveal(found.length > 0);
this.after("quiet", QUIET, () => {
told.textContent = found.length ? speech.count("suggestion", found.length) : speech.say("suggestion-none");
});
}
groups() {
const groups = new Map();
for (const [option, { kind }] of this.options) {
let group = groups.get(kind);
if (!group) {
const name = this.desk.speech().say(kind);
group = make("div", { role: "group", "aria-label": name }, make("p", { "aria-hidden": "true" }, name));
groups.set(kind, group);
}
group.append(option);
}
return groups.values();
}
option(one, place) {
const speech = this.desk.speech();
const label = make("bdi", { class: "label" }, textOf(one.label));
const alias = one.alias ? [" ", make("bdi", { class: "quiet" }, textOf(one.alias))] : [];
const number = Number(one.count) || 0;
const count = make("span", { class: "quiet count", "aria-hidden": "true" }, speech.numbers.format(number));
const spoken = make("span", { class: "unseen" }, ` ${speech.count("answer", number)}`);
const attributes = { id: `option-${place}`, role: "option", part: "option", "aria-selected": "false" };
return make("div", attributes, label, ...alias, " ", count, spoken);
}
move(by) {
const places = this.options.size + 1;
this.activate(((this.at + 1 + by + places) % places) - 1);
}
activate(place) {
const options = [...this.options.keys()];
const { input } = this.desk;
options[this.at]?.setAttribute("aria-selected", "false");
options[this.at]?.setAttribute("part", "option");
this.at = place;
const option = options[place];
if (!option) {
input.removeAttribute("aria-activedescendant");
return;
}
option.setAttribute("aria-selected", "true");
option.setAttribute("part", "option option-active");
option.scrollIntoView({ block: "nearest" });
input.setAttribute("aria-activedescendant", option.id);
}
reveal(open) {
this.desk.list.hidden = !open;
this.desk.input.setAttribute("aria-expanded", `${open}`);
}
close() {
this.forget();
this.activate(-1);
this.waiting = false;
this.reveal(false);
this.desk.told.textContent = "";
}
choose(one) {
this.close();
this.desk.choose(textOf(one.completion) || textOf(one.label));
}
}
const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/;
function shownOf(answer) {
return listOf(answer?.hits).filter((hit) => hit && !hit.folded_into);
}
function totalOf(answer, speech) {
const answers = speech.count("answer", Number(answer.total) || 0);
return answer.total_is === "at least" ? speech.say("at-least", { answers }) : answers;
}
function hitView(hit, origin, speech) {
const language = textOf(hit.language);
const written = { lang: language, dir: RIGHT_TO_LEFT.test(language) ? "rtl" : "auto" };
const title = textOf(hit.title) || textOf(hit.id);
const href = leadOf(hit.url, origin);
const link = href ? make("a", { part: "title", href, referrerpolicy: "no-referrer" }, title) : title;
const day = textOf(hit.date);
return make(
"li",
{ part: "hit" },
make("p", { class: "title", ...written }, link),
make("p", { class: "quiet", part: "meta" }, make("time", { datetime: day }, speech.day(day))),
...passage("question", hit.question, textOf(hit.outlet) || textOf(hit.asker) || speech.say("question"), written),
...passage("answer", hit.answer, speakersOf(hit) || speech.say(hit.kind === "statement" ? "statement" : "reply"), written),
);
}
function speakersOf(hit) {
return listOf(hit.speakers).map(textOf).join(", ") || textOf(hit.speaker);
}
function passage(part, pieces, who, written) {
const words = listOf(pieces).map((piece) => {
const text = textOf(piece?.text);
return piece?.hit ? make("mark", { part: "mark" }, text) : text;
});
if (!words.length) return [];
const named = make("p", { class: "who", part: "who", dir: "auto" }, who);
return [make("div", { part, class: part }, named, make("p", written, ...words))];
}
const STYLES = `
:host { display: block; }
:host([hidden]), [hidden] { display: none !important; }
.root {
all: initial; visibility: inherit; color-scheme: light dark;
--ink: var(--lectern-ink, light-dark(#1f2124, #e6e4df));
--quiet: var(--lectern-quiet, light-dark(#5b6068, #a5a9af));
--paper: var(--lectern-paper, light-dark(#fff, #1b1e22));
--line: var(--lectern-line, light-dark(#8d8a82, #7a7f86));
--accent: var(--lectern-accent, light-dark(#14566b, #86c5d8));
--accent-ink: var(--lectern-accent-ink, light-dark(#fff, #10222a));
--mark: var(--lectern-mark, light-dark(#ffe79a, #5c4a12));
--mark-ink: var(--lectern-mark-ink, light-dark(#1f2124, #fff4d0));
--round: var(--lectern-radius, 6px);
display: block; position: relative; box-sizing: border-box; min-width: 0; padding: var(--lectern-padding, 0.75em);
font: var(--lectern-font-size, medium)/1.5 var(--lectern-font, system-ui, sans-serif);
color: var(--ink); background: var(--paper); border-radius: var(--round); overflow-wrap: anywhere;
}
:host([theme="light"]) .root { color-scheme: light; }
:host([theme="dark"]) .root { color-scheme: dark; }
:host([font="inherit"]) .root { font: inherit; font-size: var(--lectern-font-size, inherit); }
.root *, .root { text-align: start; }
* { box-sizing: border-box; }
p, ol { margin: 0; padding: 0; list-style: none; }
input, button { font: inherit; color: inherit; margin: 0; padding: 0.4em 0.7em; border-radius: var(--round); min-height: 2.5em; }
form { display: flex; flex-wrap: wrap; gap: 0.5em; margin: 0; }
.field { position: relative; flex: 1 1 9em; min-width: 0; }
input { width: 100%; border: 1px solid var(--line); background: var(--paper); }
input::placeholder { color: var(--quiet); opacity: 1; }
button { border: 1px solid var(--accent); background: var(--accent); color: var(--accent-ink); font-weight: 600; cursor: pointer; }
button.plain { background: none; color: var(--accent); font-weight: inherit; min-height: 2em; padding: 0.1em 0.6em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); text-underline-offset: 0.18em; border-radius: 2px; }
.list {
position: absolute; inset-inline: 0; top: calc(100% + 2px); z-index: 9; max-height: 20em; overflow: auto;
padding: 0.3em; border: 1px solid var(--line); border-radius: var(--round); background: var(--paper);
box-shadow: 0 4px 16px #0003;
}
.list p { padding: 0.2em 0.5em; font-size: 0.8em; color: var(--quiet); }
[role="option"] { display: flex; flex-wrap: wrap; gap: 0 0.5em; padding: 0.4em 0.5em; min-height: 36px; border-radius: 4px; cursor: pointer; }
[role="option"]:hover { outline: 1px solid var(--accent); outline-offset: -1px; }
[role="option"][aria-selected="true"] { background: var(--accent); color: var(--accent-ink); }
[aria-selected="true"] .quiet { color: inherit; }
.label { flex: 1; min-width: 0; }
.quiet { color: var(--quiet); font-size: 0.875em; }
.status { margin-top: 0.6em; }
.status:empty { margin: 0; }
.status > button { margin-inline-start: 0.3em; }
li { padding: 0.7em 0; border-top: 1px solid color-mix(in srgb, var(--line) 40%, transparent); }
li:first-child { margin-top: 0.6em; }
.title { font-weight: 600; }
.question, .answer { margin-top: 0.35em; }
.question { color: var(--quiet); }
.who { font-size: 0.875em; font-weight: 600; }
mark { background: var(--mark); color: var(--mark-ink); border-radius: 2px; }
.more { margin-top: 0.6em; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) {
[aria-selected="true"] { outline: 2px solid Highlight !important; outline-offset: -2px; }
mark { text-decoration: underline; }
}
`;
const TEXTS = {
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
const KEYS = Object.keys(TEXTS.en);
class Speech {
constructor(language, own) {
const primary = language.toLowerCase().split(/[-_]/)[0];
this.own = own;
this.texts = TEXTS[Object.hasOwn(TEXTS, primary) ? primary : "en"];
const speaks = this.texts !== TEXTS.en || primary === "en" || KEYS.some((key) => own(key));
this.locale = speaks && isLocale(language) ? language : "en";
this.plural = new Intl.PluralRules(this.locale);
this.numbers = new Intl.NumberFormat(this.locale);
this.days = new Intl.DateTimeFormat(this.locale, { dateStyle: "medium", timeZone: "UTC" });
}
say(key, places = {}) {
const text = this.own(key) ?? (Object.hasOwn(this.texts, key) ? this.texts[key] : "");
return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(places, name) ? places[name] : whole));
}
count(key, number) {
const form = `${key}-${this.plural.select(number)}`;
const known = this.own(form) ?? this.texts[form];
return this.say(known === undefined ? `${key}-other` : form, { number: this.numbers.format(number) });
}
day(day) {
const date = new Date(`${day}T00:00:00Z`);
return Number.isNaN(date.getTime()) ? day : this.days.format(date);
}
}
function isLocale(language) {
try {
return Intl.getCanonicalLocales(language).length === 1;
} catch {
return false;
}
}
const VERSION = "1.0.0";
const NAME = "lectern-search";
const LONGEST = 200; // letters for which the site suggests anything
const USUAL_WAIT = 10; // seconds without suggestions where the site has had too many questions and does not say for how long
let sheet;
const piece = (/** @type {string} */ name, /** @type {string} */ part, attributes = {}, /** @type {Node[]} */ ...children) =>
make(name, { part, class: part, ...attributes }, ...children);
const keepLetters = (event) => {
const { key, ctrlKey, metaKey } = /** @type {KeyboardEvent} */ (event);
if (key?.length === 1 && !ctrlKey && !metaKey) event.stopPropagation();
};
class LecternSearch extends HTMLElement {
static version = VERSION;
static observedAttributes = ["source", "limit", "placeholder", "lang", ...FILTERS, ...KEYS.map((key) => `text-${key}`)];
constructor() {
super();
this.origin = "";
this.searching = new Asker();
this.suggesting = new Asker();
this.quietUntil = 0; // milliseconds since 1970 until which no suggestions are asked for
this.asked = null;
this.answer = null;
this.failure = null;
this.loading = false;
this.changing = false; // an attribute has changed, and what that means is seen to in a moment
this.anew = false; // and then the search is made again
this.speech = undefined;
this.tree = undefined;
this.combobox = undefined;
this.resume = () => this.failure?.kind === "offline" && this.search();
}
connectedCallback() {
window.addEventListener("online", this.resume);
this.refresh();
if (this.loading) this.search(); // it was moved while an answer was awaited
}
disconnectedCallback() {
window.removeEventListener("online", this.resume);
this.combobox?.close();
this.searching.forget();
}
attributeChangedCallback(name, was, is) {
if (!this.tree || was === is) return;
const another = name === "source" || name === "limit" || FILTERS.includes(name);
this.anew ||= another && this.asked !== null;
if (this.changing) return;
this.changing = true;
queueMicrotask(() => {
this.changing = false;
this.refresh();
if (this.anew && this.isConnected) this.search();
this.anew = false;
});
}
refresh() {
const origin = originOf(this.getAttribute("source"));
if (!origin) {
console.error(`<${NAME}> needs source="https://…", the address of the site to search`, this);
if (!this.tree) return;
}
this.origin = origin || this.origin;
const language = this.closest("[lang]")?.getAttribute("lang") || document.documentElement.lang || navigator.language;
this.speech = new Speech(language, (key) => this.getAttribute(`text-${key}`));
this.tree ??= this.build();
const { root, form, input, button, list, results } = this.tree;
const say = (/** @type {string} */ key) => this.speech?.say(key) ?? "";
root.lang = this.speech.locale;
input.placeholder = this.getAttribute("placeholder") ?? say("label");
input.setAttribute("aria-label", say("label"));
form.setAttribute("aria-label", say("label"));
list.setAttribute("aria-label", say("suggestions"));
results.setAttribute("aria-label", say("results"));
button.textContent = say("button");
this.show();
}
build() {
const shadow = this.attachShadow({ mode: "open" });
if (!sheet) {
sheet = new CSSStyleSheet();
sheet.replaceSync(STYLES);
}
shadow.adoptedStyleSheets = [sheet];
const input = /** @type {HTMLInputElement} */ (
make("input", {
...{ part: "input", type: "search", name: "q", autocomplete: "off", autocapitalize: "off", spellcheck: "false" },
...{ enterkeyhint: "search", role: "combobox" },
...{ "aria-autocomplete": "list", "aria-controls": "list", "aria-expanded": "false" },
})
);
const list = piece("div", "list", { id: "list", role: "listbox" });
list.hidden = true;
const button = piece("button", "button", { type: "submit" });
const form = piece("form", "form", { role: "search" }, make("div", { class: "field" }, input, list), button);
const status = piece("p", "status", { role: "status" });
const told = make("p", { class: "unseen", role: "status" });
const results = piece("div", "results", { role: "region" });
const root = piece("div", "root", {}, form, told, status, results);
shadow.append(root);
form.addEventListener("submit", (event) => {
event.preventDefault();
this.search(input.value);
});
for (const name of ["keydown", "keypress", "keyup"]) form.addEventListener(name, keepLetters);
this.combobox = new Combobox({
...{ input, list, told },
speech: () => /** @type {Speech} */ (this.speech),
ask: (text) => this.suggest(text),
forget: () => this.suggesting.forget(),
choose: (text) => {
input.value = text;
this.search(text);
},
});
return { root, form, input, button, list, status, results };
}
async suggest(text) {
if (Date.now() < this.quietUntil || text.length > LONGEST) return { suggestions: [] };
try {
return await this.suggesting.ask(addressOf(this.origin, "/api/v1/suggest", [["q", text]]));
} catch (error) {
if (!(error instanceof Failure)) throw error;
if (error.kind === "busy") this.quietUntil = Date.now() + (error.wait || USUAL_WAIT) * 1000;
return { suggestions: [] };
}
}
async search(text = this.asked ?? "") {
if (!this.tree) return;
this.combobox?.close();
this.asked = text.trim();
this.failure = null;
this.loading = true;
this.show();
const pairs = this.pairs();
pairs.push(["per_page", `${limitOf(this.getAttribute("limit"))}`]);
try {
const answer = await this.searching.ask(addressOf(this.origin, "/api/v1/search", pairs));
if (answer === undefined) return;
this.answer = answer;
this.loading = false;
this.show();
this.tell("results", { query: this.asked, total: answer.total, totalIs: answer.total_is, hits: answer.hits, url: this.full() });
} catch (error) {
if (!(error instanceof Failure)) throw error;
this.fail(error);
}
}
fail(failure) {
this.answer = null;
this.failure = failure;
this.loading = false;
if (failure.kind === "origin") {
const ask = "Its operator has to add this page's origin to LECTERN_PARTNER_ORIGINS.";
console.error(`<${NAME}>: ${this.origin} does not answer to pages of ${location.origin}. ${ask}`);
}
this.show();
const { kind, status, message, wait } = failure;
this.tell("error", { query: this.asked, kind, status, message, retryAfter: wait });
}
pairs() {
return pairsOf(this.asked ?? "", (name) => this.getAttribute(name));
}
full() {
return addressOf(this.origin, "/", this.pairs());
}
tell(name, detail) {
this.dispatchEvent(new CustomEvent(`lectern-${name}`, { bubbles: true, composed: true, detail }));
}
show() {
const { tree, speech, answer, failure } = this;
if (!tree || !speech) return;
const focused = tree.status.contains(/** @type {ShadowRoot} */ (this.shadowRoot).activeElement);
if (focused) tree.input.focus(); // the button that was pressed goes
tree.results.setAttribute("aria-busy", `${this.loading}`);
if (this.loading) {
tree.status.replaceChildren(make("bdi", {}, speech.say("loading")));
return;
}
const hits = shownOf(answer);
const lead = this.asked === null ? "" : this.full();
tree.status.replaceChildren(...(failure ? this.excuse(failure) : answer ? this.sum(hits.length > 0) : []));
const list = hits.length ? [piece("ol", "hits", {}, ...hits.map((hit) => hitView(hit, this.origin, speech)))] : [];
const more = answer?.total > hits.length || failure ? [this.more(lead)] : [];
tree.results.replaceChildren(...list, ...more);
tree.results.hidden = !list.length && !more.length;
}
sum(some) {
const { answer } = this;
const speech = /** @type {Speech} */ (this.speech);
const said = [make("bdi", {}, some ? totalOf(answer, speech) : speech.say("empty"))];
const meant = textOf(answer.suggestion?.query);
if (meant) said.push(" ", this.act("meant", speech.say("meant", { query: meant }), () => this.input(meant)));
return said;
}
excuse({ kind, wait, message }) {
const speech = /** @type {Speech} */ (this.speech);
const key = kind === "busy" && wait ? "busy-until" : kind;
const said = [make("bdi", {}, speech.say(key, { seconds: speech.numbers.format(wait) }))];
if (kind === "refused" && message) said.push(" ", make("span", { lang: "en", dir: "ltr" }, message));
if (kind !== "refused" && kind !== "origin") said.push(" ", this.act("retry", speech.say("retry"), () => this.search()));
return said;
}
act(part, text, does) {
const button = make("button", { type: "button", part, class: "plain" }, text);
button.addEventListener("click", does);
return button;
}
more(href) {
const text = /** @type {Speech} */ (this.speech).say("more");
return make("p", { class: "more" }, make("a", { part: "more", href, referrerpolicy: "no-referrer" }, text));
}
input(text) {
if (this.tree) this.tree.input.value = text;
this.search(text);
}
}
if (!customElements.get(NAME) && "adoptedStyleSheets" in Document.prototype) customElements.define(NAME, LecternSearch);
})();
