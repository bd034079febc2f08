import assert from "node:assert/strict";
import { createIds } from "../../../lib/ids.ts";
import { type Kv, stage } from "../../../lib/kv/port.ts";
import { type Fact, openLog } from "../../../lib/log/mod.ts";
import { createProjection } from "../../../lib/log/projection.ts";
import { createAttemptStore } from "../../../lib/missions/attempt_store.ts";
import { createMissions, SHIPPED_MISSIONS } from "../../../lib/missions/definitions.ts";
import { createHistoryStore, type HistoryStore } from "../../../lib/missions/history_store.ts";
import { attemptsProjection } from "../../../lib/missions/projection.ts";
import { rebuildRow } from "../../../lib/missions/rebuild.ts";
import { type MissionFact, missionFactSchema } from "../../../lib/missions/schema.ts";
import { failingKv } from "../../support/failing_kv.ts";
import { eventFact, START_AT, startedFact } from "../../support/mission_facts.ts";
import { testClock } from "../../support/test_clock.ts";

const told = {
  onRebuild: () => {},
  onUnreadable: (error: unknown) => assert.fail(String(error)),
};

/** A log that nobody follows, and a projection of it that takes its steps when told. */
async function openProjection(kv: Kv, definitions = SHIPPED_MISSIONS) {
  const clock = testClock();
  const log = await openLog({
    kv,
    clock,
    ids: createIds({ clock }),
    schemas: { missions: missionFactSchema },
    onError: (_message, error) => assert.fail(String(error)),
  });
  const attempts = createAttemptStore(kv);
  const store = createHistoryStore(kv);
  let reads = 0;
  const history: HistoryStore = {
    ...store,
    parts(attemptId) {
      reads++;
      return store.parts(attemptId);
    },
  };
  const missions = createMissions(definitions);
  const spec = attemptsProjection({ kv, attempts, history, missions, watchers: [], ...told });
  const projection = await createProjection(spec, {
    kv,
    read: log.read,
    schemas: {},
    onParked() {},
  });
  return {
    log,
    attempts,
    history,
    /** How often the history of an attempt was read for its row. */
    reads: () => reads,
    missions,
    projection,
    async catchUp() {
      while (await projection.step());
    },
  };
}

const attemptOf = (number: number) => `attempt_${number}`;
const start = (number: number) => startedFact({ attemptId: attemptOf(number) });
const event = (number: number, atSec: number, data = {}) =>
  eventFact("page_view", atSec, data, { attemptId: attemptOf(number) });

Deno.test("a step holds as much of one attempt as a commit takes, the rest comes after", async () => {
  using kv = await Deno.openKv(":memory:");
  const { log, attempts, history, projection, catchUp } = await openProjection(kv);
  await log.append([start(1)]);
  for (let i = 0; i < 30; i++) await log.append([event(1, i, { text: "가".repeat(16_000) })]);
  await catchUp();
  assert.equal(projection.position(), 31);
  assert.equal((await attempts.find(attemptOf(1)))?.eventCount, 30);
  assert.equal((await history.read(attemptOf(1))).length, 31);
});

Deno.test("[T-M18] a step that broke off between its commits is repeated, and nothing counts twice", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, breakAfter, mend } = failingKv(real);
  const { log, attempts, history, missions, projection, catchUp } = await openProjection(kv);
  const wide = { text: "x".repeat(50_000) };
  for (let n = 1; n <= 40; n++) await log.append([start(n), event(n, 2, wide), event(n, 1)]);

  for (const commits of [0, 1, 2]) {
    breakAfter(commits);
    await assert.rejects(() => projection.step(), { message: "database or disk is full" });
    assert.equal(projection.position(), 0);
  }
  mend();
  await catchUp();

  assert.equal(projection.position(), 120);
  assert.deepEqual(await attempts.counts(), { portfolio: { in_progress: 40 } });
  for (let n = 1; n <= 40; n++) {
    const row = await attempts.find(attemptOf(n));
    assert.equal(row?.eventCount, 2);
    assert.deepEqual(row, rebuildRow(await history.read(attemptOf(n)), missions));
  }
});

Deno.test("facts of other domains, and of attempts that nobody started, are passed over", async () => {
  using kv = await Deno.openKv(":memory:");
  const { log, attempts, history, projection, catchUp } = await openProjection(kv);
  const other: Fact = { type: "people.greeted" };
  await log.append([other, event(1, 1), start(2)]);
  await catchUp();
  assert.equal(projection.position(), 3);
  assert.equal(await attempts.find(attemptOf(1)), null);
  assert.deepEqual(await history.read(attemptOf(1)), []);
  assert.notEqual(await attempts.find(attemptOf(2)), null);
});

Deno.test("a mission that is no longer defined does not stop the rows", async () => {
  using kv = await Deno.openKv(":memory:");
  const { log, attempts, catchUp } = await openProjection(kv, SHIPPED_MISSIONS.slice(1));
  await log.append([start(1), event(1, 1)]);
  await catchUp();
  assert.equal((await attempts.find(attemptOf(1)))?.eventCount, 1);
});

Deno.test("a keyed start is found by the hash of its key", async () => {
  using kv = await Deno.openKv(":memory:");
  const { log, attempts, catchUp } = await openProjection(kv);
  await log.append([{ ...start(1), startKey: "k1", startBody: "b1" } as Fact, start(2)]);
  await catchUp();
  assert.deepEqual(await attempts.findStart("k1"), {
    attemptId: attemptOf(1),
    startBody: "b1",
    receivedAt: start(1).receivedAt,
  });
  assert.equal(await attempts.findStart("k2"), null);
});

Deno.test("[T-M24] a thousand events out of order, each in a step of its own, cost one reading of the history", async () => {
  using kv = await Deno.openKv(":memory:");
  const { log, attempts, history, reads, missions, catchUp } = await openProjection(kv);
  await log.append([start(1), start(2)]);
  for (let i = 0; i < 1_000; i++) {
    // Now and then one in its order, and one of an attempt beside it.
    const atSec = i % 10 === 9 ? 2_000 + i : 1_000 - i;
    const beside = i % 100 === 0 ? [event(2, i)] : [];
    await log.append([event(1, atSec, { url: `/page/${i % 7}` }), ...beside]);
    await catchUp();
  }
  assert.equal(reads(), 1);
  const row = await attempts.find(attemptOf(1));
  assert.equal(row?.eventCount, 1_000);
  assert.deepEqual(rebuildRow(await history.read(attemptOf(1)), missions), row);
});

const removed = (number: number): MissionFact => ({
  type: "missions.events_removed",
  attemptId: attemptOf(number),
  at: START_AT + 1_000_000,
});
const excluded = (number: number): MissionFact => ({
  type: "missions.excluded",
  attemptId: attemptOf(number),
  reason: "staff",
  by: "admin",
  at: START_AT + 2_000_000,
});

Deno.test("[M-70] events are removed in one step with what came before and after, late ones included", async () => {
  using kv = await Deno.openKv(":memory:");
  const { log, attempts, history, missions, catchUp } = await openProjection(kv);
  await log.append([start(1), event(1, 10, { url: "/b" }), event(1, 5, { url: "/a" })]);
  await log.append([removed(1), excluded(1)]);
  await catchUp();
  const row = await attempts.find(attemptOf(1));
  assert.deepEqual(row?.journey.pages, ["/a", "/b"]);
  assert.equal(row?.exclusion?.reason, "staff");
  const records = await history.read(attemptOf(1));
  assert.deepEqual(records.map(({ position, fact }) => [position, fact.type]), [
    [4, "missions.events_removed"],
    [5, "missions.excluded"],
  ]);
  assert.deepEqual(rebuildRow(records, missions), row);
});

Deno.test("[M-70] a removal that broke off between its commits is finished by the next step", async () => {
  using kv = await Deno.openKv(":memory:");
  const { log, attempts, history, missions, catchUp } = await openProjection(kv);
  await log.append([start(1)]);
  for (let i = 0; i < 250; i++) {
    await log.append([event(1, i)]);
    await catchUp();
  }
  await log.append([removed(1)]);
  const spec = attemptsProjection({ kv, attempts, history, missions, watchers: [], ...told });
  const [row, ...deletes] = (await spec.stage(await log.read(251, 10))).groups;
  assert.deepEqual(deletes.map((group) => group.length), [100, 100, 50]);
  for (const group of [row, deletes[0]]) {
    const operation = kv.atomic();
    stage(operation, group);
    await operation.commit();
  }
  // As the server finds it that starts after the crash.
  const before = await attempts.find(attemptOf(1));
  assert.deepEqual([before?.eventCount, before?.eventsRemovedAt], [250, START_AT + 1_000_000]);
  assert.deepEqual(rebuildRow(await history.read(attemptOf(1)), missions), before);
  const { catchUp: finish } = await openProjection(kv);
  await finish();
  assert.equal((await history.read(attemptOf(1))).length, 1);
  assert.deepEqual(await attempts.find(attemptOf(1)), before);
});
