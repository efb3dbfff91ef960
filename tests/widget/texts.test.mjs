// What the widget says.
import assert from "node:assert/strict";
import test from "node:test";
import { KEYS, Speech, TEXTS } from "../../webui/widget/parts/texts.js";

const plain = (language, own = {}) => new Speech(language, (key) => (Object.hasOwn(own, key) ? own[key] : null));
const places = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

test("every language says everything, with the same places", () => {
  for (const [language, texts] of Object.entries(TEXTS)) {
    for (const key of KEYS) {
      if (language === "zh" && key.endsWith("-one")) continue; // Chinese has one form
      assert.ok(texts[key], `${language} ${key}`);
      assert.deepEqual(places(texts[key]), places(TEXTS.en[key]), `${language} ${key}`);
    }
    assert.deepEqual(Object.keys(texts).filter((key) => !KEYS.includes(key)), []);
  }
});

test("a country or a script makes no other language", () => {
  assert.equal(plain("zh-Hant-TW").say("button"), "搜索");
  assert.equal(plain("es-MX").say("button"), "Buscar");
  assert.equal(plain("EN-gb").say("button"), "Search");
});

test("what is no language of ours is English, days and numbers too", () => {
  for (const language of ["de", "", "constructor", "x", "-", "not a language", "__proto__", "toString"]) {
    const speech = plain(language);
    assert.equal(speech.say("button"), "Search", language);
    assert.equal(speech.locale, "en", language);
    assert.equal(speech.day("2024-02-08"), "Feb 8, 2024");
  }
});

test("a page's own texts go before ours, and bring their language's days, numbers and forms", () => {
  const speech = plain("pl", {
    button: "Szukaj",
    "answer-one": "{number} odpowiedź",
    "answer-few": "{number} odpowiedzi",
    "answer-other": "{number} odpowiedzi w sumie",
  });
  assert.equal(speech.say("button"), "Szukaj");
  assert.equal(speech.count("answer", 1), "1 odpowiedź");
  assert.equal(speech.count("answer", 3), "3 odpowiedzi");
  assert.match(speech.count("answer", 12345), /^12\s345 odpowiedzi w sumie$/);
  assert.equal(speech.day("2024-02-08"), "8 lut 2024");
  assert.equal(speech.say("retry"), "Try again");
});

test("the form of a number is its language's", () => {
  assert.equal(plain("en").count("answer", 1), "1 answer");
  assert.equal(plain("en").count("answer", 1234), "1,234 answers");
  assert.equal(plain("zh").count("answer", 1), "1 条答复");
  assert.equal(plain("es").count("answer", 2_000_000), "2.000.000 respuestas");
});

test("a place is filled with the very words, and one that nobody fills stays", () => {
  const speech = plain("en", { meant: "{query} {constructor} {query}" });
  assert.equal(speech.say("meant", { query: "$& {query}" }), "$& {query} {constructor} $& {query}");
});

test("a kind that the site may come to know has no name, and does no harm", () => {
  for (const key of ["constructor", "__proto__", "hasOwnProperty", "event"]) assert.equal(plain("en").say(key), "");
});

test("what is no day stays as it is", () => {
  for (const day of ["", "soon", "2024-13-01", "<b>"]) assert.equal(plain("en").day(day), day);
});
