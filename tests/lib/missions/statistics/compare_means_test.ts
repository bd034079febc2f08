import assert from "node:assert/strict";
import fc from "fast-check";
import {
  compareTimes,
  momentsOf,
  timeMoments,
  toHistogram,
  welch,
} from "../../../../lib/missions/statistics/mod.ts";
import { assertFinite, assertInterval, assertNear } from "../../../support/numbers.ts";

// Extra hours of sleep with two drugs, R's data set `sleep`.
const FIRST_DRUG = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const SECOND_DRUG = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

Deno.test("[D-7] welch() matches R's published sleep example", () => {
  const actual = welch(momentsOf(toHistogram(FIRST_DRUG)), momentsOf(toHistogram(SECOND_DRUG)));
  assertNear(actual?.t, -1.8608);
  assertNear(actual?.df, 17.776, 5e-4);
  assertNear(actual?.pValue, 0.07939, 5e-6);
  assertInterval(actual?.difference.interval, [-3.3655, 0.2055]);
});

Deno.test("[D-7] compareTimes() tells the ratio of geometric means as SciPy computes it", () => {
  const first = timeMoments(toHistogram([55, 65, 75, 62, 45, 135].map((s) => s * 1000)));
  const second = timeMoments(toHistogram([80, 95, 120, 70, 150].map((s) => s * 1000)));
  const actual = compareTimes(first.log, second.log);
  assertNear(actual?.t, -1.814250555303292, 1e-9);
  assertNear(actual?.df, 8.999996592265234, 1e-8);
  assertNear(actual?.pValue, 0.10303840047864783, 1e-9);
  assertNear(actual?.ratio.estimate, 0.6883495815423953, 1e-9);
  assertInterval(actual?.ratio.interval, [0.4320917722232824, 1.0965845148394604], 1e-9);
});

Deno.test("[D-7] welch() is null with fewer than two values or without any spread", () => {
  const two = momentsOf([[1, 1], [2, 1]]);
  assert.equal(welch(two, momentsOf([[5, 1]])), null);
  assert.equal(welch(momentsOf([[5, 3]]), momentsOf([[4, 3]])), null);
  assertNear(welch(two, momentsOf([[5, 3]]))?.df, 1, 1e-12);
});

Deno.test("[D-7] compareTimes() is finite for any two groups of times", () => {
  const times = fc.array(fc.nat(2 ** 50), { maxLength: 20 });
  fc.assert(fc.property(times, times, (a, b) => {
    assertFinite(compareTimes(timeMoments(toHistogram(a)).log, timeMoments(toHistogram(b)).log));
  }));
});
