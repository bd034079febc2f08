import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ease,
  mannWhitney,
  netEase,
  netShare,
  ratingHistogram,
} from "../../../../lib/missions/statistics/mod.ts";
import { assertFinite, assertInterval, assertNear } from "../../../support/numbers.ts";

const DOCUMENT_1 = { 1: 5, 2: 10, 3: 25, 4: 50, 5: 30 };
const NONE = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };

Deno.test("[D-4][M-42] ease() matches the worked distribution of document 1", () => {
  const actual = ease(DOCUMENT_1);
  assert.equal(actual?.n, 120);
  assert.equal(actual?.mean, 3.75);
  assertNear(actual?.sd, 1.0552);
  assertInterval(actual?.interval, [3.559, 3.941], 5e-4);
  assert.deepEqual([actual?.score, actual?.sevenPoint], [68.75, 5.125]);
  assertNear(actual?.topTwo.estimate, 2 / 3);
  assertInterval(actual?.topTwo.interval, [0.578, 0.745], 5e-4);
});

Deno.test("[D-4] ease() puts five-point 4.0 at the seven-point norm of 5.5", () => {
  assert.equal(ease({ ...NONE, 4: 3 })?.sevenPoint, 5.5);
});

Deno.test("[D-4] ease() is null without ratings and has no interval for one or equal ratings", () => {
  assert.equal(ease(NONE), null);
  const one = ease({ ...NONE, 5: 1 });
  assert.deepEqual([one?.sd, one?.interval], [null, null]);
  const equal = ease({ ...NONE, 5: 4 });
  assert.deepEqual([equal?.sd, equal?.interval], [0, null]);
});

Deno.test("[D-5] netShare() matches the published margin of error at n = 324", () => {
  const actual = netShare({ top: 162, bottom: 54, n: 324 });
  assertNear(actual?.estimate, 1 / 3);
  assertNear(actual?.standardError, 0.0414);
  assertNear((actual?.standardError ?? 0) ** 2 * 324, 5 / 9);
});

Deno.test("[D-5] netEase() matches the seed with the adjusted interval", () => {
  const actual = netEase(DOCUMENT_1, 4);
  assertNear(actual?.estimate, 0.5417);
  assertNear(actual?.adjusted, 0.5285);
  assertInterval(actual?.interval, [0.4028, 0.6541]);
  assertNear(((actual?.interval.high ?? 0) - (actual?.adjusted ?? 0)) / 1.959964, 0.0641);
});

Deno.test("[D-5] netEase() may count only fives as top", () => {
  assert.equal(netEase(DOCUMENT_1, 5)?.estimate, 15 / 120);
});

Deno.test("[D-5] netShare() is null without answers or with impossible counts", () => {
  assert.equal(netEase(NONE, 4), null);
  assert.equal(netShare({ top: 2, bottom: 2, n: 3 }), null);
  assert.equal(netShare({ top: -1, bottom: 2, n: 3 }), null);
});

Deno.test("[D-4][D-5] ratings give finite numbers within their scales", () => {
  const count = fc.nat(1000);
  const counts = fc.record({ 1: count, 2: count, 3: count, 4: count, 5: count });
  fc.assert(fc.property(counts, (given) => {
    const actual = ease(given);
    const net = netEase(given, 4);
    fc.pre(actual !== null && net !== null);
    assertFinite([actual, net]);
    const { low, high } = actual.interval ?? { low: 1, high: 5 };
    assert.ok(1 <= low && low <= actual.mean && actual.mean <= high && high <= 5);
    assert.ok(-1 <= net.interval.low && net.interval.high <= 1);
  }));
});

Deno.test("[D-7] ratingHistogram() leaves out ratings that nobody gave", () => {
  assert.deepEqual(ratingHistogram({ ...NONE, 2: 1, 5: 3 }), [[2, 1], [5, 3]]);
  const better = { ...NONE, 4: 5, 5: 5 };
  const worse = { ...NONE, 1: 5, 2: 5 };
  assert.equal(mannWhitney(ratingHistogram(better), ratingHistogram(worse))?.superiority, 1);
});
