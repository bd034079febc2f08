import assert from "node:assert/strict";
import { MAX_VALUE_BYTES } from "../../../lib/kv/limits.ts";
import { type Kv, stage } from "../../../lib/kv/port.ts";
import { encodeFact } from "../../../lib/log/mod.ts";
import { createHistoryStore, historyWrites } from "../../../lib/missions/history_store.ts";
import { missionKeys } from "../../../lib/missions/keys.ts";
import type { MissionFact } from "../../../lib/missions/schema.ts";
import { eventFact, startedFact, toRecords } from "../../support/mission_facts.ts";

/** Facts as the log gives them. */
function logRecords(facts: readonly MissionFact[], first = 1) {
  return toRecords(facts).map(({ position, fact }) => {
    return { position: first - 1 + position, fact, encoded: encodeFact(fact) };
  });
}

async function store(kv: Kv, attemptId: string, records: ReturnType<typeof logRecords>) {
  const operation = kv.atomic();
  const writes = historyWrites(attemptId, records);
  stage(operation, writes);
  await operation.commit();
  return writes;
}

Deno.test("a history reads back in the order of the log, whatever was written when", async () => {
  using kv = await Deno.openKv(":memory:");
  const history = createHistoryStore(kv);
  const first = logRecords([startedFact(), eventFact("page_view", 5)]);
  const later = logRecords([eventFact("page_view", 1), eventFact("mission_completed", 9)], 90);
  await store(kv, "attempt_1", later);
  await store(kv, "attempt_1", first);
  const plain = [...first, ...later].map(({ position, fact }) => ({
    position,
    fact: JSON.parse(JSON.stringify(fact)),
  }));
  assert.deepEqual(JSON.parse(JSON.stringify(await history.read("attempt_1"))), plain);
  assert.deepEqual(await history.read("attempt_2"), []);
});

Deno.test("[M-45] what is too much for one value is stored in several", async () => {
  using kv = await Deno.openKv(":memory:");
  const text = "가".repeat(6_000);
  const facts = Array.from({ length: 12 }, (_, i) => eventFact("page_view", i, { text }));
  const writes = await store(kv, "attempt_1", logRecords(facts));
  assert.ok(writes.length >= 4);
  for (const write of writes) {
    assert.ok(write.kind === "set" && write.value instanceof Uint8Array);
    assert.ok(write.value.length <= MAX_VALUE_BYTES);
  }
  const read = await createHistoryStore(kv).read("attempt_1");
  assert.deepEqual(read.map(({ position }) => position), facts.map((_, i) => i + 1));
});

Deno.test("[E-8.3] Korean and other letters survive as they are", async () => {
  using kv = await Deno.openKv(":memory:");
  const data = { text: '포트폴리오 제작 미션 🚀 한글 \u0001 \\ " é' };
  await store(kv, "attempt_1", logRecords([eventFact("page_view", 1, data)]));
  const [{ fact }] = await createHistoryStore(kv).read("attempt_1");
  assert.ok(fact.type === "missions.event_recorded");
  assert.deepEqual(fact.data, data);
});

Deno.test("from a position the parts are read back, the one that holds it first, or on", async () => {
  using kv = await Deno.openKv(":memory:");
  const history = createHistoryStore(kv);
  for (const first of [1, 4, 7, 10]) {
    const facts = [0, 1, 2].map((second) => eventFact("page_view", first + second));
    await store(kv, "attempt_1", logRecords(facts, first));
  }
  await store(kv, "attempt_2", logRecords([startedFact({ attemptId: "attempt_2" })], 5));
  const firstsOf = async (position: number, way: "back" | "on") => {
    const parts = await Array.fromAsync(history.partsFrom("attempt_1", position, way));
    return parts.map(({ records }) => records[0].position);
  };
  assert.deepEqual(await firstsOf(8, "back"), [7, 4, 1]);
  assert.deepEqual(await firstsOf(8, "on"), [10]);
  assert.deepEqual(await firstsOf(4, "back"), [4, 1]);
  assert.deepEqual(await firstsOf(4, "on"), [7, 10]);
  assert.deepEqual(await firstsOf(0, "back"), []);
  assert.deepEqual(await firstsOf(0, "on"), [1, 4, 7, 10]);
});

Deno.test("every attempt that has a history is named once, and all are read in one walk", async () => {
  using kv = await Deno.openKv(":memory:");
  const history = createHistoryStore(kv);
  const ids = Array.from({ length: 12 }, (_, i) => `attempt_${i}`);
  for (const id of ids) {
    await store(kv, id, logRecords([startedFact({ attemptId: id })]));
    await store(kv, id, logRecords([eventFact("page_view", 1)], 50));
  }
  assert.deepEqual(await Array.fromAsync(history.attemptIds()), ids.sort());
  const all = await Array.fromAsync(history.all());
  const positions = all.map(({ records }) => records.map(({ position }) => position));
  assert.deepEqual(all.map(({ attemptId }) => attemptId), ids);
  assert.deepEqual(positions, ids.map(() => [1, 50]));
});

Deno.test("in the walk over all, a history that cannot be read is told with its key, the rest goes on", async () => {
  using kv = await Deno.openKv(":memory:");
  const history = createHistoryStore(kv);
  for (const id of ["attempt_1", "attempt_2", "attempt_3"]) {
    await store(kv, id, logRecords([startedFact({ attemptId: id })]));
    await store(kv, id, logRecords([eventFact("page_view", 1)], 50));
  }
  await kv.set(missionKeys.historyPart("attempt_2", 50), new TextEncoder().encode("[["));
  const all = await Array.fromAsync(history.all());
  assert.deepEqual(all.map(({ records }) => records.map(({ position }) => position)), [
    [1, 50],
    [1],
    [1, 50],
  ]);
  assert.deepEqual(all.map(({ fault }) => fault?.details?.key), [
    undefined,
    "missions/history/attempt_2/50",
    undefined,
  ]);
});
