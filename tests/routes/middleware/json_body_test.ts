import assert from "node:assert/strict";
import { ask, assertError } from "../../support/http.ts";
import { post, SESSION_ID, type TestApp, testApp } from "../../support/test_app.ts";

const GOOD = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: "2025-01-19T10:30:00Z" };

/** A good start as text, with something more in it. */
function startWith(json: string): string {
  return `{"extra":${json},${JSON.stringify(GOOD).slice(1)}`;
}

function start(app: TestApp, body: BodyInit | null, type: string | null = "application/json") {
  const headers: Record<string, string> = type === null ? {} : { "content-type": type };
  return ask(app, "/api/missions/start", { method: "POST", body, headers });
}

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

const REFUSED: readonly [name: string, body: string][] = [
  ["nothing", ""],
  ["white space", " \n"],
  ["half an object", '{"sessionId":'],
  ["a comma too many", '{"a":1,}'],
  ["two values", "{} {}"],
  ["single quotes", "{'a':1}"],
  ["NaN", startWith("NaN")],
  ["nesting over 32 levels", startWith(nested(32))],
  ["nesting without end", "[".repeat(60_000)],
  ["nesting of objects", `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`],
  ["NUL", startWith('"\\u0000"')],
  ["NUL in a key", startWith('{"a\\u0000":1}')],
  ["a raw control character", startWith('"\u0000"')],
  ["a lone high surrogate", startWith('"\\ud800"')],
  ["a lone low surrogate", startWith('"a\\udc00b"')],
  ["a lone surrogate in a key", startWith('{"\\udfff":1}')],
  ["1e400", startWith("1e400")],
  ["-1e400", startWith("-1e400")],
  ["an integer beyond 2^53", startWith("9007199254740993")],
  ["an integer beyond 2^53 by exponent", startWith("1e21")],
  ["__proto__", startWith('{"__proto__":{"isAdmin":true}}')],
  ["__proto__ in escapes", startWith('{"\\u005f_proto__":1}')],
];

for (const [name, body] of REFUSED) {
  Deno.test(`a body with ${name} is refused before anything is done with it`, async () => {
    await using app = await testApp();
    const answer = await start(app, body);
    assertError(answer, { status: 400, code: "VALIDATION_ERROR" });
    assert.equal(app.docent.log.head(), 0);
  });
}

Deno.test("[M-62] a body that is not UTF-8 is refused, and not stored as something else", async () => {
  await using app = await testApp();
  const [head, tail] = startWith('"?"').split("?").map((text) => new TextEncoder().encode(text));
  for (const bad of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]]) {
    for (const path of ["/api/missions/start", "/api/missions/batch", "/admin/login"]) {
      const body = new Uint8Array([...head, ...bad, ...tail]);
      const headers = { "content-type": "application/json" };
      const answer = await ask(app, path, { method: "POST", body, headers });
      assertError(answer, { status: 400, code: "VALIDATION_ERROR", field: "body" });
      assert.equal(answer.body.error.message, "Body is not valid UTF-8");
    }
  }
});

const NOT_OBJECTS = ["null", "[]", '"text"', "7", "true"];

for (const body of NOT_OBJECTS) {
  Deno.test(`[M-62] a body of ${body} is no object`, async () => {
    await using app = await testApp();
    const answer = await start(app, body);
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field: "body" });
    assert.equal(answer.body.error.details.expected, "object");
  });
}

const TAKEN: readonly [name: string, json: string][] = [
  ["32 levels", nested(31)],
  ["brackets in a text", `"${"[{".repeat(100)}"`],
  ["a pair of surrogates", '"\\ud83d\\ude80 🚀"'],
  ["the largest safe integer", "9007199254740991"],
  ["a small exponent", "1.5e-7"],
  ["the word __proto__ as a value", '"__proto__"'],
  ["the key constructor", '{"constructor":1,"prototype":2}'],
  ["a key twice", '{"a":1,"a":2}'],
];

for (const [name, json] of TAKEN) {
  Deno.test(`a body with ${name} is taken`, async () => {
    await using app = await testApp();
    assert.equal((await start(app, startWith(json))).status, 201);
  });
}

Deno.test("a body with __proto__ leaves the prototype of objects alone", async () => {
  await using app = await testApp();
  await start(app, startWith('{"__proto__":{"polluted":1}}'));
  await start(app, startWith('{"constructor":{"prototype":{"polluted":1}}}'));
  assert.equal(Reflect.get({}, "polluted"), undefined);
});

const TYPES: readonly [type: string | null, good: boolean][] = [
  ["application/json", true],
  ["application/json; charset=utf-8", true],
  ["APPLICATION/JSON", true],
  [null, false],
  ["text/plain", false],
  ["application/x-www-form-urlencoded", false],
  ["multipart/form-data; boundary=x", false],
  ["application/jsonp", false],
  ["text/json-application/json", false],
];

for (const [type, good] of TYPES) {
  Deno.test(`[M-63][T-M02] a body declared as ${type} is ${good ? "taken" : "refused with 415"}`, async () => {
    await using app = await testApp();
    const answer = await start(app, new TextEncoder().encode(JSON.stringify(GOOD)), type);
    if (good) return assert.equal(answer.status, 201);
    assertError(answer, { status: 415, code: "UNSUPPORTED_MEDIA", field: "Content-Type" });
  });
}

Deno.test("[M-63][T-M02] a body over 64 KiB is refused with 413, declared or not", async () => {
  const errors: string[] = [];
  const quiet = () => {};
  const logger = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (it: string) => void errors.push(it),
  };
  await using app = await testApp({ parts: { logger } });
  const text = JSON.stringify({ ...GOOD, extra: "x".repeat(64 * 1024) });
  const declared = await ask(
    app,
    "/api/missions/start",
    post(text, { "content-length": `${text.length}` }),
  );
  assertError(declared, { status: 413, code: "PAYLOAD_TOO_LARGE", field: "body" });
  assertError(await start(app, ReadableStream.from(pieces(text))), {
    status: 413,
    code: "PAYLOAD_TOO_LARGE",
    field: "body",
  });
  assert.deepEqual(errors, [], "too much of a client is no fault of ours");
});

Deno.test("a body of just 64 KiB is taken", async () => {
  await using app = await testApp();
  const rest = JSON.stringify({ ...GOOD, extra: "" }).length;
  const text = JSON.stringify({ ...GOOD, extra: "x".repeat(64 * 1024 - rest) });
  assert.equal(text.length, 64 * 1024);
  assert.equal((await start(app, text)).status, 201);
});

function* pieces(text: string): Generator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}
