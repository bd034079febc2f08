import assert from "node:assert/strict";
import fc from "fast-check";
import {
  geometricMean,
  histogramValues,
  mergeTimeMoments,
  momentsOf,
  summariseTimes,
  timeMoments,
  toHistogram,
} from "../../../../lib/missions/statistics/mod.ts";
import { assertFinite, assertInterval, assertNear } from "../../../support/numbers.ts";
import { seededNormal, seededRandom } from "../../../../tools/seeded_random.ts";

const PUBLISHED_MS = [55, 65, 75, 62, 45, 135].map((seconds) => seconds * 1000);

function summaryOf(times: readonly number[]) {
  const histogram = toHistogram(times);
  return summariseTimes({ moments: timeMoments(histogram), sample: histogramValues(histogram) });
}

Deno.test("[D-2] geometricMean() matches the published average time 68 s (46, 101)", () => {
  const { log } = timeMoments(toHistogram(PUBLISHED_MS));
  const actual = geometricMean(log);
  assertNear(log.mean - Math.log(1000), 4.22305, 1e-5);
  assertNear(Math.sqrt(log.m2 / 5), 0.37572, 1e-5);
  assertNear(actual?.estimate, 68_241, 0.5);
  assertInterval(actual?.interval, [46_005, 101_225], 0.5);
});

Deno.test("[D-2][D-3] summariseTimes() of the published times has mean, median and extremes", () => {
  const actual = summaryOf(PUBLISHED_MS);
  assertNear(actual?.mean, 72_833.3333);
  assert.equal(actual?.median.estimate, 63_500);
  assert.deepEqual([actual?.min, actual?.max, actual?.p90], [45_000, 135_000, 105_000]);
});

Deno.test("[D-2] the headline turns from geometric mean to median at 25 times", () => {
  const times = Array.from({ length: 25 }, (_, index) => 1000 + index);
  assert.equal(summaryOf(times.slice(1))?.headline, "geometricMean");
  assert.equal(summaryOf(times)?.headline, "median");
});

Deno.test("[D-2] times under a tenth of a second count as one and are marked", () => {
  const actual = timeMoments(toHistogram([0, 99, 100]));
  assert.equal(actual.floored, 2);
  assertNear(geometricMean(actual.log)?.estimate, 100, 1e-9);
  assertNear(actual.plain.mean, 199 / 3, 1e-9);
});

Deno.test("[D-2] geometricMean() has no interval for one time or equal times, and needs a time", () => {
  assert.equal(geometricMean(timeMoments([]).log), null);
  assert.equal(geometricMean(timeMoments([[900, 1]]).log)?.interval, null);
  assert.equal(geometricMean(timeMoments([[900, 7]]).log)?.interval, null);
  assert.equal(summaryOf([]), null);
});

const durations = fc.array(fc.nat(2 ** 50), { minLength: 1, maxLength: 40 });

Deno.test("[D-2] merged parts summarise as the whole, with finite numbers", () => {
  fc.assert(fc.property(durations, durations, (a, b) => {
    const whole = toHistogram([...a, ...b]);
    const moments = mergeTimeMoments(timeMoments(toHistogram(a)), timeMoments(toHistogram(b)));
    const actual = summariseTimes({ moments, sample: histogramValues(whole) });
    const expected = summaryOf([...a, ...b]);
    assertFinite(actual);
    assert.equal(actual?.floored, expected?.floored);
    assert.deepEqual(actual?.median, expected?.median);
    assertNear(actual!.geometricMean.estimate / expected!.geometricMean.estimate, 1, 1e-9);
  }));
});

Deno.test("[D-15] log-t coverage is within .94–.96 over 2000 draws of lognormal(ln 60, .5)", () => {
  const random = seededRandom(20251121);
  let covered = 0;
  for (let draw = 0; draw < 2000; draw++) {
    const logs = Array.from({ length: 20 }, () => Math.log(60) + 0.5 * seededNormal(random));
    const interval = geometricMean(momentsOf(toHistogram(logs)))?.interval;
    if (interval && interval.low <= 60 && 60 <= interval.high) covered++;
  }
  assert.ok(covered >= 0.94 * 2000 && covered <= 0.96 * 2000, `covered ${covered}`);
});
