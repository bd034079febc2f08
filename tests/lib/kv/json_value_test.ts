import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import type { AppError } from "../../../lib/errors.ts";
import { decodeJson, encodeJson, encodeText } from "../../../lib/kv/json_value.ts";
import { MAX_VALUE_BYTES } from "../../../lib/kv/limits.ts";

const KEY = ["test", "rows", 7];
const bytesOf = (text: string) => new TextEncoder().encode(text);

Deno.test("encodeJson() and decodeJson() give back what was stored", async () => {
  using kv = await Deno.openKv(":memory:");
  const values = fc.jsonValue({ maxDepth: 4 });
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      await kv.set(KEY, encodeJson(value));
      const stored = await kv.get(KEY);
      const read = decodeJson(KEY, stored.value, z.unknown());
      assert.deepEqual(read, JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 50 },
  );
});

Deno.test("encodeJson() refuses what the store would not take, counted in bytes", async () => {
  using kv = await Deno.openKv(":memory:");
  const fitting = "x".repeat(MAX_VALUE_BYTES - 2);
  const { ok } = await kv.set(KEY, encodeJson(fitting));
  assert.equal(ok, true);
  const tooLarge = {
    code: "PAYLOAD_TOO_LARGE",
    details: { expected: `at most ${MAX_VALUE_BYTES} bytes` },
  };
  assert.throws(() => encodeJson(fitting + "x"), tooLarge);
  assert.throws(() => encodeJson("단".repeat(MAX_VALUE_BYTES / 3)), tooLarge);
  assert.throws(() => encodeText(" ".repeat(MAX_VALUE_BYTES + 1)), tooLarge);
  assert.equal(encodeText('{"단어":1}').length, 12);
});

Deno.test("decodeJson() refuses what is not of the schema, and names the key alone", () => {
  const schema = z.object({ n: z.number() });
  assert.deepEqual(decodeJson(KEY, bytesOf('{"n":1,"more":2}'), schema), { n: 1 });
  const table: [what: string, value: unknown][] = [
    ["another form", bytesOf('{"n":"secret"}')],
    ["not JSON", bytesOf("secret")],
    ["not UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
    ["nothing", new Uint8Array()],
    ["not bytes", { n: 1 }],
    ["no value", null],
  ];
  for (const [what, value] of table) {
    assert.throws(() => decodeJson(KEY, value, schema), (error: AppError) => {
      assert.equal(error.code, "DATABASE_ERROR");
      assert.equal(error.message, "Stored value cannot be read");
      assert.deepEqual(error.details, { key: "test/rows/7" });
      assert.ok(error.cause instanceof Error);
      return true;
    }, what);
  }
});
