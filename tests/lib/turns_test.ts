import assert from "node:assert/strict";
import { createTurns } from "../../lib/turns.ts";
import { testClock } from "../support/test_clock.ts";

Deno.test("long work lets others have a turn every eight milliseconds", async () => {
  const clock = testClock();
  const turn = createTurns(clock);
  const order: string[] = [];
  setImmediate(() => order.push("others"));
  clock.advance(7);
  await turn();
  order.push("short");
  clock.advance(1);
  await turn();
  order.push("long");
  assert.deepEqual(order, ["short", "others", "long"]);
});

Deno.test("who waits does not hold the others up: only work since the last turn counts", async () => {
  const clock = testClock();
  const turn = createTurns(clock);
  clock.advance(8);
  await turn();
  clock.advance(7);
  let others = false;
  setImmediate(() => others = true);
  await turn();
  assert.equal(others, false);
  clock.advance(1);
  await turn();
  assert.equal(others, true);
});
