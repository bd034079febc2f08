import { z } from "@hono/zod-openapi";
import { toIso } from "../../../lib/clock.ts";
import {
  DIFFICULTIES,
  LANGUAGES,
  type Question,
  QUESTION_TYPES,
  questionInputSchema,
  type QuestionUse,
} from "../../../lib/interviews/mod.ts";
import { JOB_CATEGORIES } from "../../../lib/job_categories.ts";

const criteriaSchema = z.object({
  understanding: z.string(),
  logic: z.string(),
  specificity: z.string(),
  jobFit: z.string(),
});

/** What is given away to who has answered, and to administrators (T-P07). */
const solution = { expectedKeywords: z.array(z.string()), sampleAnswer: z.string() };

const open = {
  id: z.string(),
  category: z.enum(JOB_CATEGORIES),
  difficulty: z.enum(DIFFICULTIES),
  type: z.enum(QUESTION_TYPES),
  language: z.enum(LANGUAGES),
  question: z.string(),
  tags: z.array(z.string()),
  evaluationCriteria: criteriaSchema,
};

export const questionSchema = z.object({ ...open, ...z.object(solution).partial().shape })
  .openapi("Question");

export const managedQuestionSchema = z.object({
  ...open,
  ...solution,
  isActive: z.boolean(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  draftOf: z.string().nullable().openapi({
    description: "For whom a service wrote it; null for what everybody may be asked",
  }),
  usageCount: z.number(),
  averageScore: z.number(),
}).openapi("ManagedQuestion");

/** Body of an administrator's new question; one that is changed may name a part of it. */
export const newQuestionSchema = questionInputSchema.extend({
  language: z.enum(LANGUAGES).default("ko"),
  isActive: z.boolean().default(true),
});
export const questionChangeSchema = questionInputSchema.partial();

/** A question as people see it, with its solution or without. */
export function toQuestion(
  question: Question,
  { solved }: { readonly solved: boolean },
): z.infer<typeof questionSchema> {
  const { questionId, expectedKeywords, sampleAnswer } = question;
  const { category, difficulty, type, language, tags, evaluationCriteria } = question;
  return {
    id: questionId,
    category,
    difficulty,
    type,
    language,
    question: question.question,
    tags,
    evaluationCriteria,
    ...(solved && { expectedKeywords, sampleAnswer }),
  };
}

/** A question with everything, for administrators (P-17). */
export function toManagedQuestion(
  { questionId, createdAt, updatedAt, ...rest }: Question,
  use: QuestionUse,
): z.infer<typeof managedQuestionSchema> {
  const stamps = { createdAt: toIso(createdAt), updatedAt: toIso(updatedAt) };
  return { id: questionId, ...rest, ...stamps, ...use };
}
