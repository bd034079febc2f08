import assert from "node:assert/strict";
import { SAMPLE_TIMELINE } from "../../../support/documented_events.ts";
import { ask, assertError } from "../../../support/http.ts";
import { arrivalOf } from "../../../support/mission_facts.ts";
import {
  post,
  SESSION_ID,
  startMission,
  type TestApp,
  testApp,
} from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const TIMESTAMP = "2025-01-19T10:30:00.000Z";

/** Plays the sample timeline of the document; gives the attempt's id. */
async function playSample(app: TestApp): Promise<string> {
  const { attemptId } = await startMission(app, { timestamp: TIMESTAMP });
  for (const [atSec, eventType, data] of SAMPLE_TIMELINE) {
    await app.docent.missions.record(attemptId, arrivalOf(eventType, atSec, { data }));
  }
  return attemptId;
}

Deno.test("[M-09][M-35][T-M10][T-M14] the sample attempt reads with the document's fields and ours", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const attemptId = await playSample(app);
  const { status, body } = await ask(app, `/api/missions/${attemptId}`);
  assert.equal(status, 200);
  const { steps, review, ...attempt } = body.data;
  assert.deepEqual(attempt, {
    attemptId,
    sessionId: SESSION_ID,
    missionType: "portfolio",
    missionName: "포트폴리오 제작 미션",
    status: "completed",
    startTime: TIMESTAMP,
    endTime: "2025-01-19T10:36:30.000Z",
    totalDuration: 390,
    timeOnTask: 185,
    activeTime: 5 + 10 + 10 + 30 + 30 + 30 + 5 + 0 + 30 + 30,
    reportedDuration: 390,
    succeededAt: "2025-01-19T10:33:05.000Z",
    leftAtRating: false,
    quitKind: null,
    quitReason: null,
    path: null,
    duplicateTerminals: 0,
    kioskId: null,
    eventCount: 11,
    connection: null,
    createdAt: TIMESTAMP,
    updatedAt: "2025-01-19T10:36:30.000Z",
  });
  assert.deepEqual(Object.keys(review), ["reviewId", "rating", "ratingText", "feedback"]);
  assert.deepEqual([review.rating, review.ratingText, review.feedback], [4, "쉬움", null]);
  assert.match(review.reviewId, /^review_\d+$/);
  assert.equal(steps.length, 5);
});

Deno.test("[T-M11] steps read with what was told and what was measured", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const { body } = await ask(app, `/api/missions/${await playSample(app)}`);
  assert.deepEqual(body.data.steps[2], {
    step: 3,
    at: "2025-01-19T10:31:45.000Z",
    measuredSeconds: 80,
    reportedSeconds: 35.4,
    derived: false,
  });
});

Deno.test("[M-09][M-35] a fresh attempt reads with nulls where nothing is known yet", async () => {
  await using app = await testApp();
  const { attemptId } = await startMission(app);
  const { data } = (await ask(app, `/api/missions/${attemptId}`)).body;
  for (const name of ["endTime", "totalDuration", "timeOnTask", "review", "succeededAt", "path"]) {
    assert.equal(data[name], null, name);
  }
  assert.deepEqual([data.status, data.eventCount, data.steps], ["pending", 0, []]);
});

Deno.test("[M-06][T-M29] a quit reads with its kind and reason, and is no review", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const { attemptId } = await startMission(app, { timestamp: TIMESTAMP });
  const data = { feedback: "자동 포기 (2분 비활동)", quitAtStep: 2, timeBeforeQuit: 45 };
  await app.docent.missions.record(attemptId, arrivalOf("mission_quitted", 45.5, { data }));
  const attempt = (await ask(app, `/api/missions/${attemptId}`)).body.data;
  assert.equal(attempt.status, "quitted");
  assert.equal(attempt.totalDuration, 45.5);
  assert.equal(attempt.reportedDuration, 45);
  assert.deepEqual([attempt.quitKind, attempt.quitReason], ["idle", "자동 포기 (2분 비활동)"]);
  assert.equal(attempt.review, null);
});

Deno.test("[M-30] a connection reads without its token or the token's hash", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const { attemptId } = await startMission(app, { timestamp: TIMESTAMP });
  await app.docent.missions.connect(attemptId, "conn_1", "secret hash");
  const { connection } = (await ask(app, `/api/missions/${attemptId}`)).body.data;
  assert.deepEqual(connection, {
    connectionId: "conn_1",
    status: "active",
    connectedAt: TIMESTAMP,
    lastHeartbeat: TIMESTAMP,
    expiresAt: "2025-01-19T11:30:00.000Z",
  });
});

Deno.test("[M-09] an attempt that is not known is not found, an id of another form is not valid", async () => {
  await using app = await testApp();
  const unknown = await ask(app, "/api/missions/attempt_1");
  assertError(unknown, { status: 404, code: "NOT_FOUND", field: "attemptId" });
  for (const id of ["1", "attempt_", "attempt_1x", "start", "attempt_%00", "attempt_1%0a"]) {
    const bad = await ask(app, `/api/missions/${id}`);
    assertError(bad, { status: 400, code: "VALIDATION_ERROR", field: "attemptId" });
  }
});

Deno.test("[M-45] an id of more than 50 characters is not valid", async () => {
  await using app = await testApp();
  const at50 = await ask(app, `/api/missions/attempt_${"1".repeat(42)}`);
  assert.equal(at50.status, 404);
  const at51 = await ask(app, `/api/missions/attempt_${"1".repeat(43)}`);
  assertError(at51, { status: 400, code: "VALIDATION_ERROR", field: "attemptId" });
});

Deno.test("[M-03] a third mission needs no code: its data is enough", async () => {
  const quiz = {
    missionType: "quiz",
    version: 1,
    name: { ko: "퀴즈 미션", en: "Quiz" },
    expectedSeconds: [10, 20] as [number, number],
    steps: [{
      step: 1,
      name: "answer",
      title: { ko: "답", en: "Answer" },
      page: "/quiz/*",
      done: { event: "quiz_answered", where: { correct: true } },
    }],
    paths: [{
      path: "by_poster",
      title: { ko: "포스터", en: "Poster" },
      anyOf: [{ event: "quiz_opened", where: { from: "poster" } }],
      fewestPages: 1,
      expectedSeconds: [5, 9] as [number, number],
    }],
    success: [{ event: "quiz_solved" }],
    relevantEvents: ["quiz_answered", "quiz_solved"],
    compulsoryWaits: [],
    idleAfterSec: 5,
    idleExpireSec: 60,
    idleQuitReasons: ["nobody there"],
  };
  await using app = await testApp({ parts: { definitions: [quiz], clock: testClock() } });
  const { attemptId } = await startMission(app, { missionType: "Quiz", timestamp: TIMESTAMP });
  const told: [number, string, Record<string, unknown>][] = [
    [1, "quiz_opened", { from: "poster" }],
    [3, "quiz_answered", { correct: false }],
    [20, "quiz_answered", { correct: true, timeOnStep: 2 }],
    [21, "quiz_solved", {}],
    [25, "mission_quitted", { quitReason: "nobody there" }],
  ];
  for (const [atSec, eventType, data] of told) {
    await app.docent.missions.record(attemptId, arrivalOf(eventType, atSec, { data }));
  }
  const { data } = (await ask(app, `/api/missions/${attemptId}`)).body;
  assert.equal(data.missionName, "퀴즈 미션");
  assert.deepEqual([data.status, data.leftAtRating, data.quitKind], ["completed", true, "idle"]);
  assert.deepEqual([data.timeOnTask, data.activeTime, data.path], [
    21,
    1 + 2 + 5 + 1 + 4,
    "by_poster",
  ]);
  assert.deepEqual(data.steps.map((it: { step: number }) => it.step), [1]);
  const portfolio = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: TIMESTAMP };
  const refused = await ask(app, "/api/missions/start", post(portfolio));
  assert.equal(refused.body.error.details.expected, "one of quiz");
});

Deno.test("[M-60][M-62] an id that is none is said to be bad and not to be missing", async () => {
  await using app = await testApp();
  const bad = {
    "foo": "an id of the form attempt_ and digits",
    "attempt_x": "an id of the form attempt_ and digits",
    [`attempt_${"1".repeat(60)}`]: "at most 50 characters",
  };
  for (const [id, expected] of Object.entries(bad)) {
    for (const path of [`/api/missions/${id}`, `/api/missions/${id}/review`]) {
      const answer = await ask(app, path);
      assertError(answer, { status: 400, code: "VALIDATION_ERROR", field: "attemptId" });
      assert.match(answer.body.error.message, /: invalid field 'attemptId'$/);
      assert.equal(answer.body.error.details.expected, expected);
    }
  }
});
