import assert from "node:assert/strict";
import { createLagMeter } from "../../lib/lag_meter.ts";
import { testClock } from "../support/test_clock.ts";

Deno.test("worstMs() is the latest of the last twenty beats", () => {
  const clock = testClock();
  const meter = createLagMeter(clock, 250);
  const beatAfter = (ms: number) => {
    clock.advance(ms);
    meter.beat();
  };
  assert.equal(meter.worstMs(), 0);
  beatAfter(9_000);
  assert.equal(meter.worstMs(), 0, "nothing was expected before the first");
  beatAfter(250);
  assert.equal(meter.worstMs(), 0);
  beatAfter(330.4);
  assert.equal(meter.worstMs(), 80);
  beatAfter(200);
  assert.equal(meter.worstMs(), 80, "early is not late");
  for (let i = 0; i < 18; i++) beatAfter(250);
  assert.equal(meter.worstMs(), 80);
  beatAfter(250);
  assert.equal(meter.worstMs(), 0);
});
