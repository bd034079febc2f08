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
  /** @throws AppError CONFLICT when there are as many as there may be */
  add(input: QuestionInput, createdBy: string): Promise<Question>;
  /**
   * Those with an id take the place of the question that has it; all or none.
   * @throws AppError NOT_FOUND for an unknown id; CONFLICT as above, or for too much at once
   */
  addAll(
    questions: readonly { readonly id?: string; readonly input: QuestionInput }[],
    createdBy: string,
  ): Promise<{ added: number; changed: number }>;
  /** @throws AppError NOT_FOUND */
  change(questionId: string, change: Partial<QuestionInput>): Promise<Question>;
  /** It is not put any more; where it was put, it still reads. @throws AppError NOT_FOUND */
  retire(questionId: string): Promise<void>;
}

/** All are held in memory. */
const MAX_QUESTIONS = 5_000;

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

  async function store(...questions: readonly Question[]): Promise<void> {
    const operation = kv.atomic();
    for (const question of questions) {
      operation.set(interviewKeys.question(question.questionId), encodeJson(question));
    }
    await operation.commit();
    for (const question of questions) known.set(question.questionId, question);
  }

  function requireRoom(more: number): void {
    if (known.size + more <= MAX_QUESTIONS) return;
    throw new AppError("CONFLICT", "There are as many questions as there may be", {
      details: { expected: `at most ${MAX_QUESTIONS} questions` },
    });
  }

  function toNew(input: QuestionInput, createdBy: string): Question {
    const now = clock.now();
    return { ...input, createdBy, createdAt: now, updatedAt: now, questionId: ids.question() };
  }

  const toChanged = (questionId: string, change: Partial<QuestionInput>): Question => ({
    ...get(questionId),
    ...change,
    updatedAt: clock.now(),
  });

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
    async add(input, createdBy) {
      requireRoom(1);
      const question = toNew(input, createdBy);
      await store(question);
      return question;
    },
    async addAll(questions, createdBy) {
      const changed = questions.flatMap(({ id, input }) =>
        id === undefined ? [] : toChanged(id, input)
      );
      const added = questions.flatMap(({ id, input }) =>
        id === undefined ? toNew(input, createdBy) : []
      );
      requireRoom(added.length);
      await store(...changed, ...added);
      return { added: added.length, changed: changed.length };
    },
    async change(questionId, change) {
      const question = toChanged(questionId, change);
      await store(question);
      return question;
    },
    retire: (questionId) => store(toChanged(questionId, { isActive: false })),
  };
}

function isWanted(question: Question, filter: QuestionFilter): boolean {
  return (filter.category === undefined || question.category === filter.category) &&
    (filter.language === undefined || question.language === filter.language) &&
    (filter.difficulty === undefined || question.difficulty === filter.difficulty) &&
    (filter.type === undefined || question.type === filter.type);
}
