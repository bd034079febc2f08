import assert from "node:assert/strict";
import { progressOf, skillsOf, statsOf, trendOf } from "../../../lib/interviews/analytics.ts";
import type { Asked, Session } from "../../../lib/interviews/schema.ts";

const NOON = Date.parse("2025-01-19T12:00:00.000Z");
const HOUR_MS = 3_600_000;

/** A completed session of half an hour whose questions got these scores, a minute each. */
function session(startedAt: number, scores: readonly (number | null)[]): Session {
  const asked = scores.map((totalScore, at): Asked => ({
    askedId: `asked_${at}`,
    questionId: `question_${at}`,
    order: at + 1,
    startedAt,
    answeredAt: totalScore === null ? null : startedAt + (at + 1) * 60_000,
    analysisId: null,
    totalScore,
    recordingId: null,
    isGivenUp: false,
  }));
  return {
    sessionId: `interview_${startedAt}`,
    userId: "user_1",
    category: "qa",
    customCategory: null,
    difficulty: "easy",
    language: "ko",
    userLevel: "entry",
    maxQuestions: null,
    status: "completed",
    asked,
    startedAt,
    deadlineAt: startedAt + 2 * HOUR_MS,
    warnedAt: null,
    endedAt: startedAt + HOUR_MS / 2,
    metadata: { userAgent: "", platform: "", sessionSource: "" },
  };
}

Deno.test("[P-19][T-P13] a trend needs three scores and more than two points", () => {
  const table = [
    [[], "stable"],
    [[10, 90], "stable"],
    [[50, 60, 70], "improving"],
    [[70, 60, 50], "declining"],
    [[50, 51, 52], "stable"],
    [[50, 51, 52.1], "improving"],
    [[80, 20, 80, 20, 80], "stable"],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "improving"],
  ] as const;
  for (const [scores, trend] of table) assert.equal(trendOf(scores), trend, String(scores));
});

Deno.test("[P-12][P-19][T-P13] figures count what is completed, and compare five scores with five", () => {
  const none = statsOf([], NOON);
  assert.deepEqual(none, {
    sessionsCompleted: 0,
    averageScore: 0,
    timeSpent: 0,
    questionsAnswered: 0,
    improvementRate: 0,
  });
  const older = session(NOON, [40, 50, 60, 50, 50]);
  const newer = session(NOON + HOUR_MS, [70, 70, 80, 60, 71, null]);
  assert.deepEqual(statsOf([newer, older], NOON + 2 * HOUR_MS), {
    sessionsCompleted: 2,
    averageScore: 60.1,
    timeSpent: 3600,
    questionsAnswered: 10,
    improvementRate: 20.2,
  });
  assert.equal(statsOf([newer], NOON).improvementRate, 0);
});

Deno.test("[P-12][T-M21] progress is by days of the exhibition's zone, the oldest first", () => {
  const sessions = [
    session(NOON + 4 * HOUR_MS, [80]),
    session(NOON, [60, 70]),
    session(NOON - 1, []),
  ];
  assert.deepEqual(progressOf(sessions, "Asia/Seoul"), [
    { date: "2025-01-19", sessions: 2, questionsAnswered: 2, averageScore: 65 },
    { date: "2025-01-20", sessions: 1, questionsAnswered: 1, averageScore: 80 },
  ]);
  assert.deepEqual(progressOf(sessions, "UTC").length, 1);
});

Deno.test("[P-19] skills have a score, a trend and how many answers they rest on", () => {
  const practice = {
    day: "",
    startedToday: 0,
    writtenToday: 0,
    asked: {},
    answered: {},
    skills: { logic: [40, 60, 80] },
  };
  assert.deepEqual(skillsOf(practice), {
    logic: { score: 60, trend: "improving", questionsCount: 3 },
  });
});
