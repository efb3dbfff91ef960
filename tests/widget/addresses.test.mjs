// Where the widget asks, and where it leads.
import assert from "node:assert/strict";
import test from "node:test";
import { addressOf, leadOf, limitOf, originOf, pairsOf } from "../../webui/widget/parts/addresses.js";

test("a source is a web address, of which the origin counts", () => {
  assert.equal(originOf("https://lectern.example"), "https://lectern.example");
  assert.equal(originOf(" https://LECTERN.example:443/search?q=1#x "), "https://lectern.example");
  assert.equal(originOf("http://127.0.0.1:8000/"), "http://127.0.0.1:8000");
});

test("what is no web address is no source", () => {
  const wrong = [null, "", "lectern.example", "/", "//lectern.example", "javascript:alert(1)", "data:text/html,x"];
  wrong.push("https://user:word@lectern.example", "https://", "ftp://lectern.example", "blob:https://lectern.example/1");
  for (const source of wrong) assert.equal(originOf(source), "", `${source}`);
});

test("a limit is from 1 to 20, and 5 where it cannot be read", () => {
  const told = { 1: 1, 20: 20, 21: 20, 999999999: 20, 0: 1, "-3": 5, 2.5: 5, x: 5, "": 5, 1e30: 5 };
  for (const [limit, number] of Object.entries(told)) assert.equal(limitOf(limit), number, limit);
  assert.equal(limitOf(null), 5);
});

test("presets are parameters of the search, but for those that are empty", () => {
  const preset = { publisher: "xv-mfa", outlet: " Harbour & Post ", speaker: "", entity: "  ", from: "2020-01-01" };
  const pairs = pairsOf("  渡轮 & ferry ", (name) => preset[name] ?? null);
  assert.deepEqual(pairs, [["q", "渡轮 & ferry"], ["publisher", "xv-mfa"], ["outlet", "Harbour & Post"], ["from", "2020-01-01"]]);
  const address = new URL(addressOf("https://lectern.example", "/api/v1/search", pairs));
  assert.equal(address.pathname, "/api/v1/search");
  assert.deepEqual([...address.searchParams], pairs);
});

test("a link leads to the site that was searched, or nowhere", () => {
  const origin = "https://lectern.example";
  assert.equal(leadOf("/briefings/xv-mfa/en/2024-02-08?q=a#2", origin), `${origin}/briefings/xv-mfa/en/2024-02-08?q=a#2`);
  const wrong = ["javascript:alert(1)", "//evil.example/", "https://evil.example", "http://lectern.example/", "\\\\evil.example"];
  wrong.push("https://lectern.example.evil.example/", "https://x@lectern.example/", "https://lectern.example:8443/");
  for (const link of [...wrong, null, undefined, 7, {}, "data:text/html,<script>"]) assert.equal(leadOf(link, origin), "", `${link}`);
});
