import assert from "node:assert/strict";
import {
  attractionPower,
  holdingPower,
  sweepRate,
} from "../../../../lib/missions/statistics/mod.ts";
import { assertNear } from "../../../support/numbers.ts";

Deno.test("[D-14] exhibition measures match the worked example and need a divisor", () => {
  assert.equal(sweepRate({ area: 1800, meanMinutes: 9 }), 200);
  assertNear(holdingPower({ meanTime: 85.5, neededTime: 75 }), 1.14, 1e-12);
  assert.equal(attractionPower({ started: 32, visitors: 100 })?.estimate, 0.32);
  assert.equal(sweepRate({ area: 1800, meanMinutes: 0 }), null);
  assert.equal(holdingPower({ meanTime: 85.5, neededTime: 0 }), null);
  assert.equal(attractionPower({ started: 0, visitors: 0 }), null);
});
