import { z } from "@hono/zod-openapi";
import { toIso } from "../../../lib/clock.ts";
import {
  type Analysis,
  ANALYSIS_STATUSES,
  CRITERIA,
  scoresSchema,
  totalOf,
  type Verdict,
} from "../../../lib/interviews/mod.ts";

const states = {
  id: z.string(),
  sessionId: z.string(),
  questionId: z.string(),
  status: z.enum(ANALYSIS_STATUSES),
  flagged: z.boolean().openapi({ description: "The answer holds words of the profanity list" }),
  createdAt: z.iso.datetime(),
};

const resultShape = {
  userAnswer: z.string(),
  scores: scoresSchema,
  totalScore: z.number().openapi({ description: "Sum of the four, from 0 to 100" }),
  strengths: z.array(z.string()),
  improvements: z.array(z.string()),
  detailedFeedback: z.object({
    grammar: z.string(),
    structure: z.string(),
    content: z.string(),
    suggestions: z.array(z.string()),
  }),
  aiAnalysis: z.object({
    model: z.string().openapi({ description: "Who judged; local-rubric-1 works offline" }),
    confidence: z.number().openapi({ description: "From 0 to 1" }),
    processingTime: z.number().openapi({ description: "Milliseconds" }),
  }),
  idealAnswer: z.string().openapi({
    description: "Of who judged, where that writes one, else the question's sample answer",
  }),
};

/** A judged answer (P-18). */
export const analysisResultSchema = z.object({ ...states, ...resultShape })
  .openapi("AnalysisResult");
export type AnalysisResult = z.infer<typeof analysisResultSchema>;

/** An analysis in any state; with the result once it is completed. */
export const analysisSchema = z.object({
  ...states,
  ...z.object(resultShape).partial().shape,
  error: z.object({
    message: z.string(),
    retryable: z.boolean(),
    transcriptMissing: z.boolean().openapi({
      description: "What was said can be sent in as text, also after the end of the session",
    }),
  }).optional(),
}).openapi("Analysis");

/** Every point, and what it was given or taken for. */
export const feedbackSchema = z.object({
  analysisId: z.string(),
  scores: scoresSchema,
  totalScore: z.number(),
  points: z.array(z.object({
    criterion: z.enum(CRITERIA),
    given: z.number(),
    of: z.number(),
    reason: z.string(),
  })),
  strengths: z.array(z.string()),
  improvements: z.array(z.string()),
  detailedFeedback: resultShape.detailedFeedback,
  idealAnswer: z.string(),
}).openapi("AnalysisFeedback");

/** The answer and the sample answer of its question. */
export interface AnalysisContent {
  readonly answer: string;
  readonly sampleAnswer: string;
}

function statesOf(analysis: Analysis) {
  const { analysisId, sessionId, questionId, status, isFlagged, createdAt } = analysis;
  return {
    id: analysisId,
    sessionId,
    questionId,
    status,
    flagged: isFlagged,
    createdAt: toIso(createdAt),
  };
}

function resultOf(verdict: Verdict, { processingMs }: Analysis, content: AnalysisContent) {
  const { scores, strengths, improvements, detailedFeedback, model, confidence } = verdict;
  return {
    userAnswer: content.answer,
    scores,
    totalScore: totalOf(scores),
    strengths,
    improvements,
    detailedFeedback,
    aiAnalysis: { model, confidence, processingTime: processingMs ?? 0 },
    idealAnswer: verdict.idealAnswer ?? content.sampleAnswer,
  };
}

/** Null before there is a verdict. */
export function toResult(analysis: Analysis, content: AnalysisContent): AnalysisResult | null {
  const { verdict } = analysis;
  if (verdict === null) return null;
  return { ...statesOf(analysis), ...resultOf(verdict, analysis, content) };
}

export function toAnalysis(
  analysis: Analysis,
  content: AnalysisContent,
): z.infer<typeof analysisSchema> {
  const { failure } = analysis;
  return toResult(analysis, content) ?? {
    ...statesOf(analysis),
    ...(failure !== null && {
      error: {
        message: failure.message,
        retryable: failure.isRetryable,
        transcriptMissing: failure.isTranscriptMissing,
      },
    }),
  };
}

export function toFeedback(
  { analysisId }: Analysis,
  verdict: Verdict,
  { sampleAnswer }: AnalysisContent,
): z.infer<typeof feedbackSchema> {
  const { scores, points, strengths, improvements, detailedFeedback } = verdict;
  const totalScore = totalOf(scores);
  const said = { points, strengths, improvements, detailedFeedback };
  return {
    analysisId,
    scores,
    totalScore,
    ...said,
    idealAnswer: verdict.idealAnswer ?? sampleAnswer,
  };
}
