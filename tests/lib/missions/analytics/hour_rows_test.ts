import assert from "node:assert/strict";
import { HOUR_MS, hourOf } from "../../../../lib/missions/analytics/hour.ts";
import { createHourRows } from "../../../../lib/missions/analytics/hour_rows.ts";
import { createAttemptStore } from "../../../../lib/missions/attempt_store.ts";
import { attemptRow } from "../../../support/attempt_rows.ts";
import { START_AT } from "../../../support/mission_facts.ts";
import { storeRow } from "../../../support/stored_hours.ts";

const HOUR = hourOf(START_AT);

async function openRows() {
  const kv = await Deno.openKv(":memory:");
  let version = 0;
  const rows = createHourRows({
    attempts: createAttemptStore(kv),
    nextVersion: () => ++version,
  });
  return {
    kv,
    rows,
    async ids(position = 0): Promise<string[]> {
      return [...(await rows.read("portfolio", HOUR, position)).rows.keys()].sort();
    },
    [Symbol.dispose]: () => kv.close(),
  };
}

const row = (attemptId: string, position = 1) => ({ ...attemptRow({ attemptId }), position });

Deno.test("an hour has the attempts of its mission that started within it", async () => {
  using app = await openRows();
  const startMs = HOUR - START_AT;
  await storeRow(app.kv, attemptRow({ attemptId: "first", startMs }));
  await storeRow(app.kv, attemptRow({ attemptId: "last", startMs: startMs + HOUR_MS - 1 }));
  await storeRow(app.kv, attemptRow({ attemptId: "next", startMs: startMs + HOUR_MS }));
  await storeRow(app.kv, attemptRow({ attemptId: "before", startMs: startMs - 1 }));
  await storeRow(app.kv, attemptRow({ attemptId: "other", missionType: "vocabulary" }));
  assert.deepEqual(await app.ids(), ["first", "last"]);
});

Deno.test("an hour is read once, and again when the store is ahead of what was heard", async () => {
  using app = await openRows();
  app.rows.stored([], 5);
  assert.deepEqual(await app.ids(), []);
  await storeRow(app.kv, row("a", 7));
  assert.deepEqual(await app.ids(5), []);
  assert.deepEqual(await app.ids(7), ["a"]);
});

Deno.test("an hour that was read changes as rows are stored, and so does its version", async () => {
  using app = await openRows();
  const hour = await app.rows.read("portfolio", HOUR, 0);
  const before = hour.version;
  app.rows.stored([row("a", 4), attemptRow({ missionType: "vocabulary" })], 4);
  assert.deepEqual([...hour.rows.keys()], ["a"]);
  assert.ok(hour.version > before);
  assert.deepEqual(await app.ids(4), ["a"]);
});

Deno.test("a row that is stored while its hour is read is not overwritten by what was read", async () => {
  using app = await openRows();
  await storeRow(app.kv, row("a", 1));
  const reading = app.rows.read("portfolio", HOUR, 0);
  app.rows.stored([row("a", 9)], 9);
  assert.equal((await reading).rows.get("a")?.position, 9);
});

Deno.test("what may have been missed is read again", async () => {
  using app = await openRows();
  assert.deepEqual(await app.ids(), []);
  await storeRow(app.kv, row("a"));
  app.rows.forget();
  assert.deepEqual(await app.ids(), ["a"]);
});

Deno.test("an hour that could not be read is read again at the next try", async () => {
  using app = await openRows();
  await storeRow(app.kv, row("a"));
  await app.kv.set(["missions", "attempts", "a"], "not a row");
  await assert.rejects(() => app.ids(), { code: "DATABASE_ERROR" });
  await storeRow(app.kv, row("b"));
  await app.kv.delete(["missions", "attempts", "a"]);
  assert.deepEqual(await app.ids(), ["b"]);
});

Deno.test("hours with too many rows in all are let go of, the longest unused first", async () => {
  using app = await openRows();
  const crowd = (missionType: string) =>
    Array.from({ length: 15_000 }, (_, i) => attemptRow({ attemptId: `${i}`, missionType }));
  const sizeOf = async (type: string) => (await app.rows.read(type, HOUR, 0)).rows.size;
  for (const type of ["portfolio", "vocabulary"]) {
    assert.equal(await sizeOf(type), 0);
    app.rows.stored(crowd(type), 1);
  }
  // The store has none of them: what is held no more is empty.
  assert.equal(await sizeOf("vocabulary"), 15_000);
  assert.equal(await sizeOf("portfolio"), 0);
});
