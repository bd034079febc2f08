import assert from "node:assert/strict";
import fc from "fast-check";
import {
  countedSteps,
  funnel,
  type FunnelOrder,
  slowSteps,
} from "../../../../lib/missions/statistics/mod.ts";
import { assertFinite, assertInterval, assertNear } from "../../../support/numbers.ts";

const SEED = { attempts: 150, completions: [150, 145, 130, 125, 120] };

Deno.test("[D-12][T-M23][M-43] funnel() charges the seed's drops 0,5,15,5,5 and abandons at step 3", () => {
  const actual = funnel(SEED);
  assert.deepEqual(actual.steps.map(({ drop }) => drop), [0, 5, 15, 5, 5]);
  assert.equal(actual.mostAbandoned, 3);
});

Deno.test("[D-12] funnel() converts step 3 at .8966 (.8353–.9373) and overall by attempts", () => {
  const step = funnel(SEED).steps[2];
  assertNear(step.conversion?.estimate, 0.8966);
  assertInterval(step.conversion?.interval, [0.8353, 0.9373]);
  assert.equal(step.overall?.estimate, 130 / 150);
});

Deno.test("[D-12][T-M23] of equal drops the lowest step counts, without attempts none", () => {
  assert.equal(funnel({ attempts: 20, completions: [15, 15, 10] }).mostAbandoned, 1);
  assert.equal(funnel({ attempts: 20, completions: [20, 15, 10] }).mostAbandoned, 2);
  assert.equal(funnel({ attempts: 0, completions: [0, 0] }).mostAbandoned, null);
  assert.equal(funnel({ attempts: 3, completions: [] }).mostAbandoned, null);
});

Deno.test("[D-12] a step with more completions than the one before has no conversion", () => {
  const [, skipped] = funnel({ attempts: 10, completions: [4, 6] }).steps;
  assert.deepEqual([skipped.drop, skipped.conversion], [-2, null]);
  assert.equal(skipped.overall?.estimate, 0.6);
});

Deno.test("[D-12] funnel() is finite for any counts", () => {
  fc.assert(fc.property(fc.nat(), fc.array(fc.nat()), (attempts, completions) => {
    assertFinite(funnel({ attempts, completions }));
  }));
});

const steps = [1, 2, 3, 4].map((step) => ({ step, required: step !== 3 }));
const counted = (order: FunnelOrder, ...completed: number[]) =>
  countedSteps({ completed, steps, order });

Deno.test("[D-12] countedSteps() needs the required earlier steps and skips optional ones", () => {
  for (const order of ["strict", "loose"] as const) {
    assert.deepEqual(counted(order, 1, 2, 3, 4), [1, 2, 3, 4]);
    assert.deepEqual(counted(order, 1, 2, 4), [1, 2, 4]);
    assert.deepEqual(counted(order, 1, 4), [1]);
    assert.deepEqual(counted(order, 2, 3), []);
    assert.deepEqual(counted(order), []);
  }
});

Deno.test("[D-12] countedSteps() takes steps in order when strict, in any order when loose", () => {
  assert.deepEqual(counted("strict", 2, 1, 4), [1]);
  assert.deepEqual(counted("loose", 2, 1, 4), [1, 2, 4]);
  assert.deepEqual(counted("strict", 2, 1, 2, 4), [1, 2, 4]);
});

Deno.test("[D-12] countedSteps() ignores steps that the definition does not have", () => {
  assert.deepEqual(counted("loose", 1, 9), [1]);
});

Deno.test("[D-12] slowSteps() names the steps above twice the mean of all steps", () => {
  assert.deepEqual(slowSteps([10, 12, 11, 90, null]), [4]);
  assert.deepEqual(slowSteps([10, 10]), []);
  assert.deepEqual(slowSteps([null, null]), []);
});
