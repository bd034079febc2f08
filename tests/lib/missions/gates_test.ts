import assert from "node:assert/strict";
import { type AttemptGate, openGate } from "../../../lib/missions/gate.ts";
import { createGates, type GateLimits } from "../../../lib/missions/gates.ts";
import { MISSIONS, startedFact } from "../../support/mission_facts.ts";

const gateOf = (attemptId: string): AttemptGate => openGate(startedFact({ attemptId }), MISSIONS);

/** Gates that are loaded when the test says so. */
function heldGates(limits?: GateLimits) {
  const loads: { attemptId: string; settle: PromiseWithResolvers<AttemptGate | null> }[] = [];
  const gates = createGates((attemptId) => {
    const settle = Promise.withResolvers<AttemptGate | null>();
    loads.push({ attemptId, settle });
    return settle.promise;
  }, limits);
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

Deno.test("gates of attempts without a connection are forgotten above a number, others are not", async () => {
  const { gates, loads } = heldGates();
  gates.pin("pinned");
  gates.add(gateOf("pinned"));
  for (let i = 0; i < 2_500; i++) gates.add(gateOf(`idle_${i}`));
  assert.equal(gates.size(), 2_001);
  await gates.use("pinned", (gate) => assert.notEqual(gate, null));
  await gates.use("idle_2499", (gate) => assert.notEqual(gate, null));
  assert.equal(loads.length, 0);
  gates.unpin("pinned");
  for (let i = 0; i < 2_500; i++) gates.add(gateOf(`later_${i}`));
  assert.equal(gates.size(), 2_000);
  const forgotten = gates.use("pinned", (gate) => gate);
  loads[0].settle.resolve(null);
  assert.equal(await forgotten, null);
});

/** Room for some gates with a hundred events each. */
const SMALL = { idleGates: 100, bytes: 100_000 };

function gateWithEvents(attemptId: string, count = 100): AttemptGate {
  const gate = gateOf(attemptId);
  for (let seq = 1; seq <= count; seq++) gate.firsts.take({ seq, eventId: `event_${seq}` });
  return gate;
}

Deno.test("[T-M18] gates stay within a budget of bytes, those without a connection go first", async () => {
  const { gates, loads } = heldGates(SMALL);
  for (const attemptId of ["a", "b", "c"]) {
    gates.pin(attemptId);
    gates.add(gateWithEvents(attemptId));
  }
  gates.add(gateWithEvents("idle"));
  assert.equal(gates.size(), 4);
  await gates.use("a", () => {});
  for (let i = 0; i < 20; i++) gates.add(gateWithEvents(`idle_${i}`));
  for (const attemptId of ["a", "b", "c"]) assert.notEqual(gates.find(attemptId), null, attemptId);
  assert.equal(gates.find("idle"), null);

  gates.pin("d");
  gates.add(gateWithEvents("d", 400));
  // The one that was used longest ago, and the next, as far as there has to be room.
  assert.deepEqual(["b", "c", "a"].map((id) => gates.find(id) === null), [true, true, false]);
  gates.add(gateOf("b"));
  assert.equal(gates.size(), 3);
  assert.equal(loads.length, 0);
});

Deno.test("[T-M18] a gate is weighed as it grows, and its connection may come and go", async () => {
  const { gates } = heldGates(SMALL);
  gates.pin("a");
  gates.add(gateOf("a"));
  gates.add(gateOf("b"));
  await gates.use("b", (gate) => {
    for (let seq = 1; seq <= 500; seq++) gate?.firsts.take({ seq, eventId: `event_${seq}` });
  });
  assert.notEqual(gates.find("b"), null);
  await gates.use("b", (gate) => {
    for (let seq = 501; seq <= 600; seq++) gate?.firsts.take({ seq, eventId: `event_${seq}` });
  });
  assert.equal(gates.find("b"), null);
  assert.notEqual(gates.find("a"), null);
  gates.unpin("a");
  assert.notEqual(gates.find("a"), null);
});

Deno.test("[T-M18] there is never a second gate while somebody waits to decide on the first", async () => {
  const { gates, loads } = heldGates({ idleGates: 100, bytes: 1 });
  const decided: (AttemptGate | null)[] = [];
  const asked = ["a", "b", "a", "b"].map((id) => gates.use(id, (gate) => decided.push(gate)));
  const loaded = loads.map(({ attemptId, settle }) => {
    const gate = gateOf(attemptId);
    settle.resolve(gate);
    return gate;
  });
  await Promise.all(asked);
  assert.equal(loaded.length, 2);
  for (const gate of loaded) assert.equal(decided.filter((it) => it === gate).length, 2);
  assert.equal(gates.size(), 0);
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
