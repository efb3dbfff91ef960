// What was found, as elements: every text as a text, every link to the site that was searched.
import { leadOf } from "./addresses.js";
import { listOf, make, textOf } from "./markup.js";

/** @typedef {import("./texts.js").Speech} Speech */

const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/;

/**
 * The answers to show: those with the words of another one on the page are left to the full search.
 * @param {any} answer
 * @returns {any[]}
 */
export function shownOf(answer) {
  return listOf(answer?.hits).filter((hit) => hit && !hit.folded_into);
}

/**
 * How many there are, in words.
 * @param {any} answer
 * @param {Speech} speech
 */
export function totalOf(answer, speech) {
  const answers = speech.count("answer", Number(answer.total) || 0);
  return answer.total_is === "at least" ? speech.say("at-least", { answers }) : answers;
}

/**
 * One answer: its title, which leads to the transcript; day, outlet, speaker; the words that were found.
 * @param {any} hit
 * @param {string} origin
 * @param {Speech} speech
 */
export function hitView(hit, origin, speech) {
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

/**
 * Everyone who answered: whose very words a snippet has, the API does not say.
 * @param {any} hit
 */
function speakersOf(hit) {
  return listOf(hit.speakers).map(textOf).join(", ") || textOf(hit.speaker);
}

/**
 * Who said it, and the words; nothing where there are none.
 * @param {string} part
 * @param {unknown} pieces
 * @param {string} who
 * @param {Record<string, string>} written
 */
function passage(part, pieces, who, written) {
  const words = listOf(pieces).map((piece) => {
    const text = textOf(piece?.text);
    return piece?.hit ? make("mark", { part: "mark" }, text) : text;
  });
  if (!words.length) return [];
  const named = make("p", { class: "who", part: "who", dir: "auto" }, who);
  return [make("div", { part, class: part }, named, make("p", written, ...words))];
}
