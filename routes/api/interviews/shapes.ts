import { z } from "@hono/zod-openapi";
import { toIso } from "../../../lib/clock.ts";
import {
  type Asked,
  DIFFICULTIES,
  durationSec,
  LANGUAGES,
  openQuestion,
  type Question,
  QUESTION_TYPES,
  type Recording,
  type Session,
  SESSION_STATUSES,
  timeSpentSec,
  totalScoreOf,
  USER_LEVELS,
} from "../../../lib/interviews/mod.ts";
import { JOB_CATEGORIES } from "../../../lib/job_categories.ts";

import { type AnalysisResult, analysisResultSchema } from "./analysis_shapes.ts";
import { storedRecordingSchema, toStoredRecording } from "./recording_shapes.ts";

const instant = z.iso.datetime();

export const askedSchema = z.object({
  id: z.string(),
  questionId: z.string(),
  order: z.number(),
  question: z.string(),
  type: z.enum(QUESTION_TYPES),
  difficulty: z.enum(DIFFICULTIES),
  startedAt: instant,
  answeredAt: instant.optional(),
  answer: z.string().optional().openapi({
    description: "Also one that is not sent yet and was kept",
  }),
  timeSpent: z.number().openapi({ description: "Seconds" }),
  recording: storedRecordingSchema.optional(),
}).openapi("SessionQuestion");

const summary = {
  id: z.string(),
  userId: z.string(),
  category: z.enum(JOB_CATEGORIES),
  customCategory: z.string().optional(),
  difficulty: z.enum(DIFFICULTIES),
  language: z.enum(LANGUAGES),
  userLevel: z.enum(USER_LEVELS),
  maxQuestions: z.number().optional().openapi({ description: "As many as it has at most" }),
  status: z.enum(SESSION_STATUSES),
  totalScore: z.number().optional().openapi({ description: "From 0 to 100" }),
  duration: z.number().openapi({ description: "Seconds" }),
  createdAt: instant,
  expiresAt: instant.openapi({ description: "When it ends by itself" }),
  completedAt: instant.optional(),
  metadata: z.object({
    userAgent: z.string(),
    platform: z.string(),
    sessionSource: z.string(),
  }),
};

export const sessionSummarySchema = z.object({ ...summary, questionCount: z.number() })
  .openapi("InterviewSessionSummary");

export const sessionSchema = z.object({
  ...summary,
  questions: z.array(askedSchema),
  results: z.array(analysisResultSchema),
  currentQuestion: askedSchema.nullable().openapi({ description: "The one that waits" }),
}).openapi("InterviewSession");

function summaryOf(session: Session, now: number) {
  const { sessionId, customCategory, status, startedAt, deadlineAt, endedAt } = session;
  const totalScore = totalScoreOf(session);
  const { userId, category, difficulty, language, userLevel, maxQuestions, metadata } = session;
  return {
    id: sessionId,
    userId,
    category,
    ...(customCategory !== null && { customCategory }),
    difficulty,
    language,
    userLevel,
    ...(maxQuestions !== null && { maxQuestions }),
    status,
    ...(totalScore !== null && { totalScore }),
    duration: durationSec(session, now),
    createdAt: toIso(startedAt),
    expiresAt: toIso(deadlineAt),
    ...(status === "completed" && endedAt !== null && { completedAt: toIso(endedAt) }),
    metadata,
  };
}

/** A session as a list shows it. */
export function toSessionSummary(
  session: Session,
  now: number,
): z.infer<typeof sessionSummarySchema> {
  return { ...summaryOf(session, now), questionCount: session.asked.length };
}

/** What is known of a question that was put, beside where it stands in the session. */
export interface AskedContent {
  readonly question: Question | null;
  /** Null without an answer. */
  readonly answer: string | null;
  /** Null without a recorded one. */
  readonly recording: Recording | null;
}

/** A question as it was put (P-16); of one that is no longer there the words are gone. */
export function toAsked(
  asked: Asked,
  { question, answer, recording }: AskedContent,
): z.infer<typeof askedSchema> {
  const { askedId, questionId, order, startedAt, answeredAt } = asked;
  const stored = recording === null ? null : toStoredRecording(recording);
  return {
    id: askedId,
    questionId,
    order,
    question: question?.question ?? "",
    type: question?.type ?? "behavioral",
    difficulty: question?.difficulty ?? "medium",
    startedAt: toIso(startedAt),
    ...(answeredAt !== null && { answeredAt: toIso(answeredAt) }),
    ...(answer !== null && { answer }),
    timeSpent: timeSpentSec(asked),
    ...(stored !== null && { recording: stored }),
  };
}

/** What stands beside a session. */
export interface SessionContent {
  readonly now: number;
  /** Of each question, in order. */
  readonly contents: readonly AskedContent[];
  readonly results: readonly AnalysisResult[];
}

/** A session with all that is in it (P-15). */
export function toSession(
  session: Session,
  { now, contents, results }: SessionContent,
): z.infer<typeof sessionSchema> {
  const questions = session.asked.map((asked, at) => toAsked(asked, contents[at]));
  const open = session.status === "active" ? openQuestion(session) : null;
  return {
    ...summaryOf(session, now),
    questions,
    results: [...results],
    currentQuestion: questions.find(({ id }) => id === open?.askedId) ?? null,
  };
}
