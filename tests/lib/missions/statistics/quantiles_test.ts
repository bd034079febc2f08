import assert from "node:assert/strict";
import fc from "fast-check";
import {
  histogramValues,
  medianEstimate,
  medianInterval,
  percentile,
  sortedValues,
  toHistogram,
} from "../../../../lib/missions/statistics/mod.ts";
import { assertNear } from "../../../support/numbers.ts";

function ranks(n: number) {
  return medianInterval(sortedValues(Array.from({ length: n }, (_, index) => index + 1)));
}

Deno.test("[D-3] medianInterval() matches the table of ranks and levels", () => {
  const table = [[6, 1, 6, 0.969], [9, 2, 8, 0.961], [10, 2, 9, 0.979], [20, 6, 15, 0.959], [
    25,
    8,
    18,
    0.957,
  ], [30, 10, 21, 0.957]] as const;
  for (const [n, low, high, level] of table) {
    const actual = ranks(n);
    assert.deepEqual([actual?.low, actual?.high], [low, high]);
    assertNear(actual?.level, level, 5e-4);
  }
});

Deno.test("[D-3] medianInterval() is null below six values", () => {
  for (const n of [0, 1, 2, 5]) assert.equal(ranks(n), null);
});

Deno.test("[D-3] medianInterval() of a million values is the normal approximation's", () => {
  const n = 1_000_000;
  const actual = medianInterval({ n, at: (index) => index + 1 });
  assertNear(actual?.low, n / 2 - 1.959964 * Math.sqrt(n) / 2, 2);
  assertNear(actual?.level, 0.95, 1e-3);
});

Deno.test("[D-3] the median is the mid-point of the middle two", () => {
  assert.equal(medianEstimate(sortedValues([1, 2, 10]))?.estimate, 2);
  assert.equal(medianEstimate(sortedValues([1, 2, 4, 10]))?.estimate, 3);
  assert.deepEqual(medianEstimate(sortedValues([7])), { estimate: 7, interval: null, n: 1 });
  assert.equal(medianEstimate(sortedValues([])), null);
});

Deno.test("[D-3] percentile() is of type 7", () => {
  const sample = sortedValues([10, 20, 30, 40]);
  assert.deepEqual([0, 0.25, 0.9, 1].map((p) => percentile(sample, p)), [10, 17.5, 37, 40]);
  assert.equal(percentile(sortedValues([]), 0.9), null);
});

Deno.test("[D-3] a histogram answers as the sorted array of its values", () => {
  const values = fc.array(fc.nat(30), { minLength: 1, maxLength: 200 });
  fc.assert(fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (given, p) => {
    const array = sortedValues(given.toSorted((a, b) => a - b));
    const histogram = histogramValues(toHistogram(given));
    assert.equal(percentile(histogram, p), percentile(array, p));
    assert.deepEqual(medianEstimate(histogram), medianEstimate(array));
  }));
});
