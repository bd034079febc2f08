import assert from "node:assert/strict";
import { type AttemptGate, openGate } from "../../../lib/missions/gate.ts";
import { createGates } from "../../../lib/missions/gates.ts";
import { MISSIONS, startedFact } from "../../support/mission_facts.ts";

const gateOf = (attemptId: string): AttemptGate => openGate(startedFact({ attemptId }), MISSIONS);

/** Gates that are loaded when the test says so. */
function heldGates() {
  const loads: { attemptId: string; settle: PromiseWithResolvers<AttemptGate | null> }[] = [];
  const gates = createGates((attemptId) => {
    const settle = Promise.withResolvers<AttemptGate | null>();
    loads.push({ attemptId, settle });
    return settle.promise;
  });
  return { gates, loads };
}

Deno.test("a gate that was put in place is used at once, without loading", async () => {
  const { gates, loads } = heldGates();
  const gate = gateOf("a");
  gates.add(gate);
  let used: AttemptGate | null = null;
  const done = gates.use("a", (it) => void (used = it));
  assert.equal(used, gate);
  await done;
  assert.equal(loads.length, 0);
});

Deno.test("those who ask while a gate is loaded wait for one load, in the order of the calls", async () => {
  const { gates, loads } = heldGates();
  const order: number[] = [];
  const asked = [1, 2, 3].map((number) => gates.use("a", () => void order.push(number)));
  assert.equal(loads.length, 1);
  loads[0].settle.resolve(gateOf("a"));
  await Promise.all(asked);
  assert.deepEqual(order, [1, 2, 3]);
});

Deno.test("an attempt that does not exist takes no room", async () => {
  const gates = createGates(() => Promise.resolve(null));
  assert.equal(await gates.use("a", (gate) => gate), null);
  assert.equal(gates.size(), 0);
});

Deno.test("a load that failed is told to all who waited, and tried again by the next", async () => {
  const { gates, loads } = heldGates();
  const waiting = [gates.use("a", () => {}), gates.use("a", () => {})];
  loads[0].settle.reject(new Error("store is away"));
  for (const result of await Promise.allSettled(waiting)) assert.equal(result.status, "rejected");
  assert.equal(gates.size(), 0);
  const again = gates.use("a", (gate) => gate?.attemptId);
  loads[1].settle.resolve(gateOf("a"));
  assert.equal(await again, "a");
});

Deno.test("a gate that was dropped is loaded anew, one that took its place is not dropped", async () => {
  const { gates, loads } = heldGates();
  const [stale, fresh] = [gateOf("a"), gateOf("a")];
  gates.add(stale);
  gates.drop(stale);
  const used = gates.use("a", (gate) => gate);
  loads[0].settle.resolve(fresh);
  assert.equal(await used, fresh);
  gates.drop(stale);
  assert.equal(await gates.use("a", (gate) => gate), fresh);
  assert.equal(loads.length, 1);
});

Deno.test("gates that nobody holds are forgotten above a number, pinned ones are not", async () => {
  const { gates, loads } = heldGates();
  gates.pin("pinned");
  gates.add(gateOf("pinned"));
  for (let i = 0; i < 2_500; i++) gates.add(gateOf(`idle_${i}`));
  assert.ok(gates.size() <= 2_001, `${gates.size()} gates`);
  await gates.use("pinned", (gate) => assert.notEqual(gate, null));
  await gates.use("idle_2499", (gate) => assert.notEqual(gate, null));
  assert.equal(loads.length, 0);
  gates.unpin("pinned");
  for (let i = 0; i < 2_500; i++) gates.add(gateOf(`later_${i}`));
  assert.ok(gates.size() <= 2_000);
  const forgotten = gates.use("pinned", (gate) => gate);
  loads[0].settle.resolve(null);
  assert.equal(await forgotten, null);
});

Deno.test("a gate that is in use is not the first to be forgotten", async () => {
  const { gates, loads } = heldGates();
  gates.add(gateOf("busy"));
  for (let i = 0; i < 3_000; i++) {
    gates.add(gateOf(`idle_${i}`));
    await gates.use("busy", () => {});
  }
  await gates.use("busy", (gate) => assert.notEqual(gate, null));
  assert.equal(loads.length, 0);
});
