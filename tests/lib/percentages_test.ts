import assert from "node:assert/strict";
import fc from "fast-check";
import { toPercentages } from "../../lib/percentages.ts";

Deno.test("[D-15] toPercentages() gives what is missing to the largest remainders", () => {
  assert.deepEqual(toPercentages([1, 1, 1]), [33.4, 33.3, 33.3]);
  assert.deepEqual(toPercentages([30, 45, 5]), [37.5, 56.3, 6.2]);
  assert.deepEqual(toPercentages([2, 0, 4]), [33.3, 0, 66.7]);
});

Deno.test("[D-15] toPercentages() is null when there is nothing to share", () => {
  assert.equal(toPercentages([]), null);
  assert.equal(toPercentages([0, 0]), null);
});

Deno.test("[D-15] toPercentages() sums to 100.0 and is less than a tenth off anywhere", () => {
  fc.assert(fc.property(fc.array(fc.nat(1_000_000_000), { minLength: 1 }), (counts) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    fc.pre(total > 0);
    const percentages = toPercentages(counts)!;
    const tenths = percentages.reduce((sum, percent) => sum + Math.round(percent * 10), 0);
    assert.equal(tenths, 1000);
    percentages.forEach((percent, index) => {
      assert.ok(Math.abs(percent - counts[index] / total * 100) < 0.1 + 1e-9);
    });
  }));
});
