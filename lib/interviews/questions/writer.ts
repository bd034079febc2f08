import { z } from "zod";
import type { JobCategory } from "../../job_categories.ts";
import { type AskingDeps, createAsking } from "../analysis/asking.ts";
import {
  objectOf,
  ofEach,
  oneLine,
  type Prompt,
  string,
  strings,
  withMaterial,
} from "../analysis/wording.ts";
import {
  type Difficulty,
  type Language,
  QUESTION_TYPES,
  type QuestionInput,
  questionInputSchema,
  type QuestionType,
} from "../schema.ts";

/** What questions are wanted. */
export interface QuestionWish {
  readonly category: JobCategory;
  /** What `other` stands for. */
  readonly customCategory: string | null;
  readonly difficulty: Difficulty;
  readonly language: Language;
  /** Null for any. */
  readonly type: QuestionType | null;
  readonly userLevel: "entry" | "mid" | "senior";
  readonly count: number;
  /** Texts of questions that are not wanted again (P-21). */
  readonly avoid: readonly string[];
}

export interface WrittenQuestions {
  /** Name of who wrote them. */
  readonly model: string;
  /** At least one, and as many as were wished for at most. */
  readonly questions: readonly QuestionInput[];
}

/** Writes questions that were not there before (P-20). */
export interface QuestionWriter {
  /**
   * Null when it can write none now.
   * @throws the reason of the signal when that stops it
   */
  write(wish: QuestionWish, signal: AbortSignal): Promise<WrittenQuestions | null>;
}

/** A question with its sample answer, in Korean too. */
const TOKENS_EACH = 1_500;

/** Has an OpenAI-compatible service write. */
export function createRemoteWriter(deps: AskingDeps): QuestionWriter {
  const ask = createAsking(deps);
  const { model, writeTimeoutSec: timeoutSec } = deps.settings;
  return {
    async write(wish, signal) {
      const questions = await ask({
        task: "questions",
        toPrompt: (mark) => toQuestionPrompt(wish, mark),
        replySchema: QUESTIONS_JSON_SCHEMA,
        maxReplyTokens: TOKENS_EACH * wish.count,
        timeoutSec,
        parse: (content) => parseQuestions(content, wish),
      }, signal);
      return questions && { model, questions };
    },
  };
}

/**
 * Asks for questions, and names those to avoid (P-21).
 * @param mark random
 */
export function toQuestionPrompt(wish: QuestionWish, mark: string): Prompt {
  const { category, customCategory, difficulty, type, userLevel, count, avoid } = wish;
  const language = wish.language === "ko" ? "Korean" : "English";
  const material = {
    position: category,
    customPosition: customCategory,
    level: userLevel,
    difficulty,
    type,
    count,
    avoid,
  };
  return withMaterial(mark, material, [
    "You write questions for people who practise job interviews.",
    "Write as many as count says, for the position, the level and the difficulty in the material,",
    "such as are often put in real interviews and ask for a detailed, specific answer. None may be",
    "one of those in avoid, nor ask the same in other words.",
    `Each is of one type: ${QUESTION_TYPES.join(", ")}; where type is not null, of that one.`,
    "Each has 1 to 5 tags (skills in English, lower case, with hyphens), 3 to 8 expectedKeywords",
    "(ways to write one stand with | between), a sampleAnswer of 80 to 150 words with an example",
    "and numbers, and for each evaluationCriteria one sentence on what to look at.",
    `Write all but the tags in ${language}, without markup.`,
  ]);
}

const MAX_KEYWORDS = 20;
const MAX_TAGS = 10;

const some = (maxChars: number, maxItems: number) =>
  z.array(oneLine(maxChars)).transform((items) =>
    [...new Set(items.filter((item) => item !== ""))].slice(0, maxItems)
  );
const criterion = oneLine(500);

const repliesSchema = z.object({
  questions: z.array(z.object({
    question: oneLine(1_000),
    type: z.enum(QUESTION_TYPES),
    tags: some(40, MAX_TAGS),
    expectedKeywords: some(100, MAX_KEYWORDS),
    sampleAnswer: oneLine(5_000),
    evaluationCriteria: z.object({
      understanding: criterion,
      logic: criterion,
      specificity: criterion,
      jobFit: criterion,
    }),
  })),
});

/**
 * Reads what a service answered: texts are cut, and what was wished for counts more than what it
 * says. Questions that are to be avoided are left out.
 * @throws Error when nothing is left, or it is not what was asked for
 */
export function parseQuestions(content: string, wish: QuestionWish): QuestionInput[] {
  const { category, difficulty, language } = wish;
  const known = new Set(wish.avoid.map(sameText));
  const questions: QuestionInput[] = [];
  for (const reply of repliesSchema.parse(JSON.parse(content)).questions) {
    const type = wish.type ?? reply.type;
    const given = { ...reply, category, difficulty, language, type, isActive: true };
    const { success, data } = questionInputSchema.safeParse(given);
    if (!success || known.has(sameText(data.question))) continue;
    known.add(sameText(data.question));
    questions.push(data);
  }
  if (questions.length === 0) throw new Error("Reply has no question that can be used");
  return questions.slice(0, wish.count);
}

/** Letters and digits alone: the same question with another comma is the same. */
export function sameText(question: string): string {
  return question.normalize("NFKC").toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");
}

const QUESTIONS_JSON_SCHEMA = objectOf({
  questions: {
    type: "array",
    items: objectOf({
      question: string,
      type: { type: "string", enum: QUESTION_TYPES },
      tags: strings,
      expectedKeywords: strings,
      sampleAnswer: string,
      evaluationCriteria: objectOf(ofEach(string)),
    }),
  },
});
