// <lectern-search>: a form, what it says, what was found; the state of a search, and nothing remembered of it.
import { addressOf, FILTERS, limitOf, originOf, pairsOf } from "./addresses.js";
import { Asker, Failure } from "./asking.js";
import { Combobox } from "./combobox.js";
import { hitView, shownOf, totalOf } from "./hits.js";
import { make, textOf } from "./markup.js";
import { STYLES } from "./styles.js";
import { KEYS, Speech } from "./texts.js";
import { VERSION } from "./version.js";

const NAME = "lectern-search";
const LONGEST = 200; // letters for which the site suggests anything
const USUAL_WAIT = 10; // seconds without suggestions where the site has had too many questions and does not say for how long

/** One style sheet for all that stand on a page. @type {CSSStyleSheet} */
let sheet;

/** One piece of the widget's own tree, with its name for the page's `::part` and for its own styles. */
const piece = (/** @type {string} */ name, /** @type {string} */ part, attributes = {}, /** @type {Node[]} */ ...children) =>
  make(name, { part, class: part, ...attributes }, ...children);

/** @param {Event} event */
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
    /** @type {string | null} what was searched for last; null where nothing was */
    this.asked = null;
    /** @type {any} the answer that is shown */
    this.answer = null;
    /** @type {Failure | null} */
    this.failure = null;
    this.loading = false;
    this.changing = false; // an attribute has changed, and what that means is seen to in a moment
    this.anew = false; // and then the search is made again
    /** @type {Speech | undefined} */
    this.speech = undefined;
    /** @type {ReturnType<LecternSearch["build"]> | undefined} */
    this.tree = undefined;
    /** @type {Combobox | undefined} */
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

  /**
   * @param {string} name
   * @param {string | null} was
   * @param {string | null} is
   */
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

  /** Build the tree where there is none, and say everything in it as the attributes now have it. */
  refresh() {
    const origin = originOf(this.getAttribute("source"));
    if (!origin) {
      // What stands between the tags stays to be seen; or the source that there was stays the one that is asked.
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
    // A page's own keys (k for the next story) are not meant by whoever types here.
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

  /**
   * Suggestions for what is typed. Without them the box is a plain one: nobody is told of a failure.
   * @param {string} text
   */
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

  /** @param {string} text */
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
      /** @type {any} */
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

  /** @param {Failure} failure */
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

  /** The parameters of the present search. */
  pairs() {
    // `lang` is that of the widget; `language` that of what is searched.
    return pairsOf(this.asked ?? "", (name) => this.getAttribute(name));
  }

  /** The address of the same search on the full site. */
  full() {
    return addressOf(this.origin, "/", this.pairs());
  }

  /**
   * @param {string} name
   * @param {Record<string, unknown>} detail
   */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`lectern-${name}`, { bubbles: true, composed: true, detail }));
  }

  /** Show the state as it is. What was found stays until there is something else to show. */
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

  /**
   * How many were found, or that none was, and what was perhaps meant.
   * @param {boolean} some
   */
  sum(some) {
    const { answer } = this;
    const speech = /** @type {Speech} */ (this.speech);
    /** @type {(Node | string)[]} */
    const said = [make("bdi", {}, some ? totalOf(answer, speech) : speech.say("empty"))];
    const meant = textOf(answer.suggestion?.query);
    if (meant) said.push(" ", this.act("meant", speech.say("meant", { query: meant }), () => this.input(meant)));
    return said;
  }

  /** @param {Failure} failure */
  excuse({ kind, wait, message }) {
    const speech = /** @type {Speech} */ (this.speech);
    const key = kind === "busy" && wait ? "busy-until" : kind;
    /** @type {(Node | string)[]} */
    const said = [make("bdi", {}, speech.say(key, { seconds: speech.numbers.format(wait) }))];
    if (kind === "refused" && message) said.push(" ", make("span", { lang: "en", dir: "ltr" }, message));
    if (kind !== "refused" && kind !== "origin") said.push(" ", this.act("retry", speech.say("retry"), () => this.search()));
    return said;
  }

  /**
   * A button that does something.
   * @param {string} part
   * @param {string} text
   * @param {() => void} does
   */
  act(part, text, does) {
    const button = make("button", { type: "button", part, class: "plain" }, text);
    button.addEventListener("click", does);
    return button;
  }

  /** @param {string} href */
  more(href) {
    const text = /** @type {Speech} */ (this.speech).say("more");
    return make("p", { class: "more" }, make("a", { part: "more", href, referrerpolicy: "no-referrer" }, text));
  }

  /** @param {string} text to stand in the box, and to be searched for */
  input(text) {
    if (this.tree) this.tree.input.value = text;
    this.search(text);
  }
}

// Where a browser is too old, or the script stands on the page twice, what is there already stays.
if (!customElements.get(NAME) && "adoptedStyleSheets" in Document.prototype) customElements.define(NAME, LecternSearch);
