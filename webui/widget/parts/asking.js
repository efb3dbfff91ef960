// Asking the site: one question at a time. A new one cancels the one before it, whose answer is never seen.

const PATIENCE = 20000; // milliseconds; whoever waits longer has given up
const LATE = "late";
/** Nothing of the visitor goes along but the question: no cookie, no address of the page. @type {RequestInit} */
const DISCREET = { credentials: "omit", referrerPolicy: "no-referrer" };

/**
 * @typedef {"refused" | "busy" | "offline" | "origin" | "failed"} Kind why there is no answer: the search cannot be read;
 * too many requests; no network; the site does not answer to pages of this origin; anything else
 */

/** Why there is no answer. */
export class Failure extends Error {
  /**
   * @param {Kind} kind
   * @param {number} status of HTTP; 0 where there was none
   * @param {string} message what the site says of it, in English
   * @param {number} wait seconds after which it can be tried again; 0 where nobody said
   */
  constructor(kind, status = 0, message = "", wait = 0) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.wait = wait;
  }
}

/** Asks, one question at a time. */
export class Asker {
  /** @param {typeof fetch} fetching */
  constructor(fetching = (...asked) => fetch(...asked)) {
    this.fetching = fetching;
    this.under = new AbortController();
  }

  /** Let go of what is under way. */
  forget() {
    this.under.abort();
  }

  /**
   * The answer at an address; `undefined` once something else was asked.
   * @param {string} address
   * @returns {Promise<unknown>}
   * @throws {Failure}
   */
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

  /**
   * Why nothing came at all. A site that answers, but not to this page, does not list the page's origin.
   * @param {string} address
   * @param {AbortSignal} signal
   * @returns {Promise<Kind>}
   */
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

/**
 * @param {Response} answer
 * @param {any} found its JSON
 */
function failureOf(answer, found) {
  const { status } = answer;
  const said = [found?.error?.message, found?.error?.hint].filter((text) => text && typeof text === "string").join("; ");
  if (status === 429) return new Failure("busy", status, said, waitOf(answer.headers.get("Retry-After")));
  return new Failure(status >= 400 && status < 500 ? "refused" : "failed", status, said);
}

/**
 * Seconds that a `Retry-After` says, in either of its forms; 0 where it says nothing.
 * @param {string | null} text
 */
export function waitOf(text) {
  const seconds = /^\d+$/.test(text ?? "") ? Number(text) : (Date.parse(text ?? "") - Date.now()) / 1000;
  return seconds > 0 ? Math.min(Math.ceil(seconds), 3600) : 0;
}
