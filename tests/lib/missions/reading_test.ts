import assert from "node:assert/strict";
import type { EventPage } from "../../../lib/missions/event_page.ts";
import { ATTEMPT_STATUSES } from "../../../lib/missions/schema.ts";
import { arrivalOf, MISSIONS, START_AT } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

type TestMissions = Awaited<ReturnType<typeof openTestMissions>>;

/** An attempt that ends now, by our clock; the kiosk's may be ahead. */
async function visit(app: TestMissions, end: string | null, aheadMs = 0): Promise<string> {
  const timestamp = app.clock.now() + aheadMs;
  const input = { sessionId: SESSION_ID, missionType: "portfolio", timestamp };
  const { attemptId } = await app.missions.start(input, { kioskId: null, idempotencyKey: null });
  const atSec = (timestamp - START_AT) / 1000;
  const receivedAt = app.clock.now();
  await app.missions.record(attemptId, arrivalOf(end ?? "page_view", atSec, { receivedAt }));
  return attemptId;
}

Deno.test("[M-17] the figures of this moment: running, completed and quit today", async () => {
  await using app = await openTestMissions();
  const ends = ["mission_completed", "mission_quitted", "mission_completed", null, null, null];
  for (const end of ends) await visit(app, end);
  assert.deepEqual(await app.missions.realtime(), {
    inProgressAttempts: 3,
    completedToday: 2,
    quittedToday: 1,
  });
});

Deno.test("[M-17] a fresh store has figures of zero", async () => {
  await using app = await openTestMissions();
  const none = { inProgressAttempts: 0, completedToday: 0, quittedToday: 0 };
  assert.deepEqual(await app.missions.realtime(), none);
});

Deno.test("[M-17][T-M21] today begins at midnight in Seoul, which is 15:00 UTC", async () => {
  const clock = testClock(Date.parse("2025-01-19T14:59:59.999Z"));
  await using app = await openTestMissions({ clock });
  await visit(app, "mission_completed");
  assert.equal((await app.missions.realtime()).completedToday, 1);
  clock.advance(1);
  assert.equal((await app.missions.realtime()).completedToday, 0);
  await visit(app, "mission_completed");
  assert.equal((await app.missions.realtime()).completedToday, 1);
  clock.advance(24 * 3_600_000 - 1);
  assert.equal((await app.missions.realtime()).completedToday, 1);
  clock.advance(1);
  assert.equal((await app.missions.realtime()).completedToday, 0);
});

Deno.test("[T-M09][T-M21] an end counts on the day it had here, whatever the kiosk's clock says", async () => {
  const clock = testClock(Date.parse("2025-01-19T12:00:00.000Z"));
  await using app = await openTestMissions({ clock });
  await visit(app, "mission_completed", 48 * 3_600_000);
  await visit(app, "mission_quitted", -48 * 3_600_000);
  const { completedToday, quittedToday } = await app.missions.realtime();
  assert.deepEqual([completedToday, quittedToday], [1, 1]);
});

Deno.test("[T-M18] a read sees all that was acknowledged before it was asked", async () => {
  await using app = await openTestMissions();
  const attemptId = await visit(app, null);
  for (let i = 1; i <= 20; i++) {
    await app.missions.record(attemptId, arrivalOf("page_view", i));
    assert.equal((await app.missions.get(attemptId)).eventCount, i + 1);
    assert.equal((await app.missions.events(attemptId, {})).eventCount, i + 1);
  }
});

/** An attempt with an event every second, each in a part of its own. */
async function longAttempt(app: TestMissions, seconds: readonly number[]): Promise<string> {
  const input = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: START_AT };
  const { attemptId } = await app.missions.start(input, { kioskId: null, idempotencyKey: null });
  for (const second of seconds) {
    await app.missions.record(attemptId, arrivalOf("page_view", second));
    await app.missions.get(attemptId);
  }
  return attemptId;
}

async function pagesOf({ missions }: TestMissions, attemptId: string, limit: number) {
  const pages: EventPage[] = [];
  let cursor: string | undefined;
  do {
    const page = await missions.events(attemptId, { limit, cursor });
    pages.push(page);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

const secondsOf = ({ events }: EventPage) => events.map(({ at }) => (at - START_AT) / 1000);

Deno.test("[T-M19] a page reads the parts of the history around it, and no others", async () => {
  await using app = await openTestMissions();
  const attemptId = await longAttempt(app, Array.from({ length: 30 }, (_, i) => i + 1));
  const [first, second, third] = await pagesOf(app, attemptId, 10);
  const parts = await Array.fromAsync(app.history.parts(attemptId));
  const unreadable = new TextEncoder().encode("[");
  for (const index of [0, 5, 25]) await app.kv.set(parts[index].key, unreadable);
  const ask = (cursor: string | null) =>
    app.missions.events(attemptId, { limit: 10, cursor: cursor ?? undefined });
  assert.deepEqual(await ask(first.nextCursor), second);
  assert.equal(second.eventCount, 30);
  for (const cursor of [null, second.nextCursor]) {
    await assert.rejects(ask(cursor), { code: "DATABASE_ERROR" });
  }
  assert.deepEqual(secondsOf(third).at(-1), 30);
});

Deno.test("[M-12][T-M19] an event that comes late stands in its place on the page it belongs to", async () => {
  await using app = await openTestMissions();
  const attemptId = await longAttempt(app, [1, 2, 3, 4, 5, 6, 7, 8, 9, 2.5, 5.5, 10]);
  const pages = await pagesOf(app, attemptId, 4);
  assert.deepEqual(pages.map(secondsOf), [[1, 2, 2.5, 3], [4, 5, 5.5, 6], [7, 8, 9, 10]]);
  assert.ok(pages.every(({ eventCount }) => eventCount === 12));
});

Deno.test("[M-10] a list counts what the filter lets through, beyond the page", async () => {
  await using app = await openTestMissions();
  for (const end of ["mission_completed", "mission_quitted", null]) await visit(app, end);
  const query = { missionTypes: MISSIONS.types, sort: "startTime", order: "desc" } as const;
  const page = await app.missions.list({
    ...query,
    statuses: ATTEMPT_STATUSES,
    limit: 2,
    offset: 0,
  });
  assert.deepEqual([page.rows.length, page.total], [2, 3]);
  const quitted = await app.missions.list({ ...query, statuses: ["quitted"], limit: 2, offset: 0 });
  assert.deepEqual([quitted.rows.length, quitted.total], [1, 1]);
});

Deno.test("[T-M18] everything is there again after a restart, and goes on", async () => {
  const path = await Deno.makeTempFile({ suffix: ".kv" });
  let attemptId = "";
  {
    using kv = await Deno.openKv(path);
    await using app = await openTestMissions({ kv });
    attemptId = await visit(app, null);
    await app.missions.record(attemptId, arrivalOf("page_view", 1, { seq: 1 }));
  }
  {
    using kv = await Deno.openKv(path);
    await using app = await openTestMissions({ kv });
    const repeat = await app.missions.record(attemptId, arrivalOf("page_view", 1, { seq: 1 }));
    assert.deepEqual([repeat.duplicate, repeat.ackUpTo], [true, 1]);
    await app.missions.record(attemptId, arrivalOf("page_view", 2, { seq: 2 }));
    assert.equal((await app.missions.get(attemptId)).eventCount, 3);
    assert.equal((await app.attempts.counts()).portfolio.in_progress, 1);
  }
  await Deno.remove(path);
});
