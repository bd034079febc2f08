import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cumulativeIncidence,
  restrictedMean,
  shareDoneBy,
  survivalCurve,
  type SurvivalTimes,
  toHistogram,
} from "../../../../lib/missions/statistics/mod.ts";
import { assertFinite, assertInterval, assertNear } from "../../../support/numbers.ts";

/** Weeks of remission with 6-MP (Gehan 1965); an event is the end of a remission. */
const GEHAN: SurvivalTimes = {
  success: toHistogram([6, 6, 6, 7, 10, 13, 16, 22, 23]),
  quit: [],
  censored: toHistogram([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]),
};
const curve = survivalCurve(GEHAN)!;

Deno.test("[D-9] survivalCurve() matches the published Gehan table", () => {
  const table = [
    [6, 21, 0.8571, 0.0764],
    [7, 17, 0.8067, 0.0869],
    [10, 15, 0.7529, 0.0963],
    [13, 12, 0.6902, 0.1068],
    [16, 11, 0.6275, 0.1141],
    [22, 7, 0.5378, 0.1282],
    [23, 6, 0.4482, 0.1346],
  ];
  assert.deepEqual(
    curve.steps.map(({ time, atRisk }) => [time, atRisk]),
    table.map((row) => row.slice(0, 2)),
  );
  table.forEach(([, , survival, standardError], index) => {
    assertNear(curve.steps[index].survival, survival);
    assertNear(curve.steps[index].standardError, standardError);
  });
  assert.deepEqual([curve.n, curve.events, curve.lastTime, curve.median], [21, 9, 35, 23]);
});

Deno.test("[D-9] the log-log interval at t = 10 is .503–.889 and turns into the share done", () => {
  assertInterval(curve.steps[2].interval, [0.503, 0.889], 5e-4);
  assertNear(shareDoneBy(curve, 12)?.estimate, 1 - 0.7529);
  assertInterval(shareDoneBy(curve, 12)?.interval, [1 - 0.889, 1 - 0.503], 5e-4);
});

Deno.test("[D-9] restrictedMean() to 35 is 23.287", () => {
  assertNear(restrictedMean(curve, 35), 23.287, 5e-4);
  assert.equal(restrictedMean(curve, 6), 6);
  assertNear(restrictedMean(curve, 6.5), 6 + 0.5 * 18 / 21);
});

Deno.test("[D-9] nothing is said beyond what was watched while attempts are open", () => {
  assert.equal(restrictedMean(curve, 35.1), null);
  assert.equal(shareDoneBy(curve, 35.1), null);
  assert.deepEqual(shareDoneBy(curve, 5), { estimate: 0, interval: null });
});

Deno.test("[D-9] a curve that has reached 0 stays there, without spread", () => {
  const done = survivalCurve({ success: [[10, 2], [20, 2]], quit: [], censored: [] })!;
  assert.deepEqual(done.steps.map(({ survival }) => survival), [0.5, 0]);
  assert.equal(done.median, 10);
  assert.deepEqual([done.steps[1].standardError, done.steps[1].interval], [null, null]);
  assert.deepEqual(shareDoneBy(done, 99), { estimate: 1, interval: null });
  assert.equal(restrictedMean(done, 99), 15);
});

Deno.test("[D-9] the median is null without enough successes, the curve without attempts", () => {
  assert.equal(survivalCurve({ success: [[5, 1]], quit: [[9, 3]], censored: [] })?.median, null);
  assert.equal(survivalCurve({ success: [], quit: [], censored: [] }), null);
});

Deno.test("[D-9] the median is found when rounding leaves one half a hair above", () => {
  const times = Array.from({ length: 10 }, (_, index) => index + 1);
  assert.equal(survivalCurve({ success: toHistogram(times), quit: [], censored: [] })?.median, 5);
});

Deno.test("[D-9] cumulativeIncidence() is the plain share when nothing is censored", () => {
  const steps = cumulativeIncidence({ success: [[10, 3], [30, 1]], quit: [[20, 4]], censored: [] });
  assert.deepEqual(steps.map(({ time, atRisk }) => [time, atRisk]), [[10, 8], [20, 5], [30, 1]]);
  assertNear(steps[2].success, 4 / 8, 1e-12);
  assertNear(steps[2].quit, 4 / 8, 1e-12);
});

Deno.test("[D-9] cumulativeIncidence() without quits is one minus the survival curve", () => {
  const steps = cumulativeIncidence(GEHAN);
  steps.forEach((step, index) => assertNear(step.success, 1 - curve.steps[index].survival, 1e-12));
});

const times = fc.array(fc.nat(50), { maxLength: 30 }).map(toHistogram);
const watched = fc.record({ success: times, quit: times, censored: times });

Deno.test("[D-9] curves are finite, fall, and lie within their intervals", () => {
  fc.assert(fc.property(watched, (given) => {
    const actual = survivalCurve(given);
    assertFinite([actual, cumulativeIncidence(given)]);
    let before = 1;
    for (const { survival, interval } of actual?.steps ?? []) {
      assert.ok(survival < before);
      assert.ok(!interval || (interval.low <= survival && survival <= interval.high));
      before = survival;
    }
    for (const { success, quit } of cumulativeIncidence(given)) {
      assert.ok(success + quit <= 1 + 1e-9);
    }
  }));
});
