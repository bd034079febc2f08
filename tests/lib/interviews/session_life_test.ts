import assert from "node:assert/strict";
import { isReported, totalScoreOf } from "../../../lib/interviews/session_life.ts";
import type { Asked, Session } from "../../../lib/interviews/schema.ts";

/** A completed session whose questions got these scores; null is not judged. */
function session(scores: readonly (number | null)[]): Session {
  const asked = scores.map((totalScore, at): Asked => ({
    askedId: `asked_${at}`,
    questionId: `qa-${at}-en`,
    order: at + 1,
    startedAt: 0,
    answeredAt: 1,
    analysisId: `analysis_${at}`,
    totalScore,
    recordingId: null,
    isGivenUp: false,
  }));
  return {
    sessionId: "interview_1",
    userId: "user_1",
    category: "qa",
    customCategory: null,
    difficulty: "easy",
    language: "en",
    userLevel: "entry",
    status: "completed",
    maxQuestions: null,
    asked,
    startedAt: 0,
    deadlineAt: 1,
    warnedAt: null,
    endedAt: 1,
    metadata: { userAgent: "", platform: "", sessionSource: "" },
  };
}

for (
  const [scores, total] of [
    [[], null],
    [[null], null],
    [[0], 0],
    [[80, 81], 81],
    [[80, 80, 81], 80],
    [[80, 81, 81], 81],
    [[100, null], 100],
  ] as const
) {
  Deno.test(`[T-P04] the total of ${JSON.stringify(scores)} is ${total}, a whole number`, () => {
    assert.equal(totalScoreOf(session(scores)), total);
  });
}

Deno.test("[T-P04][V-12] a session is reported when each of its answers is judged", () => {
  assert.equal(isReported(session([70, null])), false);
  assert.equal(isReported(session([70, 80])), true);
});
