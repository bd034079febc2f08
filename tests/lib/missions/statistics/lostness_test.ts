import assert from "node:assert/strict";
import { lostness, lostnessOf } from "../../../../lib/missions/statistics/mod.ts";
import { assertNear } from "../../../support/numbers.ts";

Deno.test("[D-10] lostness() matches the published .56 and the computed values", () => {
  const table = [[3, 6, 8, 0.559], [3, 3, 3, 0], [3, 4, 7, 0.4962], [3, 5, 9, 0.5979], [
    3,
    7,
    7,
    0.5714,
  ]];
  for (const [required, different, total, value] of table) {
    assertNear(lostness({ required, different, total })?.value, value);
  }
});

Deno.test("[D-10] lostness() labels below .4, above .5 and between", () => {
  const label = (different: number, total: number) =>
    lostness({ required: 3, different, total })?.label;
  assert.deepEqual([label(3, 3), label(4, 7), label(6, 8)], ["notLost", "unclear", "lost"]);
});

Deno.test("[D-10] lostness() flags a success on fewer pages than required and may exceed 1", () => {
  assert.equal(lostness({ required: 3, different: 2, total: 2 })?.shorterThanRequired, true);
  assert.equal(lostness({ required: 3, different: 3, total: 5 })?.shorterThanRequired, false);
  assert.ok(lostness({ required: 1, different: 20, total: 200 })!.value > 1);
});

Deno.test("[D-10] lostness() is null for impossible counts", () => {
  assert.equal(lostness({ required: 0, different: 1, total: 1 }), null);
  assert.equal(lostness({ required: 1, different: 0, total: 0 }), null);
  assert.equal(lostness({ required: 1, different: 3, total: 2 }), null);
});

Deno.test("[D-10] lostnessOf() counts the start page and returns, but no reload", () => {
  assert.equal(lostnessOf(["home", "home", "list", "card"], 3)?.value, 0);
  assertNear(lostnessOf(["home", "a", "home", "b", "home", "b", "c"], 3)?.value, 0.4962);
  assert.equal(lostnessOf([], 3), null);
});
