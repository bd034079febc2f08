import assert from "node:assert/strict";
import { ask, assertError } from "../../../support/http.ts";
import { arrivalOf } from "../../../support/mission_facts.ts";
import { post, startMission, type TestApp, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const TIMESTAMP = "2025-01-19T10:30:00.000Z";
/** As it stands in the source document. */
const BODY = {
  rating: 4,
  ratingText: "쉬움",
  feedback: "처음에는 어려웠지만 따라하기 쉬웠어요",
  hasFeedback: true,
};

/** An attempt that has begun; gives the address of its review. */
async function begin(app: TestApp): Promise<{ attemptId: string; path: string }> {
  const { attemptId } = await startMission(app, { timestamp: TIMESTAMP });
  await app.docent.missions.record(attemptId, arrivalOf("page_view", 1));
  return { attemptId, path: `/api/missions/${attemptId}/review` };
}

Deno.test("[M-08][T-M01] the document's review is stored, and answered with four fields", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const { attemptId, path } = await begin(app);
  const { status, body } = await ask(app, path, post(BODY));
  assert.equal(status, 201);
  const { reviewId } = body.data;
  assert.match(reviewId, /^review_\d{1,42}$/);
  const data = { reviewId, attemptId, rating: 4, submittedAt: TIMESTAMP };
  assert.deepEqual(body, { success: true, data });
});

Deno.test("[M-14][M-37] a review reads with its word, its feedback and its flag", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const { attemptId, path } = await begin(app);
  const { body: { data: { reviewId } } } = await ask(app, path, post(BODY));
  const { status, body } = await ask(app, path);
  assert.equal(status, 200);
  assert.deepEqual(body.data, { reviewId, attemptId, ...BODY, submittedAt: TIMESTAMP });
});

Deno.test("[M-14] an attempt without a review has none to read, and neither has an unknown one", async () => {
  await using app = await testApp();
  const { path } = await begin(app);
  assertError(await ask(app, path), { status: 404, code: "NOT_FOUND" });
  const unknown = await ask(app, "/api/missions/attempt_1/review");
  assertError(unknown, { status: 404, code: "NOT_FOUND", field: "attemptId" });
});

Deno.test("[M-37][T-M12] word and flag are derived: the number and the feedback win", async () => {
  await using app = await testApp();
  const { path } = await begin(app);
  const contradicting = { rating: 5, ratingText: "아주 어려움", feedback: "  ", hasFeedback: true };
  assert.equal((await ask(app, path, post(contradicting))).status, 201);
  const { data } = (await ask(app, path)).body;
  assert.deepEqual(
    [data.rating, data.ratingText, data.feedback, data.hasFeedback],
    [5, "아주 쉬움", null, false],
  );
});

Deno.test("[T-M13] the same review again is the same one; another is in conflict after a minute", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const { path } = await begin(app);
  const first = await ask(app, path, post(BODY));
  clock.advance(30_000);
  assert.deepEqual((await ask(app, path, post(BODY))).body, first.body);
  const corrected = await ask(app, path, post({ ...BODY, rating: 2 }));
  assert.equal(corrected.status, 201);
  assert.equal(corrected.body.data.reviewId, first.body.data.reviewId);
  clock.advance(30_001);
  const late = await ask(app, path, post({ ...BODY, rating: 1 }));
  assertError(late, { status: 409, code: "CONFLICT", field: "rating" });
  assert.equal((await ask(app, path)).body.data.rating, 2);
});

Deno.test("[T-M13] many that send the same review at once get the same one", async () => {
  await using app = await testApp();
  const { path } = await begin(app);
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(app, path, post(BODY))));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
  assert.equal(new Set(answers.map(({ body }) => body.data.reviewId)).size, 1);
});

Deno.test("[T-M13] a pending attempt cannot be rated", async () => {
  await using app = await testApp();
  const { attemptId } = await startMission(app);
  const answer = await ask(app, `/api/missions/${attemptId}/review`, post(BODY));
  assertError(answer, { status: 409, code: "CONFLICT" });
});

const STATES: readonly [state: string, eventType: string][] = [
  ["running", "page_view"],
  ["completed", "mission_completed"],
  ["quitted", "mission_quitted"],
];

for (const [state, eventType] of STATES) {
  Deno.test(`[T-M13] a ${state} attempt can be rated, and keeps its status`, async () => {
    await using app = await testApp();
    const { attemptId, path } = await begin(app);
    await app.docent.missions.record(attemptId, arrivalOf(eventType, 2));
    const before = (await ask(app, `/api/missions/${attemptId}`)).body.data.status;
    assert.equal((await ask(app, path, post(BODY))).status, 201);
    const { status, review } = (await ask(app, `/api/missions/${attemptId}`)).body.data;
    assert.equal(status, before);
    assert.equal(review.rating, 4);
  });
}

Deno.test("[T-M06][T-M13] an expired attempt can be rated, and stays expired", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const { attemptId, path } = await begin(app);
  clock.advance(16 * 60_000);
  await app.docent.expireStale();
  assert.equal((await ask(app, path, post(BODY))).status, 201);
  const { status } = (await ask(app, `/api/missions/${attemptId}`)).body.data;
  assert.equal(status, "expired");
});

Deno.test("[M-08][M-45] a rating is a whole number from 1 to 5", async () => {
  await using app = await testApp();
  const { path } = await begin(app);
  for (const rating of [0, 6, 4.5, "4", null, undefined]) {
    const answer = await ask(app, path, post({ ...BODY, rating }));
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field: "rating" });
  }
});

Deno.test("[M-45][T-M30] feedback is kept to 2000 characters, words to 20", async () => {
  await using app = await testApp();
  const { path } = await begin(app);
  const bad: readonly [field: string, value: string][] = [
    ["feedback", "가".repeat(2_001)],
    ["ratingText", "x".repeat(21)],
  ];
  for (const [field, value] of bad) {
    const answer = await ask(app, path, post({ ...BODY, [field]: value }));
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field });
  }
  const longest = await ask(app, path, post({ ...BODY, feedback: "가".repeat(2_000) }));
  assert.equal(longest.status, 201);
});
