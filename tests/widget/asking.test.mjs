// Asking: one question at a time, nothing of the visitor, and a reason for each failure.
import assert from "node:assert/strict";
import test, { mock } from "node:test";
import { Asker, Failure, waitOf } from "../../webui/widget/parts/asking.js";

const ADDRESS = "https://lectern.example/api/v1/search?q=ferry";
const json = (value, init) => new Response(JSON.stringify(value), init);
const failed = async (asker) => {
  const failure = await asker.ask(ADDRESS).then(() => assert.fail("there was an answer"), (error) => error);
  assert.ok(failure instanceof Failure);
  return failure;
};
/** Answers when it is told to, and heeds being cancelled, as fetch does. */
const slow = () => {
  const asked = [];
  const fetching = (address, { signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      asked.push({ address, signal, resolve });
    });
  return { asked, fetching };
};

test("an answer is given as it is", async () => {
  assert.deepEqual(await new Asker(async () => json({ total: 1 })).ask(ADDRESS), { total: 1 });
});

test("nothing goes along but the question", async () => {
  let sent;
  await new Asker(async (address, options) => ((sent = options), json({}))).ask(ADDRESS);
  assert.equal(sent.credentials, "omit");
  assert.equal(sent.referrerPolicy, "no-referrer");
  assert.equal(sent.headers, undefined);
});

test("a new question cancels the one before it, whose answer is never seen", async () => {
  const { asked, fetching } = slow();
  const asker = new Asker(fetching);
  const first = asker.ask(`${ADDRESS}1`);
  const second = asker.ask(`${ADDRESS}2`);
  assert.ok(asked[0].signal.aborted);
  asked[1].resolve(json({ total: 2 }));
  asked[0].resolve(json({ total: 1 }));
  assert.deepEqual([await first, await second], [undefined, { total: 2 }]);
});

test("an answer whose text is still coming when something else is asked is not seen either", async () => {
  const { asked, fetching } = slow();
  const asker = new Asker(fetching);
  let finish;
  const first = asker.ask(ADDRESS);
  asked[0].resolve({ ok: true, status: 200, json: () => new Promise((resolve) => (finish = resolve)) });
  await new Promise(setImmediate);
  const second = asker.ask(ADDRESS);
  finish({ total: 1 });
  asked[1].resolve(json({ total: 2 }));
  assert.deepEqual([await first, await second], [undefined, { total: 2 }]);
});

test("what is forgotten gives nothing, and no failure", async () => {
  const { fetching } = slow();
  const asker = new Asker(fetching);
  const answer = asker.ask(ADDRESS);
  asker.forget();
  assert.equal(await answer, undefined);
});

test("who waits twenty seconds is told that there is no answer", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const asker = new Asker(slow().fetching);
    const failure = failed(asker);
    mock.timers.tick(20_000);
    assert.equal((await failure).kind, "failed");
  } finally {
    mock.timers.reset();
  }
});

test("what the site refuses comes with its own words", async () => {
  const error = { code: "query_syntax", message: "no closing quote", hint: "add one", position: 4 };
  const failure = await failed(new Asker(async () => json({ error }, { status: 400 })));
  assert.deepEqual([failure.kind, failure.status, failure.message], ["refused", 400, "no closing quote; add one"]);
});

test("too many questions are told apart, with the seconds to wait", async () => {
  const answer = () => new Response("<h1>Too many</h1>", { status: 429, headers: { "Retry-After": "7" } });
  const failure = await failed(new Asker(async () => answer()));
  assert.deepEqual([failure.kind, failure.status, failure.wait], ["busy", 429, 7]);
});

test("what is no answer of ours is a failure", async () => {
  const wrong = [new Response("<h1>Bad gateway</h1>", { status: 502 }), new Response("no JSON"), json(null), json("text"), json(7)];
  wrong.push(json({ error: { message: { a: 1 } } }, { status: 500 }));
  for (const answer of wrong) {
    const failure = await failed(new Asker(async () => answer));
    assert.deepEqual([failure.kind, failure.message], ["failed", ""]);
  }
});

test("a site that answers, but not to this page, does not list it; one that is silent has failed", async () => {
  const asked = [];
  const deaf = async (address, { mode }) => {
    asked.push(address);
    if (mode === "no-cors") return new Response();
    throw new TypeError("Failed to fetch");
  };
  assert.equal((await failed(new Asker(deaf))).kind, "origin");
  assert.deepEqual(asked, [ADDRESS, "https://lectern.example/robots.txt"]);
  const silent = async () => {
    throw new TypeError("Failed to fetch");
  };
  assert.equal((await failed(new Asker(silent))).kind, "failed");
});

test("without a network nothing else is tried", async () => {
  const asked = [];
  Object.defineProperty(globalThis, "navigator", { value: { onLine: false }, configurable: true });
  try {
    const none = async (address) => {
      asked.push(address);
      throw new TypeError("Failed to fetch");
    };
    assert.equal((await failed(new Asker(none))).kind, "offline");
  } finally {
    delete globalThis.navigator;
  }
  assert.deepEqual(asked, [ADDRESS]);
});

test("a time to wait is seconds or a day, never longer than an hour, never less than nothing", () => {
  const soon = new Date(Date.now() + 90_000).toUTCString();
  assert.ok(Math.abs(waitOf(soon) - 90) <= 1);
  const told = { 7: 7, 0: 0, "-5": 0, 99999: 3600, "": 0, soon: 0, "Thu, 01 Jan 1970 00:00:00 GMT": 0 };
  for (const [text, seconds] of Object.entries(told)) assert.equal(waitOf(text), seconds, text);
  assert.equal(waitOf(null), 0);
});
