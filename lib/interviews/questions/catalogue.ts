import type { Clock } from "../../clock.ts";
import { AppError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { JobCategory } from "../../job_categories.ts";
import { decodeJson, encodeJson } from "../../kv/json_value.ts";
import type { Kv } from "../../kv/port.ts";
import { interviewKeys } from "../keys.ts";
import {
  type Difficulty,
  type Language,
  type Question,
  type QuestionInput,
  questionSchema,
  type QuestionType,
} from "../schema.ts";
import { SHIPPED_QUESTIONS } from "./shipped.ts";

/** Which questions are wanted; what is not said is any. */
export interface QuestionFilter {
  readonly category?: JobCategory;
  readonly language?: Language;
  readonly difficulty?: Difficulty;
  readonly type?: QuestionType;
}

/** How often a question was put, and how it was answered. */
export interface QuestionUse {
  readonly usageCount: number;
  /** From 0 to 100; 0 without an analysed answer. */
  readonly averageScore: number;
}

/** All questions: those that come with the program, as administrators changed and added to them. */
export interface Catalogue {
  /** Also one that is not put any more. */
  find(questionId: string): Question | null;
  /** Those that are put. */
  list(filter: QuestionFilter): Question[];
  all(): Question[];
  use(questionId: string): Promise<QuestionUse>;
  /** A question is put. */
  stageUse(operation: Deno.AtomicOperation, questionId: string): void;
  /** An answer is scored, from 0 to 100. */
  stageScore(operation: Deno.AtomicOperation, questionId: string, score: number): void;
  add(input: QuestionInput, createdBy: string): Promise<Question>;
  /** @throws AppError NOT_FOUND */
  change(questionId: string, change: Partial<QuestionInput>): Promise<Question>;
  /** It is not put any more; where it was put, it still reads. @throws AppError NOT_FOUND */
  retire(questionId: string): Promise<void>;
}

export async function openCatalogue(
  { kv, clock, ids }: { kv: Kv; clock: Clock; ids: Ids },
): Promise<Catalogue> {
  const known = new Map(SHIPPED_QUESTIONS.map((question) => [question.questionId, question]));
  for await (const { key, value } of kv.list({ prefix: interviewKeys.questions })) {
    const question = decodeJson(key, value, questionSchema);
    known.set(question.questionId, question);
  }

  function get(questionId: string): Question {
    const question = known.get(questionId);
    if (question === undefined) throw new AppError("NOT_FOUND", "Question is not known");
    return question;
  }

  async function store(question: Question): Promise<Question> {
    await kv.set(interviewKeys.question(question.questionId), encodeJson(question));
    known.set(question.questionId, question);
    return question;
  }

  async function count(questionId: string, of: "asked" | "scored" | "points"): Promise<number> {
    const { value } = await kv.get<Deno.KvU64>(interviewKeys.questionCount(questionId, of));
    return Number(value?.value ?? 0n);
  }

  return {
    find: (questionId) => known.get(questionId) ?? null,
    list: (filter) => [...known.values()].filter((it) => it.isActive && isWanted(it, filter)),
    all: () => [...known.values()],
    async use(questionId) {
      const scored = await count(questionId, "scored");
      const points = await count(questionId, "points");
      return {
        usageCount: await count(questionId, "asked"),
        averageScore: scored === 0 ? 0 : Math.round(points / scored * 10) / 10,
      };
    },
    stageUse: (operation, questionId) =>
      void operation.sum(interviewKeys.questionCount(questionId, "asked"), 1n),
    stageScore(operation, questionId, score) {
      operation.sum(interviewKeys.questionCount(questionId, "scored"), 1n);
      operation.sum(interviewKeys.questionCount(questionId, "points"), BigInt(score));
    },
    add(input, createdBy) {
      const now = clock.now();
      const stamps = { createdBy, createdAt: now, updatedAt: now };
      return store({ ...input, ...stamps, questionId: ids.question() });
    },
    change: async (questionId, change) =>
      await store({ ...get(questionId), ...change, updatedAt: clock.now() }),
    async retire(questionId) {
      await store({ ...get(questionId), isActive: false, updatedAt: clock.now() });
    },
  };
}

function isWanted(question: Question, filter: QuestionFilter): boolean {
  return (filter.category === undefined || question.category === filter.category) &&
    (filter.language === undefined || question.language === filter.language) &&
    (filter.difficulty === undefined || question.difficulty === filter.difficulty) &&
    (filter.type === undefined || question.type === filter.type);
}
