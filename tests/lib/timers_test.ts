import assert from "node:assert/strict";
import { every, pause } from "../../lib/timers.ts";
import { eventually, turn } from "../support/eventually.ts";
import { closedGate } from "../support/gate.ts";

const unexpected = (error: unknown) => assert.fail(String(error));

Deno.test("every() runs its step again and again until stopped", async () => {
  let runs = 0;
  const stop = every(1, () => void runs++, unexpected);
  await eventually(() => runs >= 3, "three runs");
  await stop();
  const before = runs;
  await turn();
  await turn();
  assert.equal(runs, before);
});

Deno.test("every() never runs two at once, and stopping waits for the one under way", async () => {
  using gate = closedGate();
  let running = 0, most = 0, ended = false;
  const stop = every(1, async () => {
    most = Math.max(most, ++running);
    await gate.wait();
    running--;
    ended = true;
  }, unexpected);
  await eventually(() => running === 1, "a run is under way");
  for (let i = 0; i < 5; i++) await turn();
  let stopped = false;
  const stopping = stop().then(() => stopped = true);
  for (let i = 0; i < 5; i++) await turn();
  assert.equal(stopped, false);
  gate.open();
  await stopping;
  assert.ok(ended);
  assert.equal(most, 1);
});

Deno.test("every() reports a step that fails, at once or later, and goes on", async () => {
  const errors: string[] = [];
  let runs = 0;
  const stop = every(1, () => {
    runs++;
    if (runs === 1) throw new Error("at once");
    return runs === 2 ? Promise.reject(new Error("later")) : null;
  }, (error) => errors.push(String(error)));
  await eventually(() => runs >= 3, "it goes on");
  await stop();
  assert.deepEqual(errors, ["Error: at once", "Error: later"]);
});

Deno.test("pause() ends with its time or with the signal, whichever comes first", async () => {
  const signal = new AbortController();
  await pause(1, signal.signal);
  const long = pause(60_000, signal.signal);
  signal.abort();
  await long;
  await pause(60_000, signal.signal);
});
