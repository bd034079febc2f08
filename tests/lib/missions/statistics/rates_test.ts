import assert from "node:assert/strict";
import fc from "fast-check";
import {
  adjustedWald,
  completionRate,
  pathShares,
  rate,
  type Share,
} from "../../../../lib/missions/statistics/mod.ts";
import { assertFinite, assertInterval, assertNear } from "../../../support/numbers.ts";
import { seededRandom } from "../../../../tools/seeded_random.ts";

// x, n, p̃, adjusted Wald, Wilson: the table of D-1.
const TABLE: readonly (readonly [number, number, number, number, number, number, number])[] = [
  [4, 5, 0.6697, 0.3596, 0.9797, 0.3755, 0.9638],
  [10, 10, 0.8612, 0.6791, 1, 0.7225, 1],
  [5, 5, 0.7828, 0.5109, 1, 0.5655, 1],
  [7, 10, 0.6445, 0.3923, 0.8967, 0.3968, 0.8922],
  [9, 10, 0.789, 0.574, 1, 0.5958, 0.9821],
  [0, 5, 0.2172, 0, 0.4891, 0, 0.4345],
  [25, 30, 0.7955, 0.6596, 0.9314, 0.6644, 0.9266],
  [120, 150, 0.7925, 0.7284, 0.8566, 0.7289, 0.8562],
  [1, 1, 0.6033, 0.1675, 1, 0.2065, 1],
];

Deno.test("[D-1] adjustedWald() matches the published 4/5", () => {
  assertInterval(adjustedWald({ successes: 4, n: 5 }), [0.3596, 0.9796]);
});

Deno.test("[D-1] adjustedWald() matches the table", () => {
  for (const [successes, n, adjusted, low, high] of TABLE) {
    const actual = adjustedWald({ successes, n });
    assertNear(actual?.adjusted, adjusted);
    assertInterval(actual, [low, high]);
    assert.equal(actual?.level, 0.95);
  }
});

Deno.test("[D-1] adjustedWald() holds the Wilson interval of the table, as it must", () => {
  for (const [successes, n, , , , low, high] of TABLE) {
    const actual = adjustedWald({ successes, n });
    assert.ok(actual && actual.low <= low + 1e-4 && actual.high >= high - 1e-4);
  }
});

Deno.test("[D-1] adjustedWald() of 9/10 is centred near 11/14", () => {
  assertNear(adjustedWald({ successes: 9, n: 10 })?.adjusted, 11 / 14, 0.004);
});

Deno.test("[D-1] rate() says which bound is clipped", () => {
  const clips = (share: Share) => {
    const interval = rate(share)?.interval;
    return [interval?.lowClipped, interval?.highClipped];
  };
  assert.deepEqual(clips({ successes: 0, n: 5 }), [true, false]);
  assert.deepEqual(clips({ successes: 5, n: 5 }), [false, true]);
  assert.deepEqual(clips({ successes: 4, n: 5 }), [false, false]);
});

Deno.test("[D-1] completionRate() picks Wilson, plain or Laplace as the better estimate", () => {
  assertNear(completionRate({ successes: 0, n: 5 })?.best, 0.2172);
  assert.equal(completionRate({ successes: 5, n: 10 })?.best, 0.5);
  assert.equal(completionRate({ successes: 9, n: 10 })?.best, 0.9);
  assert.equal(completionRate({ successes: 10, n: 10 })?.best, 11 / 12);
  assert.equal(completionRate({ successes: 120, n: 150 })?.estimate, 0.8);
});

Deno.test("[D-1] all rates are null without attempts or with impossible counts", () => {
  for (const share of [{ successes: 0, n: 0 }, { successes: 3, n: 2 }, { successes: -1, n: 2 }]) {
    assert.equal(rate(share), null);
    assert.equal(completionRate(share), null);
    assert.equal(adjustedWald(share), null);
  }
});

Deno.test("[D-1] completionRate() stays within 0–1, holds its better estimate and mirrors failures", () => {
  const shares = fc.integer({ min: 1, max: 1_000_000 }).chain((n) =>
    fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) })
  );
  fc.assert(fc.property(shares, ({ successes, n }) => {
    const actual = completionRate({ successes, n })!;
    const mirrored = rate({ successes: n - successes, n })!;
    const { low, high } = actual.interval;
    assertFinite(actual);
    assert.ok(0 <= low && low <= actual.best && actual.best <= high && high <= 1);
    assertNear(mirrored.interval.low, 1 - high, 1e-12);
  }));
});

Deno.test("[D-15] adjusted-Wald coverage is within .94–.99 over 2000 draws of n = 20, p = .8", () => {
  const random = seededRandom(20251121);
  let covered = 0;
  for (let draw = 0; draw < 2000; draw++) {
    let successes = 0;
    for (let i = 0; i < 20; i++) if (random() < 0.8) successes++;
    const { low, high } = adjustedWald({ successes, n: 20 })!;
    if (low <= 0.8 && 0.8 <= high) covered++;
  }
  assert.ok(covered >= 0.94 * 2000 && covered <= 0.99 * 2000, `covered ${covered}`);
});

Deno.test("[D-13] pathShares() matches the paths of document 1, each with its own interval", () => {
  const shares = pathShares([
    { path: "path1_vocabulary", count: 30 },
    { path: "path2_search", count: 45 },
    { path: "path3_etfDetail", count: 5 },
  ]);
  assert.deepEqual(shares.map(({ share }) => share.estimate * 100), [37.5, 56.25, 6.25]);
  assertInterval(shares[0].share.interval, [0.2768, 0.4847]);
  assertInterval(shares[1].share.interval, [0.4534, 0.6659]);
  assertInterval(shares[2].share.interval, [0.0236, 0.1415]);
});

Deno.test("[D-13] pathShares() rounds to a sum of 100.0 and is empty without completions", () => {
  const shares = pathShares(["a", "b", "c"].map((path) => ({ path, count: 1 })));
  assert.deepEqual(shares.map(({ percent }) => percent), [33.4, 33.3, 33.3]);
  assert.deepEqual(pathShares([{ path: "a", count: 0 }]), []);
});
