// Addresses of the site that is searched. Nothing else is ever asked, and no link leads elsewhere.

export const FILTERS = ["publisher", "speaker", "outlet", "entity", "language", "from", "to"];
const USUAL = 5;
const MOST = 20;

/**
 * Scheme, host and port of a source; "" for what is no web address.
 * @param {string | null} source
 */
export function originOf(source) {
  if (!source) return "";
  try {
    const url = new URL(source);
    return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.origin : "";
  } catch {
    return "";
  }
}

/**
 * How many answers are shown: from 1 to 20, 5 where nothing that can be read is said.
 * @param {string | null} limit
 */
export function limitOf(limit) {
  const number = /^\d{1,9}$/.test(limit ?? "") ? Number(limit) : USUAL;
  return Math.min(Math.max(number, 1), MOST);
}

/**
 * The parameters of a search.
 * @param {string} text
 * @param {(name: string) => string | null} preset the value of a filter, null or "" for none
 * @returns {[string, string][]}
 */
export function pairsOf(text, preset) {
  /** @type {[string, string][]} */
  const pairs = [["q", text.trim()]];
  for (const name of FILTERS) {
    const value = preset(name)?.trim();
    if (value) pairs.push([name, value]);
  }
  return pairs;
}

/**
 * @param {string} origin
 * @param {string} path
 * @param {[string, string][]} pairs
 */
export function addressOf(origin, path, pairs) {
  return `${origin}${path}?${new URLSearchParams(pairs)}`;
}

/**
 * The whole address of a link that the site has answered with; "" for one that leads off the site.
 * @param {unknown} link
 * @param {string} origin
 */
export function leadOf(link, origin) {
  if (typeof link !== "string") return "";
  try {
    const url = new URL(link, origin);
    return url.origin === origin && !url.username ? url.href : "";
  } catch {
    return "";
  }
}
