// What a search box gains from a script: suggestions while typing, as an editable combobox with a listbox (ARIA 1.2).
// A suggestion is the parameters of a search; choosing one fills the form with them, beside the filters that it keeps,
// and submits it. Without the script, or without an answer, the box is the plain form that it was.
"use strict";

/**
 * @typedef {object} Suggestion what the API gives
 * @property {"entity" | "outlet" | "speaker" | "phrase" | "word"} kind
 * @property {string} label
 * @property {string} alias the other name that it was found by, or ""
 * @property {string} type an entity's, or ""
 * @property {number} count
 * @property {[string, string][]} parameters of the search to go to
 */

(() => {
  const PAUSE = 80; // milliseconds without a key before anything is asked
  const PATIENCE = 500; // after which what is out of date is hidden, though the answer may still come
  const QUIET = 600; // before a screen reader is told how many there are

  /**
   * An element with a class, attributes and a text.
   * @param {string} name
   * @param {string} kind its class
   * @param {Record<string, string>} attributes
   * @param {string} text
   */
  const make = (name, kind, attributes = {}, text = "") => {
    const element = document.createElement(name);
    element.className = kind;
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    element.textContent = text;
    return element;
  };

  /** One search box. */
  class Combobox {
    /** @param {HTMLInputElement} input */
    constructor(input) {
      this.input = input;
      /** @type {Record<string, string>} what is said, in the page's language */
      this.words = JSON.parse(input.dataset.words);
      this.list = make("div", "suggestions", { id: `${input.id}-list`, role: "listbox", "aria-label": this.words.list });
      this.list.hidden = true;
      this.status = make("p", "hidden", { role: "status" });
      /** @type {HTMLElement[]} */
      this.options = [];
      /** @type {Suggestion[]} */
      this.found = [];
      this.at = -1; // the active option; -1 is the text itself
      this.waiting = false; // what is shown was not asked with what now stands in the box
      this.composing = false;
      this.asked = new AbortController();
      this.pressed = Promise.resolve(); // kept once whoever pressed on the list has let go
      input.closest("form").append(this.list, this.status);
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-controls", this.list.id);
      input.setAttribute("aria-expanded", "false");
      this.listen();
    }

    listen() {
      const { input, list } = this;
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
      input.addEventListener("keydown", (event) => this.type(event));
      input.addEventListener("blur", () => this.close());
      input.form.addEventListener("submit", () => this.close());
      list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
      list.addEventListener("pointerdown", () => this.press());
      list.addEventListener("click", (event) => {
        // Whoever points at a name means it, though a newer answer may be awaited.
        const place = this.options.indexOf(event.target.closest("[role=option]"));
        if (place >= 0) this.choose(this.found[place]);
      });
      // Whoever comes back finds the form without the filter that a suggestion put into it.
      window.addEventListener("pageshow", () => this.unchoose());
    }

    /** What is pressed on stays until it is clicked: no newer answer takes its place. */
    press() {
      this.pressed = new Promise((release) => {
        for (const end of ["pointerup", "pointercancel"]) {
          window.addEventListener(end, () => setTimeout(release), { once: true }); // the click comes before
        }
      });
    }

    /** @param {KeyboardEvent} event */
    type(event) {
      // Key 229 is the input method's: Safari sends it for the Enter that ends a composition.
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const open = !this.list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (event.altKey && event.key === "ArrowUp") this.close();
        else if (!open) this.ask();
        else if (!this.waiting) this.move(event.key === "ArrowDown" ? 1 : -1);
        event.preventDefault();
      } else if (event.key === "Enter" && open && this.at >= 0 && !this.waiting) {
        event.preventDefault();
        this.choose(this.found[this.at]);
      } else if (event.key === "Escape" && open) {
        event.preventDefault(); // the first one closes the list, the next one empties the box
        this.close();
      } else if (event.key === "Tab" || event.key === "Escape") this.close(); // nor does an answer open it any more
      else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) this.activate(-1);
    }

    /** Another text stands in the box: what is shown is out of date, and asked for anew after a pause. */
    changed() {
      this.forget();
      this.unchoose();
      this.activate(-1);
      if (!this.input.value.trim()) {
        this.close();
        return;
      }
      this.waiting = true;
      this.pause = setTimeout(() => this.ask(), PAUSE);
    }

    /** Let go of whatever is under way. */
    forget() {
      this.asked.abort();
      clearTimeout(this.pause);
      clearTimeout(this.patience);
      clearTimeout(this.quiet);
    }

    async ask() {
      this.forget();
      const text = this.input.value;
      if (!text.trim()) return;
      const asked = new AbortController();
      this.asked = asked;
      this.waiting = true;
      this.patience = setTimeout(() => this.pressed.then(() => this.waiting && this.reveal(false)), PATIENCE);
      try {
        const answer = await fetch(`/api/v1/suggest?${new URLSearchParams({ q: text })}`, { signal: asked.signal });
        const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
        await this.pressed;
        if (!asked.signal.aborted) this.show(suggestions);
      } catch (error) {
        if (error.name !== "AbortError") this.close(); // no network: the form still works
      }
    }

    /** @param {Suggestion[]} found */
    show(found) {
      clearTimeout(this.patience);
      this.waiting = false;
      this.found = found;
      this.options = found.map((one, place) => this.option(one, place));
      this.at = -1;
      this.list.replaceChildren(...this.groups());
      this.list.dir = getComputedStyle(this.input).direction;
      this.input.removeAttribute("aria-activedescendant");
      this.reveal(found.length > 0);
      this.list.scrollTop = 0;
      const { none, one, many } = this.words;
      const said = found.length === 1 ? one : found.length ? many.replace("{number}", found.length) : none;
      this.quiet = setTimeout(() => (this.status.textContent = said), QUIET);
    }

    /** The options under the name of their kind; they come kind by kind. */
    groups() {
      const groups = new Map();
      this.found.forEach(({ kind }, place) => {
        if (!groups.has(kind)) {
          const group = make("div", "group", { role: "group", "aria-label": this.words[kind] });
          group.append(make("p", "kind", { "aria-hidden": "true" }, this.words[kind]));
          groups.set(kind, group);
        }
        groups.get(kind).append(this.options[place]);
      });
      return groups.values();
    }

    /**
     * @param {Suggestion} one
     * @param {number} place
     */
    option(one, place) {
      const id = `${this.list.id}-${place}`;
      const option = make("div", "suggestion", { id, role: "option", "aria-selected": "false" });
      const count = make("span", "count", {}, one.count.toLocaleString(this.words.numbers));
      count.append(make("span", "hidden", {}, ` ${one.count === 1 ? this.words.answer : this.words.answers}`));
      option.append(make("span", "label", { dir: "auto" }, one.label), " ");
      if (one.alias || one.type) option.append(make("span", "detail", { dir: "auto" }, one.alias || this.words[one.type] || one.type), " ");
      option.append(count);
      return option;
    }

    /** @param {number} by one down or up, by way of the text itself, and around */
    move(by) {
      const places = this.options.length + 1;
      this.activate(((this.at + 1 + by + places) % places) - 1);
    }

    /** @param {number} place of an option, or -1 for the text */
    activate(place) {
      this.options[this.at]?.setAttribute("aria-selected", "false");
      this.at = place;
      const option = this.options[place];
      if (!option) {
        this.input.removeAttribute("aria-activedescendant");
        return;
      }
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    }

    /** @param {boolean} open whether the list is to be seen */
    reveal(open) {
      this.list.hidden = !open;
      this.input.setAttribute("aria-expanded", `${open}`);
    }

    close() {
      this.forget();
      this.activate(-1);
      this.waiting = false;
      this.reveal(false);
      this.status.textContent = "";
    }

    /** @param {Suggestion} one */
    choose(one) {
      this.unchoose();
      const parameters = new Map(one.parameters);
      this.input.value = parameters.get("q") ?? "";
      parameters.delete("q");
      for (const [name, value] of parameters) {
        this.input.form.append(make("input", "", { type: "hidden", name, value, "data-suggested": "" }));
      }
      this.input.form.requestSubmit();
    }

    /** Take out of the form what a suggestion has put into it: its page may never have come. */
    unchoose() {
      this.input.form.querySelectorAll("[data-suggested]").forEach((one) => one.remove());
    }
  }

  document.querySelectorAll("input.q").forEach((input) => new Combobox(input));
})();
