import assert from "node:assert/strict";
import { outcomeOf } from "../../../lib/missions/lifecycle.ts";
import { arrivalOf, PORTFOLIO, START_AT, VOCABULARY } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";

const MINUTE = 60_000;

type TestMissions = Awaited<ReturnType<typeof openTestMissions>>;

async function startOne(app: TestMissions, missionType = "portfolio"): Promise<string> {
  const input = { sessionId: SESSION_ID, missionType, timestamp: app.clock.now() };
  const options = { kioskId: null, idempotencyKey: null };
  return (await app.missions.start(input, options)).attemptId;
}

/** An event that happens and arrives now. */
async function send(app: TestMissions, attemptId: string, eventType: string, data = {}) {
  const receivedAt = app.clock.now();
  const atSec = (receivedAt - START_AT) / 1000;
  await app.missions.record(attemptId, arrivalOf(eventType, atSec, { receivedAt, data }));
}

async function outcome(app: TestMissions, attemptId: string) {
  const { lifecycle, journey } = await app.missions.get(attemptId);
  const { status, endAt, leftAtRating } = outcomeOf(lifecycle, journey);
  return { status, endedSec: endAt === null ? null : (endAt - START_AT) / 1000, leftAtRating };
}

Deno.test("[T-M06] a pending attempt expires after ten minutes, not before", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  app.clock.advance(10 * MINUTE - 1);
  assert.deepEqual(await app.missions.expireStale(), []);
  app.clock.advance(1);
  assert.deepEqual(await app.missions.expireStale(), [attemptId]);
  assert.equal((await outcome(app, attemptId)).status, "expired");
  assert.deepEqual(await app.missions.expireStale(), [], "once is enough");
});

Deno.test("[T-M06][T-M29] a running attempt expires a quarter of an hour after its last event", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  await send(app, attemptId, "page_view");
  app.clock.advance(14 * MINUTE);
  await send(app, attemptId, "page_view");
  app.clock.advance(15 * MINUTE - 1);
  assert.deepEqual(await app.missions.expireStale(), []);
  app.clock.advance(1);
  assert.deepEqual(await app.missions.expireStale(), [attemptId]);
});

Deno.test("[T-M06] a connection is a sign of life as well", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  app.clock.advance(9 * MINUTE);
  await app.missions.connect(attemptId, "conn_1", "hash");
  app.clock.advance(14 * MINUTE);
  assert.deepEqual(await app.missions.expireStale(), []);
  app.clock.advance(MINUTE);
  assert.deepEqual(await app.missions.expireStale(), [attemptId]);
});

Deno.test("[T-M06][T-M09] a server's clock that is set ahead lets no running attempt expire before its time", async () => {
  await using app = await openTestMissions();
  const pending = await startOne(app);
  const running = await startOne(app);
  await send(app, running, "page_view");
  app.clock.jump(300 * MINUTE);
  assert.deepEqual(await app.missions.expireStale(), []);
  app.clock.advance(10 * MINUTE);
  assert.deepEqual(await app.missions.expireStale(), [pending]);
  app.clock.advance(5 * MINUTE);
  assert.deepEqual(await app.missions.expireStale(), [running]);
});

Deno.test("[T-M06][T-M09] a kiosk's wrong clock neither hastens nor delays an expiry", async () => {
  await using app = await openTestMissions();
  const input = { sessionId: SESSION_ID, missionType: "portfolio" };
  const options = { kioskId: null, idempotencyKey: null };
  for (const offset of [-300 * MINUTE, 300 * MINUTE]) {
    await app.missions.start({ ...input, timestamp: START_AT + offset }, options);
  }
  app.clock.advance(10 * MINUTE - 1);
  assert.equal((await app.missions.expireStale()).length, 0);
  app.clock.advance(1);
  assert.equal((await app.missions.expireStale()).length, 2);
});

Deno.test("[T-M06] how long a mission may be silent is in its definition", async () => {
  const definitions = [PORTFOLIO, { ...VOCABULARY, idleExpireSec: 60 }];
  await using app = await openTestMissions({ definitions });
  const patient = await startOne(app, "portfolio");
  const hasty = await startOne(app, "vocabulary");
  for (const attemptId of [patient, hasty]) await send(app, attemptId, "page_view");
  app.clock.advance(MINUTE);
  assert.deepEqual(await app.missions.expireStale(), [hasty]);
});

Deno.test("[T-M10][T-M29] a visitor who succeeded and walked away has completed", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  app.clock.advance(MINUTE);
  await send(app, attemptId, "portfolio_created");
  app.clock.advance(15 * MINUTE);
  await app.missions.expireStale();
  const completed = { status: "completed", endedSec: 60, leftAtRating: true };
  assert.deepEqual(await outcome(app, attemptId), completed);
});

Deno.test("[E-8.11][T-M24] quit after complete, and complete twice, change nothing", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  app.clock.advance(MINUTE);
  for (const eventType of ["mission_completed", "mission_quitted", "mission_completed"]) {
    await send(app, attemptId, eventType);
    app.clock.advance(1_000);
  }
  const completed = { status: "completed", endedSec: 60, leftAtRating: false };
  assert.deepEqual(await outcome(app, attemptId), completed);
  const row = await app.missions.get(attemptId);
  assert.deepEqual([row.eventCount, row.lifecycle.duplicateTerminals], [3, 2]);
  app.clock.advance(60 * MINUTE);
  assert.deepEqual(await app.missions.expireStale(), []);
});

Deno.test("[E-8.11][T-M06][T-M24] a completion that comes after the expiry revises it", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  await send(app, attemptId, "page_view");
  app.clock.advance(20 * MINUTE);
  assert.deepEqual(await app.missions.expireStale(), [attemptId]);
  const receivedAt = app.clock.now();
  await app.missions.record(attemptId, arrivalOf("portfolio_created", 50, { receivedAt }));
  assert.equal((await outcome(app, attemptId)).status, "completed", "by its success alone");
  await app.missions.record(attemptId, arrivalOf("mission_completed", 90, { receivedAt }));
  const completed = { status: "completed", endedSec: 90, leftAtRating: false };
  assert.deepEqual(await outcome(app, attemptId), completed);
  const { lifecycle } = await app.missions.get(attemptId);
  assert.deepEqual(lifecycle.revisions, [{ at: receivedAt, from: "expired", to: "completed" }]);
});

Deno.test("[E-8.11][T-M06] what happens after the expiry is refused", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  app.clock.advance(10 * MINUTE);
  await app.missions.expireStale();
  app.clock.advance(1);
  await assert.rejects(() => send(app, attemptId, "mission_completed"), {
    code: "ATTEMPT_EXPIRED",
  });
  assert.equal((await outcome(app, attemptId)).status, "expired");
});

Deno.test("a sweep over many attempts takes those that are stale and no other", async () => {
  await using app = await openTestMissions();
  const stale = await Promise.all(Array.from({ length: 450 }, () => startOne(app)));
  app.clock.advance(5 * MINUTE);
  await Promise.all(Array.from({ length: 10 }, () => startOne(app, "vocabulary")));
  app.clock.advance(5 * MINUTE);
  assert.deepEqual((await app.missions.expireStale()).sort(), stale.sort());
});
