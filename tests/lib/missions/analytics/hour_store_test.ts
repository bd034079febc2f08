import assert from "node:assert/strict";
import { HOUR_MS, hourOf } from "../../../../lib/missions/analytics/hour.ts";
import { createHourStore } from "../../../../lib/missions/analytics/hour_store.ts";
import { missionKeys } from "../../../../lib/missions/keys.ts";
import { attemptRow } from "../../../support/attempt_rows.ts";
import { START_AT } from "../../../support/mission_facts.ts";
import { storeRow } from "../../../support/stored_hours.ts";

const HOUR = hourOf(START_AT);
const bytes = (length: number) => new Uint8Array(length);

async function partsIn(kv: Deno.Kv): Promise<unknown[]> {
  const parts: unknown[] = [];
  for await (const { key } of kv.list({ prefix: missionKeys.hours })) parts.push(key.at(-1));
  return parts;
}

async function openMarked() {
  const kv = await Deno.openKv(":memory:");
  const store = createHourStore(kv);
  const mark = async () => {
    await storeRow(kv, attemptRow({ attemptId: "a" }));
    const [mark] = await store.allMarks(1);
    return mark;
  };
  return { kv, store, mark, [Symbol.dispose]: () => kv.close() };
}

Deno.test("marks are read by mission and span, with the position of the newest change", async () => {
  using app = await openMarked();
  for (const [position, startMs] of [[3, 0], [4, 1], [5, HOUR_MS], [6, 2 * HOUR_MS]]) {
    await storeRow(app.kv, { ...attemptRow({ startMs }), position });
  }
  await storeRow(app.kv, { ...attemptRow({ missionType: "vocabulary" }), position: 9 });
  const marks = await app.store.marks("portfolio", { from: HOUR, to: HOUR + 2 * HOUR_MS });
  assert.deepEqual([...marks.values()].map(({ hour, position }) => [hour - HOUR, position]), [
    [0, 4],
    [HOUR_MS, 5],
  ]);
  assert.equal((await app.store.allMarks(10)).length, 4);
  assert.equal((await app.store.allMarks(2)).length, 2);
});

Deno.test("a result with fewer parts leaves none of the one before", async () => {
  using app = await openMarked();
  const three = [{ kind: "core", chunks: [bytes(8), bytes(8), bytes(8)] }];
  assert.equal(await app.store.save(await app.mark(), three), true);
  assert.deepEqual(await partsIn(app.kv), [0, 1, 2]);
  const one = [{ kind: "core", chunks: [bytes(8)] }];
  assert.equal(await app.store.save(await app.mark(), one), true);
  assert.deepEqual(await partsIn(app.kv), [0]);
});

Deno.test("a result that no commit takes is not stored, and the mark stays", async () => {
  using app = await openMarked();
  const chunks = Array.from({ length: 12 }, () => bytes(60 * 1024));
  assert.equal(await app.store.save(await app.mark(), [{ kind: "core", chunks }]), false);
  assert.deepEqual(await partsIn(app.kv), []);
  assert.equal((await app.store.allMarks(9)).length, 1);
});

Deno.test("a result of before a change is not stored", async () => {
  using app = await openMarked();
  const old = await app.mark();
  await app.mark();
  assert.equal(await app.store.save(old, [{ kind: "core", chunks: [bytes(8)] }]), false);
  assert.deepEqual(await partsIn(app.kv), []);
});
