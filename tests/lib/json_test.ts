import assert from "node:assert/strict";
import fc from "fast-check";
import type { AppError } from "../../lib/errors.ts";
import { isJsonObject, MAX_JSON_DEPTH, parseJson } from "../../lib/json.ts";

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

Deno.test("parseJson() reads what JSON.parse() reads", () => {
  const text = fc.string({ unit: "grapheme" });
  const fraction = fc.double({ min: -1, max: 1, noNaN: true });
  const values = [text, fc.maxSafeInteger(), fraction, fc.boolean(), fc.constant(null)];
  fc.assert(fc.property(fc.object({ key: text, values, maxDepth: 5 }), (value) => {
    const json = JSON.stringify(value);
    fc.pre(!json.includes("__proto__"));
    assert.deepEqual(parseJson(json), JSON.parse(json));
  }));
  const table = ["9007199254740991", "-9007199254740991", "1.5e10", "0.1", "-0", '"\\u00e9"'];
  for (const text of table) assert.deepEqual(parseJson(text), JSON.parse(text), text);
  assert.equal(parseJson('"단어카드 \u{1f469}"'), "단어카드 \u{1f469}");
});

Deno.test("parseJson() refuses what a store cannot keep, and says what it expected", () => {
  const table: [text: string, message: string][] = [
    ["", "Body is not valid JSON"],
    ["{", "Body is not valid JSON"],
    ["{'a': 1}", "Body is not valid JSON"],
    ["NaN", "Body is not valid JSON"],
    ["]".repeat(40) + nested(70), "Body is not valid JSON"],
    [nested(MAX_JSON_DEPTH + 1), "JSON is nested too deeply"],
    ['{"a":'.repeat(33) + "1" + "}".repeat(33), "JSON is nested too deeply"],
    [nested(100_000), "JSON is nested too deeply"],
    ['"a\\u0000"', "JSON text has a NUL character"],
    ['{"a\\u0000": 1}', "JSON text has a NUL character"],
    ['["\\ud800"]', "JSON text has a lone surrogate"],
    ['["\ud800"]', "JSON text has a lone surrogate"],
    ['{"\\udc00": 1}', "JSON text has a lone surrogate"],
    ["9007199254740992", "JSON has an integer beyond 2^53"],
    ["[-9007199254740993]", "JSON has an integer beyond 2^53"],
    ["1e16", "JSON has an integer beyond 2^53"],
    ["9007199254740993.0", "JSON has an integer beyond 2^53"],
    ["1e400", "JSON has a number out of range"],
    ['{"a": [-1E400]}', "JSON has a number out of range"],
    ['{"__proto__": {"admin": true}}', 'JSON has the key "__proto__"'],
    ['{"\\u005f_proto__": 1}', 'JSON has the key "__proto__"'],
  ];
  for (const [text, message] of table) {
    assert.throws(() => parseJson(text), (error: AppError) => {
      assert.equal(error.message, message);
      assert.equal(error.code, "VALIDATION_ERROR");
      assert.equal(typeof error.details?.expected, "string");
      return true;
    }, text.slice(0, 80));
  }
});

Deno.test("parseJson() counts depth outside of texts only", () => {
  assert.deepEqual(parseJson(nested(MAX_JSON_DEPTH)), JSON.parse(nested(MAX_JSON_DEPTH)));
  assert.equal(parseJson('"' + "[".repeat(50) + '"'), "[".repeat(50));
  assert.equal(parseJson('"\\"' + "{".repeat(50) + '"'), '"' + "{".repeat(50));
  assert.throws(() => parseJson('["\\\\",' + nested(MAX_JSON_DEPTH) + "]"), /nested too deeply/);
  const beside = `[${Array(100).fill("[]").join(",")}]`;
  assert.equal((parseJson(beside) as unknown[]).length, 100);
});

Deno.test("parseJson() lets no forbidden value through, wherever it stands", () => {
  const forbidden = fc.constantFrom<string[]>(
    "1e400",
    "-12.50E+400",
    "9007199254740993",
    '"\\u0000"',
    '"\\udfff"',
  );
  const wrap = fc.constantFrom(
    (text: string) => `[1,${text}]`,
    (text: string) => `{"a":{"b":${text}}}`,
    (text: string) => ` { "c" : [ ${text} , "x" ] } `,
    (text: string) => `[{},\n\t${text}\n]`,
  );
  fc.assert(fc.property(forbidden, fc.array(wrap, { maxLength: 6 }), (text, wraps) => {
    const whole = wraps.reduce((inner, wrap) => wrap(inner), text);
    assert.throws(() => parseJson(whole), { code: "VALIDATION_ERROR" });
  }));
});

Deno.test("isJsonObject() is true of objects only", () => {
  for (const value of [{}, { a: 1 }]) assert.equal(isJsonObject(value), true);
  for (const value of [null, [], "a", 1, true, undefined]) assert.equal(isJsonObject(value), false);
});
