import assert from "node:assert/strict";
import { createMemoryReturn, WORTH_BYTES } from "../../lib/memory_return.ts";

/** A process whose memory and work the test sets. */
function process() {
  const state = { resident: 100 * WORTH_BYTES, done: 0, collections: 0 };
  const turn = createMemoryReturn({
    residentBytes: () => state.resident,
    progress: () => state.done,
    collect() {
      state.collections++;
      state.resident = 101 * WORTH_BYTES;
    },
  });
  return { state, turn };
}

Deno.test("what a storm left is given back in the first turn in which nothing was done", () => {
  const { state, turn } = process();
  state.resident = 110 * WORTH_BYTES;
  state.done = 5_000;
  turn();
  assert.equal(state.collections, 0, "it goes on");
  turn();
  assert.equal(state.collections, 1);
});

Deno.test("memory that has not grown by enough since the last time is left alone", () => {
  const { state, turn } = process();
  state.resident = 101 * WORTH_BYTES - 1;
  turn();
  assert.equal(state.collections, 0);
  state.resident = 101 * WORTH_BYTES;
  turn();
  turn();
  assert.equal(state.collections, 1, "what stays after it is no reason for another");
  state.resident = 102 * WORTH_BYTES;
  turn();
  assert.equal(state.collections, 2);
});
