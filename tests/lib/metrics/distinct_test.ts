import assert from "node:assert/strict";
import fc from "fast-check";
import { Distinct, MAX_EXACT } from "../../../lib/metrics/distinct.ts";
import { hash53 } from "../../../lib/metrics/hash.ts";
import { RELATIVE_ERROR } from "../../../lib/metrics/hyperloglog.ts";

function distinctOf(hashes: Iterable<number>): Distinct {
  const distinct = new Distinct();
  for (const hash of hashes) distinct.add(hash);
  return distinct;
}

function users(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => hash53(`user ${from + i}`));
}

Deno.test("[E-08] people are counted exactly up to the limit, and estimated beyond it", () => {
  const distinct = distinctOf(users(0, MAX_EXACT));
  assert.deepEqual([distinct.method, distinct.size], ["exact", MAX_EXACT]);
  distinct.add(hash53("user 0"));
  assert.deepEqual([distinct.method, distinct.size], ["exact", MAX_EXACT]);
  distinct.add(hash53("one more"));
  assert.equal(distinct.method, "hyperloglog");
  assert.ok(Math.abs(distinct.size / (MAX_EXACT + 1) - 1) < 4 * RELATIVE_ERROR);
});

Deno.test("[E-08] what is merged, in whatever order and parts, is what was seen together", () => {
  const size = fc.integer({ min: 0, max: 1_600 });
  fc.assert(
    fc.property(fc.array(fc.tuple(size, size), { maxLength: 5 }), (parts) => {
      const merged = new Distinct();
      for (const [from, length] of parts) merged.merge(distinctOf(users(from, from + length)));
      const all = distinctOf(
        new Set(parts.flatMap(([from, length]) => users(from, from + length))),
      );
      assert.deepEqual(merged.store(), all.store());
      assert.equal(merged.size, all.size);
    }),
    { numRuns: 40 },
  );
});

Deno.test("[E-08] merging changes nothing but what is merged into", () => {
  for (const count of [500, 1_500]) {
    const part = distinctOf(users(0, count));
    const before = part.store();
    const sum = distinctOf(users(400, 1_400));
    sum.merge(part);
    sum.add(hash53("somebody else"));
    assert.deepEqual(part.store(), before);
  }
});

Deno.test("[E-08] a stored count goes on where it was, exact or not", () => {
  for (const count of [0, 1, MAX_EXACT, MAX_EXACT + 1, 5_000]) {
    const stored = distinctOf(users(0, count)).store();
    const restored = Distinct.restore(JSON.parse(JSON.stringify(stored)));
    assert.deepEqual(restored.store(), stored);
    for (const hash of users(0, count + 10)) restored.add(hash);
    assert.deepEqual(restored.store(), distinctOf(users(0, count + 10)).store());
  }
});
