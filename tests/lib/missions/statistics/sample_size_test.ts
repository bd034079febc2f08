import assert from "node:assert/strict";
import fc from "fast-check";
import {
  hoursUntil,
  ratePrecision,
  rateSampleSize,
  timeSampleSize,
} from "../../../../lib/missions/statistics/mod.ts";
import { assertNear } from "../../../support/numbers.ts";

Deno.test("[D-8] rateSampleSize() matches the worked sizes", () => {
  const table = [[0.8, 0.1, 58], [0.5, 0.1, 93], [0.78, 0.1, 63], [0.8, 0.05, 243]] as const;
  for (const [adjusted, halfWidth, n] of table) {
    assert.equal(rateSampleSize({ adjusted, halfWidth }), n);
  }
});

Deno.test("[D-8] rateSampleSize() asks for one attempt at least and is null for a senseless wish", () => {
  assert.equal(rateSampleSize({ adjusted: 0.5, halfWidth: 0.9 }), 1);
  for (const halfWidth of [0, -0.1, 1e-200]) {
    assert.equal(rateSampleSize({ adjusted: 0.5, halfWidth }), null);
  }
  assert.equal(rateSampleSize({ adjusted: 1.2, halfWidth: 0.1 }), null);
});

Deno.test("[D-8] ratePrecision() reaches ± .10 at n = 62 when x/n is .8, not at 61", () => {
  const at = (n: number) => ratePrecision({ successes: 0.8 * n, n }, 0.1);
  assertNear(at(62)?.halfWidth, 0.0997);
  assert.deepEqual([at(61)?.reached, at(62)?.reached], [false, true]);
});

Deno.test("[D-8] ratePrecision() tells what is needed from the present share", () => {
  const actual = ratePrecision({ successes: 24, n: 30 }, 0.1);
  assert.equal(actual?.reached, false);
  // p̃ = 25.9207 / 33.8415 = .76594, so z²·p̃(1 − p̃)/.01 − z² = 65.03.
  assert.equal(actual?.needed, 66);
  assert.equal(ratePrecision({ successes: 0, n: 0 }, 0.1), null);
  assert.equal(ratePrecision({ successes: 1, n: 2 }, 0), null);
});

Deno.test("[D-8] reaching the needed size and reaching the width are the same", () => {
  const shares = fc.integer({ min: 1, max: 2000 }).chain((n) =>
    fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) })
  );
  fc.assert(
    fc.property(shares, fc.double({ min: 0.01, max: 0.45, noNaN: true }), (share, target) => {
      const actual = ratePrecision(share, target)!;
      assert.equal(actual.reached, share.n >= actual.needed);
    }),
  );
});

// The smallest n with t·s/√n ≤ ln(1 + r), found by counting up with SciPy.
Deno.test("[D-8] timeSampleSize() is the smallest size that is enough", () => {
  const table = [[0.5, 0.2, 32], [0.37572, 0.1, 63], [0.5, 5, 3], [0.5, 0.01, 9703]] as const;
  for (const [logSd, margin, n] of table) assert.equal(timeSampleSize({ logSd, margin }), n);
});

Deno.test("[D-8] timeSampleSize() is null without spread, without a margin or out of reach", () => {
  for (const [logSd, margin] of [[0, 0.1], [0.5, 0], [0.5, 1e-300]]) {
    assert.equal(timeSampleSize({ logSd, margin }), null);
  }
});

Deno.test("[D-8] hoursUntil() divides what is missing by the arrivals", () => {
  assert.equal(hoursUntil({ needed: 58, current: 30, arrivalsPerHour: 14 }), 2);
  assert.equal(hoursUntil({ needed: 58, current: 58, arrivalsPerHour: 0 }), 0);
  assert.equal(hoursUntil({ needed: 58, current: 30, arrivalsPerHour: 0 }), null);
});
