import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cumulativeIncidence,
  isHalfDone,
  lastTimeOf,
  restrictedMean,
  shareDoneBy,
  spreadOf,
  survivalSteps,
  type SurvivalTimes,
} from "../../../../lib/missions/statistics/mod.ts";
import { assertFinite, assertInterval, assertNear } from "../../../support/numbers.ts";

/** Weeks of remission with 6-MP (Gehan 1965); an event is the end of a remission. */
const GEHAN: SurvivalTimes = {
  success: [6, 6, 6, 7, 10, 13, 16, 22, 23],
  quit: [],
  censored: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
};
const steps = [...survivalSteps(GEHAN)];

/** As who reads the curve does: the last step up to the time. */
function doneBy(times: SurvivalTimes, time: number) {
  const step = [...survivalSteps(times)].findLast((each) => each.time <= time) ?? null;
  return shareDoneBy(time, { step, lastTime: lastTimeOf(times) });
}

function medianOf(times: SurvivalTimes) {
  return [...survivalSteps(times)].find(isHalfDone)?.time ?? null;
}

Deno.test("[D-9] survivalSteps() match the published Gehan table", () => {
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
    steps.map(({ time, atRisk }) => [time, atRisk]),
    table.map((row) => row.slice(0, 2)),
  );
  table.forEach(([, , survival, standardError], index) => {
    assertNear(steps[index].survival, survival);
    assertNear(spreadOf(steps[index]).standardError, standardError);
  });
  assert.equal(steps.reduce((sum, { events }) => sum + events, 0), 9);
  assert.deepEqual([lastTimeOf(GEHAN), medianOf(GEHAN)], [35, 23]);
});

Deno.test("[D-9] the log-log interval at t = 10 is .503–.889 and turns into the share done", () => {
  assertInterval(spreadOf(steps[2]).interval, [0.503, 0.889], 5e-4);
  assertNear(doneBy(GEHAN, 12)?.estimate, 1 - 0.7529);
  assertInterval(doneBy(GEHAN, 12)?.interval, [1 - 0.889, 1 - 0.503], 5e-4);
});

Deno.test("[D-9] restrictedMean() to 35 is 23.287", () => {
  assertNear(restrictedMean(GEHAN, 35), 23.287, 5e-4);
  assert.equal(restrictedMean(GEHAN, 6), 6);
  assertNear(restrictedMean(GEHAN, 6.5), 6 + 0.5 * 18 / 21);
});

Deno.test("[D-9] nothing is said beyond what was watched while attempts are open", () => {
  assert.equal(restrictedMean(GEHAN, 35.1), null);
  assert.equal(doneBy(GEHAN, 35.1), null);
  assert.deepEqual(doneBy(GEHAN, 5), { estimate: 0, interval: null });
});

Deno.test("[D-9] a curve that has reached 0 stays there, without spread", () => {
  const done: SurvivalTimes = { success: [10, 10, 20, 20], quit: [], censored: [] };
  const [first, last] = survivalSteps(done);
  assert.deepEqual([first.survival, last.survival], [0.5, 0]);
  assert.equal(medianOf(done), 10);
  assert.deepEqual(spreadOf(last), { standardError: null, interval: null });
  assert.deepEqual(doneBy(done, 99), { estimate: 1, interval: null });
  assert.equal(restrictedMean(done, 99), 15);
});

Deno.test("[D-9] there is no median without enough successes, and no step without any", () => {
  assert.equal(medianOf({ success: [5], quit: [9, 9, 9], censored: [] }), null);
  assert.deepEqual([...survivalSteps({ success: [], quit: [], censored: [] })], []);
});

Deno.test("[D-9] the median is found when rounding leaves one half a hair above", () => {
  const times = Array.from({ length: 10 }, (_, index) => index + 1);
  assert.equal(medianOf({ success: times, quit: [], censored: [] }), 5);
});

Deno.test("[D-9] cumulativeIncidence() is the plain share when nothing is censored", () => {
  const steps = [...cumulativeIncidence({
    success: [10, 10, 10, 30],
    quit: [20, 20, 20, 20],
    censored: [],
  })];
  assert.deepEqual(steps.map(({ time, atRisk }) => [time, atRisk]), [[10, 8], [20, 5], [30, 1]]);
  assertNear(steps[2].success, 4 / 8, 1e-12);
  assertNear(steps[2].quit, 4 / 8, 1e-12);
});

Deno.test("[D-9] cumulativeIncidence() without quits is one minus the survival curve", () => {
  [...cumulativeIncidence(GEHAN)].forEach(({ success }, index) =>
    assertNear(success, 1 - steps[index].survival, 1e-12)
  );
});

const times = fc.array(fc.nat(50), { maxLength: 30 }).map((times) => times.sort((a, b) => a - b));
const watched = fc.record({ success: times, quit: times, censored: times });

Deno.test("[D-9] curves are finite, fall, and lie within their intervals", () => {
  fc.assert(fc.property(watched, (given) => {
    assertFinite([...cumulativeIncidence(given)]);
    let before = 1;
    for (const step of survivalSteps(given)) {
      const { interval } = spreadOf(step);
      assertFinite([step, interval]);
      assert.ok(step.survival < before);
      assert.ok(!interval || (interval.low <= step.survival && step.survival <= interval.high));
      before = step.survival;
    }
    for (const { success, quit } of cumulativeIncidence(given)) {
      assert.ok(success + quit <= 1 + 1e-9);
    }
  }));
});
