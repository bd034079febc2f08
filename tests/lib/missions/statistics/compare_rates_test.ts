import assert from "node:assert/strict";
import fc from "fast-check";
import { compareRates } from "../../../../lib/missions/statistics/mod.ts";
import { assertFinite, assertInterval, assertNear } from "../../../support/numbers.ts";

Deno.test("[D-6] compareRates() matches 27/400 against 40/400", () => {
  const actual = compareRates({ successes: 27, n: 400 }, { successes: 40, n: 400 });
  assert.equal(actual?.method, "nMinusOne");
  assertNear(actual?.z, -1.6582);
  assertNear((actual?.z ?? 0) / Math.sqrt(799 / 800), -1.6592);
  assertNear(actual?.pValue, 0.0973);
});

Deno.test("[D-6] compareRates() matches 11/12 against 5/12 and the interval of the difference", () => {
  const actual = compareRates({ successes: 11, n: 12 }, { successes: 5, n: 12 });
  assertNear(actual?.z, 2.5434);
  assertNear((actual?.z ?? 0) / Math.sqrt(23 / 24), 2.5981);
  assertNear(actual?.pValue, 0.011);
  assertNear(actual?.difference.estimate, 0.5);
  assertNear(actual?.difference.adjusted, 0.431);
  assertInterval(actual?.difference.interval, [0.1133, 0.7487]);
});

Deno.test("[D-6] the interval of the difference is near that of Agresti and Caffo", () => {
  const actual = compareRates({ successes: 11, n: 12 }, { successes: 5, n: 12 })?.difference;
  assertNear(actual?.adjusted, 0.4286, 0.003);
  assertInterval(actual?.interval, [0.1111, 0.7461], 0.003);
});

Deno.test("[D-6] compareRates() turns to Fisher's test where less than one is expected", () => {
  const table = [[1, 20, 0, 4, 1], [99, 100, 3, 3, 1], [0, 1, 3, 3, 0.25]] as const;
  for (const [x, n, y, m, p] of table) {
    const actual = compareRates({ successes: x, n }, { successes: y, n: m });
    assert.deepEqual([actual?.method, actual?.z], ["fisher", null]);
    assertNear(actual?.pValue, p, 1e-9);
  }
});

Deno.test("[D-6] compareRates() of equal certain rates finds no difference", () => {
  const actual = compareRates({ successes: 5, n: 5 }, { successes: 9, n: 9 });
  assertNear(actual?.pValue, 1, 1e-9);
  assert.equal(actual?.difference.estimate, 0);
});

Deno.test("[D-6] compareRates() is null with an empty or impossible group", () => {
  assert.equal(compareRates({ successes: 0, n: 0 }, { successes: 1, n: 2 }), null);
  assert.equal(compareRates({ successes: 1, n: 2 }, { successes: 3, n: 2 }), null);
});

Deno.test("[D-6] compareRates() is finite and symmetric", () => {
  const share = fc.integer({ min: 1, max: 3000 }).chain((n) =>
    fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) })
  );
  fc.assert(fc.property(share, share, (a, b) => {
    const there = compareRates(a, b)!;
    const back = compareRates(b, a)!;
    assertFinite(there);
    assertNear(there.pValue, back.pValue, 1e-9);
    assertNear(there.difference.interval.low, -back.difference.interval.high, 1e-12);
    assert.ok(there.pValue >= 0 && there.pValue <= 1);
  }));
});
