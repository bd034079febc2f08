import assert from "node:assert/strict";
import { z } from "zod";
import { AppError } from "../../../../lib/errors.ts";
import { MAX_PACKED_BYTES } from "../../../../lib/kv/limits.ts";
import { pack, unpack } from "../../../../lib/missions/analytics/packed.ts";
import type { PartialKind } from "../../../../lib/missions/analytics/partial.ts";
import { toSample } from "../../../../lib/missions/analytics/samples.ts";

const KIND: PartialKind<{ name: string }> = {
  name: "test",
  schema: z.object({ name: z.string() }),
  of: () => ({ sums: { name: "" }, samples: {} }),
  add: () => ({ name: "" }),
};
const KEY = ["missions", "hours"];

function unpacked(chunks: readonly unknown[]) {
  return unpack(KIND, { key: KEY, chunks });
}

// Heads of four lengths: the numbers have to begin at a fourth byte.
for (const name of ["", "a", "ab", "투자"]) {
  Deno.test(`a partial result named "${name}" comes back from its bytes`, () => {
    const partial = {
      sums: { name },
      samples: { some: toSample([5, 1, 2 ** 31 - 1]), none: toSample([]), more: toSample([7]) },
    };
    const { kind, chunks } = pack(KIND, partial);
    assert.equal(kind, "test");
    assert.deepEqual(unpacked(chunks), partial);
  });
}

Deno.test("a partial result without samples comes back", () => {
  const partial = { sums: { name: "x" }, samples: {} };
  assert.deepEqual(unpacked(pack(KIND, partial).chunks), partial);
});

Deno.test("many numbers are cut into chunks that fit a value", () => {
  const partial = {
    sums: { name: "many" },
    samples: { all: toSample(Array.from({ length: 40_000 }, (_, i) => i)) },
  };
  const { chunks } = pack(KIND, partial);
  assert.equal(chunks.length, 3);
  assert.ok(chunks.every((chunk) => chunk.length <= MAX_PACKED_BYTES));
  assert.deepEqual(unpacked(chunks), partial);
});

Deno.test("bytes that are not what was packed are refused, with their key", () => {
  const [whole] = pack(KIND, { sums: { name: "x" }, samples: { all: toSample([1, 2]) } }).chunks;
  const other = pack({ ...KIND, schema: z.any() }, { sums: { name: 1 as never }, samples: {} });
  const wrong: unknown[][] = [
    [],
    ["text"],
    [whole.subarray(0, 2)],
    [whole.subarray(0, 8)],
    [whole.subarray(0, -4)],
    [whole, whole],
    [new Uint8Array([255, 255, 255, 255])],
    [new Uint8Array([255, 255, 0, 0])],
    [...other.chunks],
  ];
  for (const chunks of wrong) {
    assert.throws(
      () => unpacked(chunks),
      (error) =>
        error instanceof AppError && error.code === "DATABASE_ERROR" &&
        error.details?.key === "missions/hours",
    );
  }
});
