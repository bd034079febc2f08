import { z } from "zod";
import { JOB_CATEGORIES, type JobCategory } from "../job_categories.ts";

export const DIFFICULTIES = ["easy", "medium", "hard"] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];
export const LANGUAGES = ["ko", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
export const QUESTION_TYPES = ["behavioral", "technical", "situational"] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];
export const USER_LEVELS = ["entry", "mid", "senior"] as const;
export const SESSION_STATUSES = ["active", "completed", "abandoned"] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** What holds for a person where they say nothing else (P-22). */
export interface Preferences {
  readonly jobCategory: JobCategory;
  readonly difficulty: Difficulty;
  readonly language: Language;
  /** Has the premium tier now (T-P17). */
  readonly isPremium: boolean;
}

/** Answers are counted in code points, after NFC (T-P01). */
export const MIN_ANSWER_CHARS = 10;
export const MAX_ANSWER_CHARS = 5_000;
const MAX_METADATA_CHARS = 200;

/** Text as a person writes it: any script, line breaks and tabs, no other control characters. */
export function freeText({ min, max }: { readonly min: number; readonly max: number }) {
  return z.string().max(max * 4).transform((text) =>
    text.replaceAll("\r\n", "\n").normalize("NFC").trim()
  ).refine((text) => !/[^\P{Cc}\n\t]/u.test(text), {
    message: "no control characters but line breaks and tabs",
  }).refine((text) => isBetween([...text].length, { min, max }), {
    message: `${min} to ${max} characters`,
  });
}

function isBetween(count: number, { min, max }: { min: number; max: number }): boolean {
  return count >= min && count <= max;
}

const shortText = freeText({ min: 0, max: MAX_METADATA_CHARS });

/** Body of `POST /api/sessions`; what is not said comes from the person's preferences. */
export const sessionInputSchema = z.object({
  category: z.enum(JOB_CATEGORIES).optional(),
  /** What `other` stands for. */
  customCategory: freeText({ min: 1, max: 100 }).optional(),
  difficulty: z.enum(DIFFICULTIES).optional(),
  language: z.enum(LANGUAGES).optional(),
  userLevel: z.enum(USER_LEVELS).default("entry"),
  /** As many as that at most; the limit of one's tier holds as well. */
  maxQuestions: z.number().int().min(1).max(100).optional(),
  metadata: z.object({ platform: shortText.default(""), sessionSource: shortText.default("") })
    .prefault({}),
});
export type SessionInput = z.infer<typeof sessionInputSchema>;

/** Body of `POST /api/questions/generate`; what is not said comes from the person's preferences. */
export const generateInputSchema = z.object({
  category: z.enum(JOB_CATEGORIES).optional(),
  customCategory: freeText({ min: 1, max: 100 }).optional(),
  difficulty: z.enum(DIFFICULTIES).optional(),
  language: z.enum(LANGUAGES).optional(),
  type: z.enum(QUESTION_TYPES).optional(),
  userLevel: z.enum(USER_LEVELS).default("entry"),
  count: z.number().int().min(1).max(5).default(1),
  /** Those that are not wanted again. */
  previousQuestions: z.array(freeText({ min: 1, max: 1_000 })).max(20).default([]),
});
export type GenerateInput = z.infer<typeof generateInputSchema>;

/** Body of `PUT /api/sessions/:id`: an answer under way, and the way to leave or to come back. */
export const sessionChangeSchema = z.object({
  answer: z.object({
    questionId: z.string().min(1).max(64),
    text: freeText({ min: 0, max: MAX_ANSWER_CHARS }),
  }).optional(),
  status: z.enum(SESSION_STATUSES).optional(),
});
export type SessionChange = z.infer<typeof sessionChangeSchema>;

/** Body of `POST /api/analysis/answer`. */
export const answerInputSchema = z.object({
  sessionId: z.string().max(64),
  questionId: z.string().min(1).max(64),
  answer: freeText({ min: MIN_ANSWER_CHARS, max: MAX_ANSWER_CHARS }),
});
export type AnswerInput = z.infer<typeof answerInputSchema>;

export const askedSchema = z.object({
  askedId: z.string(),
  questionId: z.string(),
  /** From 1. */
  order: z.number().int(),
  startedAt: z.number(),
  answeredAt: z.number().nullable(),
  /** Of its latest analysis; null before. */
  analysisId: z.string().nullable(),
  /** From 0 to 100; null before it is analysed. */
  totalScore: z.number().int().nullable(),
  /** Its latest analysis failed for good; nothing more comes unless the answer is sent again. */
  isGivenUp: z.boolean().default(false),
  /** Of its recorded answer; null without one. */
  recordingId: z.string().nullable().default(null),
});
/** A question as it was put in a session (P-16). Times are epoch milliseconds. */
export type Asked = z.infer<typeof askedSchema>;

export const sessionSchema = z.object({
  sessionId: z.string(),
  userId: z.string(),
  category: z.enum(JOB_CATEGORIES),
  customCategory: z.string().nullable(),
  difficulty: z.enum(DIFFICULTIES),
  language: z.enum(LANGUAGES),
  userLevel: z.enum(USER_LEVELS),
  status: z.enum(SESSION_STATUSES),
  /** As its person wished and their tier allowed; null for one of before that was kept. */
  maxQuestions: z.number().int().nullable().default(null),
  asked: z.array(askedSchema),
  startedAt: z.number(),
  /** When it ends by itself. */
  deadlineAt: z.number(),
  /** When its person was warned of that; null before. */
  warnedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  metadata: z.object({
    userAgent: z.string(),
    platform: z.string(),
    sessionSource: z.string(),
  }),
});
/** An interview that a person practises (P-15). */
export type Session = z.infer<typeof sessionSchema>;

export const answerSchema = z.object({
  text: z.string(),
  savedAt: z.number(),
});
/** What a person has answered so far, to a question of a session. */
export type Answer = z.infer<typeof answerSchema>;

export const practiceSchema = z.object({
  /** `YYYY-MM-DD` in the exhibition's zone; what was started on it. */
  day: z.string(),
  startedToday: z.number().int(),
  /** Questions that a service wrote for the person on it. */
  writtenToday: z.number().int().default(0),
  /** When a question was put the last time, by its id. */
  asked: z.record(z.string(), z.number()),
  /** When a question was answered the last time, by its id. */
  answered: z.record(z.string(), z.number()),
  /** Latest scores from 0 to 100 of each skill, the newest last. */
  skills: z.record(z.string(), z.array(z.number())),
});
/** What is known of a person's practice as a whole. */
export type Practice = z.infer<typeof practiceSchema>;

const questionText = freeText({ min: 1, max: 1_000 });
const criterion = freeText({ min: 0, max: 500 });

/** A question as an administrator writes it, in one language (P-17). */
export const questionInputSchema = z.object({
  category: z.enum(JOB_CATEGORIES),
  difficulty: z.enum(DIFFICULTIES),
  type: z.enum(QUESTION_TYPES),
  language: z.enum(LANGUAGES),
  question: questionText,
  /** Skills that it asks for. */
  tags: z.array(freeText({ min: 1, max: 40 })).min(1).max(10),
  /** Ways to write one keyword stand in it with `|` between. */
  expectedKeywords: z.array(freeText({ min: 1, max: 100 })).min(1).max(20),
  sampleAnswer: freeText({ min: 1, max: MAX_ANSWER_CHARS }),
  evaluationCriteria: z.object({
    understanding: criterion,
    logic: criterion,
    specificity: criterion,
    jobFit: criterion,
  }),
  isActive: z.boolean(),
});
export type QuestionInput = z.infer<typeof questionInputSchema>;

export const questionSchema = questionInputSchema.extend({
  questionId: z.string(),
  createdBy: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** For whom a service wrote it; put to nobody else until an editor saves it, which makes it null. */
  draftOf: z.string().nullable().default(null),
});
/** A question in one language (P-17). */
export type Question = z.infer<typeof questionSchema>;
