// Suggestions while typing: an editable combobox with a listbox (ARIA 1.2), in the widget's own tree.
import { make, textOf, listOf } from "./markup.js";

const PAUSE = 150; // milliseconds without a key before anything is asked
const STALE = 600; // after which what is out of date is hidden, though the answer may still come
const QUIET = 600; // before a screen reader is told how many there are
const TAP = 400; // between a finger's leaving and its click

/**
 * @typedef {object} Suggestion
 * @property {string} kind
 * @property {string} label
 * @property {string} alias the other name that it was found by, or ""
 * @property {number} count
 * @property {string} completion the search that it stands for
 */

/**
 * @typedef {object} Desk what the combobox needs of the widget
 * @property {HTMLInputElement} input
 * @property {HTMLElement} list
 * @property {HTMLElement} told where it is said how many there are
 * @property {() => import("./texts.js").Speech} speech
 * @property {(text: string) => Promise<unknown>} ask gives `undefined` where something else was asked since
 * @property {() => void} forget
 * @property {(text: string) => void} choose
 */

/** One search box. */
export class Combobox {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** @type {Map<Element, Suggestion>} each option that is shown, and what it stands for */
    this.options = new Map();
    this.at = -1; // the active option; -1 is the text itself
    this.waiting = false; // what is shown was not asked with what now stands in the box
    this.composing = false;
    this.pressed = false; // a pointer is down on the list: nothing may change under it
    /** @type {(() => void) | undefined} what is to be done when the pointer is up */
    this.later = undefined;
    /** @type {Record<string, ReturnType<typeof setTimeout>>} */
    this.timers = {};
    this.listen();
  }

  listen() {
    const { input, list } = this.desk;
    input.addEventListener("input", () => this.composing || this.changed());
    input.addEventListener("compositionstart", () => {
      // The keyboards of phones compose every word, Latin ones too: there, waiting for its end would be too late.
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

  /** The pointer is up: what came meanwhile is shown. */
  release() {
    clearTimeout(this.timers.tap);
    this.pressed = false;
    this.later?.();
    this.later = undefined;
  }

  /**
   * Do something after a while; what was to be done under that name before is not.
   * @param {string} name
   * @param {number} pause
   * @param {() => void} act
   */
  after(name, pause, act) {
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(act, pause);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    // Key 229 is the input method's: Safari sends it for the Enter that ends a composition.
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

  /** Another text stands in the box: what is shown is out of date, and asked for anew after a pause. */
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

  /** Let go of whatever is under way. */
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
    /** @type {any} */
    const answer = await this.desk.ask(text);
    if (!answer) return;
    clearTimeout(this.timers.patience);
    this.unpressed(() => this.show(listOf(answer.suggestions)));
  }

  /**
   * Do something to the list at once, or when no pointer is down on it any more.
   * @param {() => void} act
   */
  unpressed(act) {
    if (this.pressed) this.later = act;
    else act();
  }

  /** @param {Suggestion[]} found */
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

  /** The options under the name of their kind; they come kind by kind. */
  groups() {
    /** @type {Map<string, HTMLElement>} */
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

  /**
   * @param {Suggestion} one
   * @param {number} place
   */
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

  /** @param {number} by one down or up, by way of the text itself, and around */
  move(by) {
    const places = this.options.size + 1;
    this.activate(((this.at + 1 + by + places) % places) - 1);
  }

  /** @param {number} place of an option, or -1 for the text */
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

  /** @param {boolean} open whether the list is to be seen */
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

  /** @param {Suggestion} one */
  choose(one) {
    this.close();
    this.desk.choose(textOf(one.completion) || textOf(one.label));
  }
}
