import type { Analysis } from "../../lib/interviews/mod.ts";
import type { Person } from "./person.ts";
import { eventually } from "./eventually.ts";
import type { TestApp } from "./test_app.ts";

/** Long enough, and about anything. */
export const ANSWER =
  "First I listened to my colleague, then we agreed on a trial of 2 weeks, and as a result complaints fell by 30%.";

/** Limits that no test runs into by itself. */
export const NO_LIMITS = {
  INTERVIEW_SESSIONS_PER_DAY: "1000",
  INTERVIEW_ANSWERS_PER_MIN: "100000",
  RATE_ANALYSES_PER_MIN: "100000",
  RATE_QUESTIONS_PER_MIN: "100000",
  RATE_EXPORTS_PER_HOUR: "100000",
  RATE_KIOSK_PER_MIN: "1000000",
};

/** A session, and the answer to its first question as it is sent in. */
export async function begun(who: Person, answer = ANSWER) {
  const { id, currentQuestion } =
    (await who.send("POST", "/api/sessions", { category: "other", language: "en" })).body.data;
  return { sessionId: id as string, questionId: currentQuestion.questionId as string, answer };
}

/** Resolves with an analysis that has come to its end. */
export async function ended(app: TestApp, userId: string, analysisId: string): Promise<Analysis> {
  const { analyses } = app.docent.interviews;
  let analysis = await analyses.get(userId, analysisId);
  await eventually(async () => {
    analysis = await analyses.get(userId, analysisId);
    return analysis.status === "completed" || analysis.status === "failed";
  }, "the answer is analysed");
  return analysis;
}
