import assert from "node:assert/strict";
import type { ErrorCode } from "../../../lib/errors.ts";
import { type Arrival } from "../../../lib/missions/record.ts";
import { failingKv } from "../../support/failing_kv.ts";
import { arrivalOf, START_AT } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const UUID = "01890a5d-ac96-774b-bcce-b302099a8057";
const DAY = 24 * 3_600_000;

type TestMissions = Awaited<ReturnType<typeof openTestMissions>>;

async function startOne({ missions }: TestMissions, timestamp = START_AT): Promise<string> {
  const input = { sessionId: SESSION_ID, missionType: "portfolio", timestamp };
  const options = { kioskId: null, idempotencyKey: null };
  return (await missions.start(input, options)).attemptId;
}

const withCode = (code: ErrorCode) => (error: Error) => "code" in error && error.code === code;

Deno.test("[M-05] a connection begins a pending attempt and tells what is durable", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  const first = await app.missions.connect(attemptId, "conn_1", "hash");
  assert.equal(first.ackUpTo, 0);
  const row = await app.missions.get(attemptId);
  assert.equal(row.lifecycle.phase, "in_progress");
  for (const seq of [1, 2, 4]) {
    await app.missions.record(attemptId, arrivalOf("page_view", seq, { seq }));
  }
  const second = await app.missions.connect(attemptId, "conn_2", "hash");
  assert.equal(second.ackUpTo, 2);
});

Deno.test("[M-30][M-39] connections of an attempt are recorded, and forgotten after an hour", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  await app.missions.connect(attemptId, "conn_1", "hash of the token");
  app.clock.advance(1_000);
  await app.missions.disconnect(attemptId, "conn_1");
  assert.deepEqual((await app.missions.get(attemptId)).connection, {
    connectionId: "conn_1",
    tokenHash: "hash of the token",
    connectedAt: START_AT,
    lastHeartbeatAt: START_AT + 1_000,
    status: "disconnected",
    expiresAt: START_AT + 3_601_000,
  });
  app.clock.advance(3_600_000);
  assert.equal((await app.missions.get(attemptId)).connection, null);
});

Deno.test("nobody connects to, records into or rates an attempt that does not exist", async () => {
  await using app = await openTestMissions();
  const id = "attempt_1";
  const notFound = withCode("NOT_FOUND");
  await assert.rejects(() => app.missions.connect(id, "conn_1", "hash"), notFound);
  await assert.rejects(() => app.missions.record(id, arrivalOf("page_view", 1)), notFound);
  await assert.rejects(() => app.missions.review(id, { rating: 4 }), notFound);
  await assert.rejects(() => app.missions.get(id), notFound);
  await assert.rejects(() => app.missions.events(id, {}), notFound);
});

Deno.test("[T-M18] receipts come in order and count up what is durable", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  const receipts = await Promise.all(
    [1, 2, 3, 5].map((seq) => app.missions.record(attemptId, arrivalOf("page_view", seq, { seq }))),
  );
  assert.deepEqual(receipts.map(({ ackUpTo, gapFrom }) => [ackUpTo, gapFrom]), [
    [1, null],
    [2, null],
    [3, null],
    [3, 4],
  ]);
  assert.equal(new Set(receipts.map(({ eventId }) => eventId)).size, 4);
  assert.ok(receipts.every(({ duplicate }) => !duplicate));
});

Deno.test("a repeat is acknowledged with the first event's id, before and after its commit", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  const arrival = arrivalOf("page_view", 1, { clientEventId: UUID, seq: 1 });
  const [first, atOnce] = await Promise.all([
    app.missions.record(attemptId, arrival),
    app.missions.record(attemptId, arrival),
  ]);
  const later = await app.missions.record(attemptId, arrival);
  assert.equal(first.duplicate, false);
  for (const repeat of [atOnce, later]) {
    assert.deepEqual(repeat, { ...first, duplicate: true });
  }
  assert.equal((await app.missions.get(attemptId)).eventCount, 1);
});

Deno.test("[T-M18] neither an event nor its repeat is acknowledged when the store refuses it", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, breakDown, mend } = failingKv(real);
  await using app = await openTestMissions({ kv });
  const attemptId = await startOne(app);
  const arrival = arrivalOf("page_view", 1, { clientEventId: UUID, seq: 1 });

  breakDown("writes");
  const refused = await Promise.allSettled([
    app.missions.record(attemptId, arrival),
    app.missions.record(attemptId, arrival),
  ]);
  for (const result of refused) {
    assert.equal(result.status, "rejected");
    assert.equal(result.reason.code, "UNAVAILABLE");
    assert.equal(typeof result.reason.details.retryAfterMs, "number");
  }

  mend();
  const receipt = await app.missions.record(attemptId, arrival);
  assert.deepEqual([receipt.duplicate, receipt.ackUpTo], [false, 1]);
  assert.equal((await app.missions.get(attemptId)).eventCount, 1);
});

Deno.test("[T-M13][T-M18] neither a review nor its repeat is answered when the store refuses it", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, breakDown, mend } = failingKv(real);
  await using app = await openTestMissions({ kv });
  const attemptId = await startOne(app);
  await app.missions.record(attemptId, arrivalOf("page_view", 1));

  breakDown("writes");
  const review = () => app.missions.review(attemptId, { rating: 4 });
  for (const result of await Promise.allSettled([review(), review()])) {
    assert.equal(result.status, "rejected");
    assert.equal(result.reason.code, "UNAVAILABLE");
  }

  mend();
  const stored = await review();
  assert.deepEqual(await review(), stored);
  assert.equal((await app.missions.get(attemptId)).review?.reviewId, stored.reviewId);
});

Deno.test("one event that is too large is refused, those beside it are stored", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  const sizes = [10, 70_000, 10];
  const results = await Promise.allSettled(sizes.map((size, index) => {
    const arrival: Arrival = arrivalOf("page_view", index, { data: { text: "x".repeat(size) } });
    return app.missions.record(attemptId, arrival);
  }));
  assert.deepEqual(results.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled"]);
  assert.equal(results[1].status === "rejected" && results[1].reason.code, "PAYLOAD_TOO_LARGE");
  assert.equal((await app.missions.get(attemptId)).eventCount, 2);
});

Deno.test("each refusal is counted by its reason", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  await app.missions.record(attemptId, arrivalOf("mission_completed", 9));
  const late = arrivalOf("page_view", 10);
  await assert.rejects(() => app.missions.record(attemptId, late), withCode("ATTEMPT_EXPIRED"));
  assert.deepEqual(app.refusals, ["attempt_ended"]);
});

Deno.test("[T-M06] an ended attempt takes connections for a day", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  await app.missions.record(attemptId, arrivalOf("mission_completed", 0));
  app.clock.advance(DAY);
  await app.missions.connect(attemptId, "conn_1", "hash");
  app.clock.advance(1);
  const tooLate = () => app.missions.connect(attemptId, "conn_2", "hash");
  await assert.rejects(tooLate, withCode("ATTEMPT_EXPIRED"));
});

Deno.test("[T-M06][T-M09] the day counts by our clock, though the kiosk's is days behind", async () => {
  await using app = await openTestMissions({ clock: testClock(START_AT) });
  const attemptId = await startOne(app, START_AT - 3 * DAY);
  const arrival = arrivalOf("mission_completed", 60 - 3 * DAY / 1000, {
    receivedAt: START_AT + 60_000,
  });
  await app.missions.record(attemptId, arrival);
  app.clock.advance(DAY);
  await app.missions.connect(attemptId, "conn_1", "hash");
});

Deno.test("[T-M13] a pending attempt cannot be rated, any other can", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  const rate = () => app.missions.review(attemptId, { rating: 4 });
  await assert.rejects(rate, withCode("CONFLICT"));
  await app.missions.record(attemptId, arrivalOf("page_view", 1));
  const running = await rate();
  await app.missions.record(attemptId, arrivalOf("mission_quitted", 5));
  assert.deepEqual(await rate(), running);
  app.clock.advance(61_000);
  await assert.rejects(() => app.missions.review(attemptId, { rating: 1 }), withCode("CONFLICT"));
});

Deno.test("[T-M13] the rating by event and the rating over HTTP are one review", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  const data = { rating: 4, feedback: "좋아요", ratingText: "쉬움" };
  await app.missions.record(attemptId, arrivalOf("mission_rating_submitted", 1, { data }));
  const byHttp = await app.missions.review(attemptId, { rating: 4, feedback: "좋아요" });
  const { review, eventCount } = await app.missions.get(attemptId);
  assert.deepEqual(byHttp, review);
  assert.equal(eventCount, 1);
});

Deno.test("[T-M13] what a correction replaced is kept in the history", async () => {
  await using app = await openTestMissions();
  const attemptId = await startOne(app);
  await app.missions.record(attemptId, arrivalOf("page_view", 1));
  for (const rating of [2, 4]) await app.missions.review(attemptId, { rating });
  await app.missions.get(attemptId);
  const facts = (await app.history.read(attemptId)).map(({ fact }) => fact);
  const ratings = facts.filter((it) => it.type === "missions.reviewed").map(({ rating }) => rating);
  assert.deepEqual(ratings, [2, 4]);
});
