import assert from "node:assert/strict";
import { event, type TestEvent } from "../support/events.ts";
import { type ReadAttempt, readAttempt, readEvents } from "../support/reading.ts";
import { connect, type SocketClient } from "../support/socket_client.ts";
import { type Started, startMission, type TestApp, testApp } from "../support/test_app.ts";
import { type TestClock, testClock } from "../support/test_clock.ts";

const START_AT = Date.parse("2025-01-19T10:30:00.000Z");
const DAY_MS = 86_400_000;

interface Played {
  readonly app: TestApp;
  readonly clock: TestClock;
  readonly started: Started;
  readonly client: SocketClient;
  attempt(): Promise<ReadAttempt>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** An attempt with a connected client, by a clock that the test moves. */
async function play(): Promise<Played> {
  const clock = testClock(START_AT);
  const app = await testApp({ parts: { clock } });
  const started = await startMission(app, { timestamp: new Date(START_AT).toISOString() });
  const client = await connect(await app.listen(), started);
  await client.next("connection_ack");
  return {
    app,
    clock,
    started,
    client,
    attempt: () => readAttempt(app, started),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

/** An event so many seconds after the start. */
function at(seconds: number, eventType: string, data: Record<string, unknown> = {}): TestEvent {
  return event({ eventType, timestamp: new Date(START_AT + seconds * 1000).toISOString(), data });
}

Deno.test("[E-8.11][T-M24] completed twice: acknowledged and stored, the first counts", async () => {
  await using played = await play();
  const { client, app, started } = played;
  client.send(at(60, "mission_completed", { totalDuration: 60 }));
  client.send(at(70, "mission_completed", { totalDuration: 70 }));
  await client.next("event_ack");
  await client.next("event_ack");
  const attempt = await played.attempt();
  assert.equal(attempt.status, "completed");
  assert.equal(attempt.totalDuration, 60);
  assert.equal(attempt.duplicateTerminals, 1);
  assert.equal((await readEvents(app, started)).length, 2);
});

Deno.test("[E-8.11][T-M24] a quit after the completion, or told as before it, changes nothing", async () => {
  await using played = await play();
  const { client } = played;
  client.send(at(60, "mission_completed"));
  client.send(at(65, "mission_quitted", { quitKind: "user" }));
  client.send(at(30, "mission_quitted", { quitKind: "user" }));
  for (let i = 0; i < 3; i++) await client.next("event_ack");
  const { status, totalDuration, duplicateTerminals, endTime } = await played.attempt();
  assert.deepEqual({ status, totalDuration, duplicateTerminals }, {
    status: "completed",
    totalDuration: 60,
    duplicateTerminals: 2,
  });
  assert.equal(endTime, "2025-01-19T10:31:00.000Z");
});

Deno.test("[E-8.11][T-M24] a completion that is told late but happened before the quit revises it", async () => {
  await using played = await play();
  const { client } = played;
  client.send(at(60, "mission_quitted", { quitKind: "user" }));
  await client.next("event_ack");
  assert.equal((await played.attempt()).status, "quitted");
  client.send(at(50, "mission_completed"));
  await client.next("event_ack");
  const attempt = await played.attempt();
  assert.deepEqual([attempt.status, attempt.totalDuration], ["completed", 50]);
});

Deno.test("[E-8.11][T-M06][T-M24] a completion of before the expiry revises it when it arrives late", async () => {
  await using played = await play();
  const { client, clock, app, started } = played;
  client.send(at(5, "page_view", { url: "/home" }));
  await client.next("event_ack");
  clock.advance(20 * 60_000);
  await app.docent.expireStale();
  assert.equal((await client.closed).code, 4410);
  assert.equal((await app.docent.missions.get(started.attemptId)).lifecycle.phase, "expired");

  // The kiosk was offline: it comes back, within a day, with what it kept.
  clock.advance(60 * 60_000);
  const { attemptId, sessionId } = await app.docent.missions.get(started.attemptId);
  const wsToken = await app.docent.tokens.signSocket({ attemptId, sessionId });
  const again = await connect(await app.listen(), { attemptId, wsToken });
  again.send(at(80 * 60, "page_view", { url: "/late" }));
  const refused = await again.next("error");
  assert.deepEqual([refused.code, refused.details?.field], ["ATTEMPT_EXPIRED", "timestamp"]);
  again.send(at(90, "mission_completed"));
  await again.next("event_ack");
  const row = await app.docent.missions.get(attemptId);
  assert.equal(row.lifecycle.terminal?.kind, "completed");
  assert.deepEqual(row.lifecycle.revisions.map(({ from, to }) => [from, to]), [[
    "expired",
    "completed",
  ]]);
  await again.close();
});

Deno.test("[M-26][T-M24] after the end: late events and the rating are taken, new ones are refused", async () => {
  await using played = await play();
  const { client, app, started } = played;
  client.send(at(60, "mission_completed"));
  client.send(at(30, "page_view", { url: "/late" }));
  client.send(at(90, "mission_rating_submitted", { rating: 4 }));
  for (let i = 0; i < 3; i++) await client.next("event_ack");
  client.send(at(91, "page_view", { url: "/after" }));
  const refused = await client.next("error");
  assert.deepEqual([refused.code, refused.details?.field], ["ATTEMPT_EXPIRED", "timestamp"]);
  client.send(at(60, "page_view", { url: "/same moment" }));
  await client.next("event_ack");
  assert.equal((await readEvents(app, started)).length, 4);
  assert.equal((await app.docent.missions.get(started.attemptId)).review?.rating, 4);
});

Deno.test("[T-M06][T-M24] an attempt that ended takes connections for a day, then 410", async () => {
  await using played = await play();
  const { client, clock, app, started } = played;
  client.send(at(60, "mission_completed"));
  await client.next("event_ack");
  await client.close();
  const { attemptId, sessionId } = await app.docent.missions.get(started.attemptId);
  const base = await app.listen();
  const tokenNow = () => app.docent.tokens.signSocket({ attemptId, sessionId });
  clock.advance(DAY_MS + 60_000);
  const lastMoment = await connect(base, { attemptId, wsToken: await tokenNow() });
  await lastMoment.close();
  clock.advance(1);
  await assert.rejects(
    connect(base, { attemptId, wsToken: await tokenNow() }),
    /^Error: Upgrade refused with 410$/,
  );
});
