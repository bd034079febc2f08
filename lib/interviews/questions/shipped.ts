import { z } from "zod";
import { JOB_CATEGORIES } from "../../job_categories.ts";
import {
  DIFFICULTIES,
  type Language,
  LANGUAGES,
  type Question,
  QUESTION_TYPES,
  type QuestionType,
} from "../schema.ts";
import { BANK } from "./bank/mod.ts";

const textSchema = z.strictObject({
  question: z.string(),
  keywords: z.array(z.string()),
  sampleAnswer: z.string(),
  criteria: z.strictObject({
    understanding: z.string(),
    logic: z.string().optional(),
    specificity: z.string().optional(),
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
type Entry = z.infer<typeof entrySchema>;

/** When the bank was written, epoch milliseconds. */
const WRITTEN_AT = Date.UTC(2026, 10, 21);

/** What is asked of the order and the detail of an answer is the same for all of a type. */
const USUAL: Record<Language, Record<QuestionType, { logic: string; specificity: string }>> = {
  ko: {
    behavioral: {
      logic: "상황, 과제, 행동, 결과의 순서로 이어진다",
      specificity: "기간, 규모, 결과를 숫자와 사례로 말한다",
    },
    technical: {
      logic: "원리, 이유, 적용, 결과의 순서로 이어진다",
      specificity: "정확한 용어를 쓰고 실제로 적용한 예와 측정값을 든다",
    },
    situational: {
      logic: "판단 기준, 순서, 선택지, 확인의 차례로 이어진다",
      specificity: "해 본 경험이나 시간과 수치를 들어 말한다",
    },
  },
  en: {
    behavioral: {
      logic: "Goes through situation, task, action and result",
      specificity: "Gives period, size and result in numbers and examples",
    },
    technical: {
      logic: "Goes through principle, reason, application and result",
      specificity: "Uses exact terms, an applied example and measured values",
    },
    situational: {
      logic: "Goes through criteria, order, options and checking",
      specificity: "Gives experience, times and numbers",
    },
  },
};

/** The questions that come with the program, each in each language. */
export const SHIPPED_QUESTIONS: readonly Question[] = JOB_CATEGORIES.flatMap((category) =>
  z.array(entrySchema).parse(BANK[category]).flatMap((entry) =>
    LANGUAGES.map((language): Question => ({ ...toQuestion(entry, language), category }))
  )
);

function toQuestion(entry: Entry, language: Language): Omit<Question, "category"> {
  const { question, keywords, sampleAnswer, criteria } = entry[language];
  return {
    questionId: `${entry.id}-${language}`,
    difficulty: entry.difficulty,
    type: entry.type,
    language,
    question,
    tags: entry.tags,
    expectedKeywords: keywords,
    sampleAnswer,
    evaluationCriteria: { ...USUAL[language][entry.type], ...criteria },
    isActive: true,
    createdBy: "docent",
    createdAt: WRITTEN_AT,
    updatedAt: WRITTEN_AT,
    draftOf: null,
  };
}
