import { z } from "zod";
import type { JobCategory } from "../../job_categories.ts";
import { DIFFICULTIES, LANGUAGES, type Question, QUESTION_TYPES } from "../schema.ts";
import other from "./bank/other.json" with { type: "json" };

const textSchema = z.strictObject({
  question: z.string(),
  keywords: z.array(z.string()),
  sampleAnswer: z.string(),
  criteria: z.strictObject({
    understanding: z.string(),
    logic: z.string(),
    specificity: z.string(),
    jobFit: z.string(),
  }),
});

/** One question of a file in `bank/`, in all languages. */
const entrySchema = z.strictObject({
  id: z.string(),
  difficulty: z.enum(DIFFICULTIES),
  type: z.enum(QUESTION_TYPES),
  tags: z.array(z.string()),
  ko: textSchema,
  en: textSchema,
});

const BANK: Partial<Record<JobCategory, unknown>> = { other };

/** The questions that come with the program, each in each language. */
export const SHIPPED_QUESTIONS: readonly Question[] = Object.entries(BANK).flatMap(
  ([category, entries]) =>
    z.array(entrySchema).parse(entries).flatMap((entry) =>
      LANGUAGES.map((language): Question => {
        const { question, keywords, sampleAnswer, criteria } = entry[language];
        return {
          questionId: `${entry.id}-${language}`,
          category: category as JobCategory,
          difficulty: entry.difficulty,
          type: entry.type,
          language,
          question,
          tags: entry.tags,
          expectedKeywords: keywords,
          sampleAnswer,
          evaluationCriteria: criteria,
        };
      })
    ),
);
