import assert from "node:assert/strict";
import { arrivalOf, START_AT } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

type App = Awaited<ReturnType<typeof openTestMissions>>;

const NOTHING = { completed: 0, quitted: 0, expired: 0, meanSeconds: null, meanRating: null };

async function start(app: App, more: { missionType?: string; test?: boolean } = {}) {
  const input = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: START_AT, ...more };
  return (await app.missions.start(input, { kioskId: null, idempotencyKey: null })).attemptId;
}

async function send(app: App, attemptId: string, eventType: string, atSec: number) {
  const receivedAt = app.clock.now();
  await app.missions.record(attemptId, arrivalOf(eventType, atSec, { receivedAt }));
}

async function todayOf(app: App, missionType = "portfolio") {
  const figures = (await app.missions.today()).find((it) => it.missionType === missionType);
  assert.ok(figures !== undefined);
  const { missionType: _, ...rest } = figures;
  return rest;
}

Deno.test("[M-47] today has each defined mission: running, ended by kind, mean time and rating", async () => {
  await using app = await openTestMissions();
  for (const [seconds, rating] of [[60, 5], [90, 2]]) {
    const attemptId = await start(app);
    await send(app, attemptId, "mission_completed", seconds);
    await app.missions.review(attemptId, { rating });
  }
  await send(app, await start(app), "mission_quitted", 10);
  await send(app, await start(app), "page_view", 5);
  await start(app);
  assert.deepEqual(await todayOf(app), {
    inProgress: 1,
    completed: 2,
    quitted: 1,
    expired: 0,
    meanSeconds: 75,
    meanRating: 3.5,
  });
  assert.deepEqual(await todayOf(app, "vocabulary"), { inProgress: 0, ...NOTHING });
});

Deno.test("[M-47][T-M06] what expired today is known, live and after a restart", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = testClock();
  {
    await using app = await openTestMissions({ kv, clock });
    await todayOf(app);
    await send(app, await start(app), "page_view", 5);
    await start(app);
    clock.advance(20 * 60_000);
    assert.equal((await app.missions.expireStale()).length, 2);
    assert.deepEqual(await todayOf(app), { inProgress: 0, ...NOTHING, expired: 2 });
  }
  await using app = await openTestMissions({ kv, clock });
  assert.equal((await todayOf(app)).expired, 2);
  clock.advance(24 * 3_600_000);
  assert.equal((await todayOf(app)).expired, 0);
});

Deno.test("[M-47][T-M24] an expired attempt that is revised counts as what it became", async () => {
  await using app = await openTestMissions();
  const attemptId = await start(app);
  await send(app, attemptId, "page_view", 5);
  app.clock.advance(20 * 60_000);
  await app.missions.expireStale();
  assert.equal((await todayOf(app)).expired, 1);
  await send(app, attemptId, "mission_completed", 60);
  const { expired, completed } = await todayOf(app);
  assert.deepEqual([expired, completed], [0, 1]);
});

Deno.test("[M-17][M-47] excluded attempts are not in today's figures, running ones neither", async () => {
  await using app = await openTestMissions();
  const ended = await start(app);
  await send(app, ended, "mission_completed", 60);
  await send(app, await start(app, { test: true }), "page_view", 5);
  const running = await start(app);
  await send(app, running, "page_view", 5);
  const { inProgress, completed } = await todayOf(app);
  assert.deepEqual([inProgress, completed], [1, 1]);
  for (const attemptId of [ended, running]) {
    await app.missions.exclude(attemptId, { reason: "staff", by: "admin" });
  }
  assert.deepEqual(await todayOf(app), { inProgress: 0, ...NOTHING });
  assert.deepEqual(await app.missions.realtime(), {
    inProgressAttempts: 0,
    completedToday: 0,
    quittedToday: 0,
  });
  await app.missions.include(ended, { by: "admin" });
  assert.equal((await todayOf(app)).completed, 1);
});

Deno.test("[M-47] an attempt that changes while the day is read counts as it is now", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = testClock();
  const ids: string[] = [];
  {
    await using app = await openTestMissions({ kv, clock });
    for (let i = 0; i < 30; i++) {
      ids.push(await start(app));
      await send(app, ids[i], "mission_completed", 60);
    }
  }
  await using app = await openTestMissions({ kv, clock });
  const [excluded] = ids;
  const exclusion = app.missions.exclude(excluded, { reason: "staff", by: "admin" });
  await Promise.all([app.missions.today(), exclusion]);
  assert.equal((await todayOf(app)).completed, 29);
});
