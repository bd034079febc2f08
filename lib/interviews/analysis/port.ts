import { z } from "zod";
import type { JobCategory } from "../../job_categories.ts";
import type { Language, Question } from "../schema.ts";

/** What answers are judged by, each from 0 to 25 (P-18). */
export const CRITERIA = ["understanding", "logic", "specificity", "jobFit"] as const;
export type Criterion = (typeof CRITERIA)[number];
export const MAX_CRITERION = 25;

const score = z.number().int().min(0).max(MAX_CRITERION);
export const scoresSchema = z.object({
  understanding: score,
  logic: score,
  specificity: score,
  jobFit: score,
});
export type Scores = z.infer<typeof scoresSchema>;

export const verdictSchema = z.object({
  scores: scoresSchema,
  /** What was given and taken, and why; what is taken has a minus and is of nothing. */
  points: z.array(z.object({
    criterion: z.enum(CRITERIA),
    given: z.number().int(),
    of: z.number().int(),
    reason: z.string(),
  })),
  strengths: z.array(z.string()),
  improvements: z.array(z.string()),
  detailedFeedback: z.object({
    grammar: z.string(),
    structure: z.string(),
    content: z.string(),
    suggestions: z.array(z.string()),
  }),
  /** Null where who judged wrote none: then the sample answer of the question stands for it. */
  idealAnswer: z.string().nullable().default(null),
  /** Name of who judged. */
  model: z.string(),
  /** From 0 to 1. */
  confidence: z.number().min(0).max(1),
});
/** What an analyser says of an answer. */
export type Verdict = z.infer<typeof verdictSchema>;

/** An answer to judge, and what it answers (P-20). */
export interface Submission {
  readonly question: Question;
  readonly answer: string;
  readonly language: Language;
  readonly category: JobCategory;
  readonly customCategory: string | null;
  readonly userLevel: "entry" | "mid" | "senior";
  /** Given before in the same interview, the newest last. */
  readonly previousAnswers: readonly string[];
  /** Seconds from the interview's start to this answer. */
  readonly sessionSec: number;
}

/** Judges answers; there is a local one, and one that asks a service. */
export interface Analyser {
  /** @throws when it cannot judge now; aborted by the signal at the latest */
  analyse(submission: Submission, signal: AbortSignal): Promise<Verdict>;
}

export function totalOf(scores: Scores): number {
  return CRITERIA.reduce((sum, criterion) => sum + scores[criterion], 0);
}
