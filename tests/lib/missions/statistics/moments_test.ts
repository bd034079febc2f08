import assert from "node:assert/strict";
import fc from "fast-check";
import {
  meanOf,
  mergeHistograms,
  mergeMoments,
  momentsOf,
  NO_MOMENTS,
  toHistogram,
  varianceOf,
} from "../../../../lib/missions/statistics/mod.ts";
import { assertNear } from "../../../support/numbers.ts";
import { seededNormal, seededRandom } from "../../../../tools/seeded_random.ts";

Deno.test("[D-15] streamed moments agree with two passes over 10⁶ values", () => {
  const random = seededRandom(15);
  // A mean far above the spread is what breaks the naive sum of squares.
  const values = Array.from({ length: 1_000_000 }, () => 1e6 + seededNormal(random));
  let streamed = NO_MOMENTS;
  for (const value of values) streamed = mergeMoments(streamed, { n: 1, mean: value, m2: 0 });
  const mean = values.reduce((sum, value) => sum + (value - 1e6), 0) / values.length + 1e6;
  const m2 = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  assert.equal(streamed.n, 1_000_000);
  assertNear(streamed.mean, mean, 1e-7);
  assertNear(streamed.m2 / m2, 1, 1e-9);
});

const durations = fc.array(fc.nat(3_600_000), { maxLength: 60 });

Deno.test("[D-15] moments of merged parts are the moments of the whole", () => {
  fc.assert(fc.property(durations, durations, (a, b) => {
    const merged = mergeMoments(momentsOf(toHistogram(a)), momentsOf(toHistogram(b)));
    const whole = momentsOf(toHistogram([...a, ...b]));
    assert.equal(merged.n, whole.n);
    assertNear(merged.mean, whole.mean, 1e-6);
    assertNear(merged.m2, whole.m2, 1e-9 * (1 + whole.m2));
  }));
});

Deno.test("[D-15] histograms of merged parts are exactly the histogram of the whole", () => {
  fc.assert(fc.property(durations, durations, (a, b) => {
    const whole = toHistogram([...a, ...b]);
    assert.deepEqual(mergeHistograms([toHistogram(a), toHistogram(b)]), whole);
    assert.deepEqual(mergeHistograms([toHistogram(b), toHistogram(a), []]), whole);
  }));
});

Deno.test("[D-15] toHistogram() counts and sorts by value", () => {
  assert.deepEqual(toHistogram([30, 4, 30, 100]), [[4, 1], [30, 2], [100, 1]]);
});

Deno.test("[D-15] mean and variance are null where they have no value", () => {
  assert.equal(meanOf(NO_MOMENTS), null);
  assert.equal(varianceOf(momentsOf([[5, 1]])), null);
  assert.equal(meanOf(momentsOf([[5, 1]])), 5);
  assert.equal(varianceOf(momentsOf([[1, 1], [3, 1]])), 2);
});

Deno.test("[D-13] merged means weigh by count: 15.094 s over the three paths of document 1", () => {
  const paths = [[30, 18.5], [45, 12.3], [5, 19.8]].map(([n, mean]) => ({ n, mean, m2: 0 }));
  assertNear(meanOf(paths.reduce(mergeMoments, NO_MOMENTS)), 15.094, 5e-4);
});
