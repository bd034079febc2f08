import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_PACKED_BYTES, MAX_VALUE_BYTES } from "../../../lib/kv/limits.ts";
import { encodeFact } from "../../../lib/log/encode.ts";
import { packEntries } from "../../../lib/log/pack.ts";
import type { LogRecord } from "../../../lib/log/schema.ts";

const AT = 1_737_282_600_000;

/** A record whose JSON has exactly so many bytes. */
function recordOf(bytes: number, position = 1): LogRecord {
  const fact = { type: "x".repeat(bytes - '{"type":""}'.length) };
  return { position, fact, encoded: encodeFact(fact) };
}

Deno.test("packEntries() puts as many facts into an entry as 60 KiB hold", () => {
  const full = MAX_PACKED_BYTES;
  const table: [sizes: number[], counts: number[]][] = [
    [[], []],
    [[20], [1]],
    [[20, 20, 20], [3]],
    [[full], [1]],
    [[full, full], [1, 1]],
    [[20, full, 20], [1, 1, 1]],
    [[full / 2, full / 2], [1, 1]],
    // One comma between them.
    [[full / 2, full / 2 - 1], [2]],
    [[full / 2, full / 2 - 1, 20], [2, 1]],
  ];
  for (const [sizes, counts] of table) {
    const entries = packEntries(sizes.map((size) => recordOf(size)), AT);
    assert.deepEqual(entries.map(({ count }) => count), counts, `sizes ${sizes}`);
  }
});

Deno.test("packEntries() writes the commit's time and the facts in order", () => {
  const records = [recordOf(20), recordOf(30), recordOf(25)];
  const [{ bytes }] = packEntries(records, AT);
  const entry = JSON.parse(new TextDecoder().decode(bytes));
  assert.deepEqual(entry, { at: AT, facts: records.map(({ fact }) => fact) });
});

Deno.test("packEntries() never makes a value that the store refuses", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 11, max: MAX_PACKED_BYTES }), { maxLength: 30 }),
    (sizes) => {
      const entries = packEntries(sizes.map((size) => recordOf(size)), Number.MAX_SAFE_INTEGER);
      for (const { bytes } of entries) assert.ok(bytes.length <= MAX_VALUE_BYTES);
      const packed = entries.reduce((sum, { count }) => sum + count, 0);
      assert.equal(packed, sizes.length);
    },
  ));
});
