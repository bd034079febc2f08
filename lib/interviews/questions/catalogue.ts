import type { Clock } from "../../clock.ts";
import { AppError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { JobCategory } from "../../job_categories.ts";
import type { Kv } from "../../kv/port.ts";
import { interviewKeys } from "../keys.ts";
import {
  type Difficulty,
  type Language,
  type Question,
  type QuestionInput,
  type QuestionType,
} from "../schema.ts";
import { openQuestionRows } from "./question_rows.ts";
import { SHIPPED_QUESTIONS } from "./shipped.ts";

/** Which questions are wanted; what is not said is any. */
export interface QuestionFilter {
  readonly category?: JobCategory;
  readonly language?: Language;
  readonly difficulty?: Difficulty;
  readonly type?: QuestionType;
  /** Whose drafts are wanted too; without it none. */
  readonly userId?: string;
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
  /** Those that are put, in the order in which they were added. */
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
   * @throws AppError NOT_FOUND for an unknown id; CONFLICT as above
   */
  addAll(
    questions: readonly { readonly id?: string; readonly input: QuestionInput }[],
    createdBy: string,
  ): Promise<{ added: number; changed: number }>;
  /** What a service wrote for somebody; where there are too many, the oldest drafts go. */
  addDrafts(
    inputs: readonly QuestionInput[],
    by: { readonly draftOf: string; readonly createdBy: string },
  ): Promise<Question[]>;
  /** Removes a person's drafts. */
  removeDrafts(userId: string): Promise<void>;
  /** A draft becomes a question for everybody. @throws AppError NOT_FOUND */
  change(questionId: string, change: Partial<QuestionInput>): Promise<Question>;
  /** It is not put any more; where it was put, it still reads. @throws AppError NOT_FOUND */
  retire(questionId: string): Promise<void>;
}

/** All are held in memory; as many may be imported at once. */
export const MAX_QUESTIONS = 5_000;
/** Of one person, and of all. */
const MAX_DRAFTS_EACH = 50;
const MAX_DRAFTS = 1_000;

export async function openCatalogue(
  { kv, clock, ids }: { kv: Kv; clock: Clock; ids: Ids },
): Promise<Catalogue> {
  const known = new Map(SHIPPED_QUESTIONS.map((question) => [question.questionId, question]));
  const rows = await openQuestionRows(kv);
  for (const question of await rows.all()) known.set(question.questionId, question);

  function get(questionId: string): Question {
    const question = known.get(questionId);
    if (question === undefined) throw new AppError("NOT_FOUND", "Question is not known");
    return question;
  }

  async function store(
    questions: readonly Question[],
    removed: readonly Question[] = [],
  ): Promise<void> {
    await rows.store(questions, removed);
    for (const question of questions) known.set(question.questionId, question);
    for (const { questionId } of removed) known.delete(questionId);
  }

  const drafts = () => [...known.values()].filter(({ draftOf }) => draftOf !== null);

  function requireRoom(more: number): void {
    if (known.size - drafts().length + more <= MAX_QUESTIONS) return;
    throw new AppError("CONFLICT", "There are as many questions as there may be", {
      details: { expected: `at most ${MAX_QUESTIONS} questions` },
    });
  }

  function toNew(input: QuestionInput, createdBy: string): Question {
    const now = clock.now();
    const questionId = ids.question();
    return { ...input, createdBy, createdAt: now, updatedAt: now, questionId, draftOf: null };
  }

  const toChanged = (questionId: string, change: Partial<QuestionInput>): Question => ({
    ...get(questionId),
    ...change,
    draftOf: null,
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
      await store([question]);
      return question;
    },
    async addDrafts(inputs, { draftOf, createdBy }) {
      const added = inputs.map((input) => ({ ...toNew(input, createdBy), draftOf }));
      const before = drafts();
      const own = before.filter((it) => it.draftOf === draftOf);
      const surplus = new Set([
        ...own.slice(0, Math.max(0, own.length + added.length - MAX_DRAFTS_EACH)),
        ...before.slice(0, Math.max(0, before.length + added.length - MAX_DRAFTS)),
      ]);
      await store(added, [...surplus]);
      return added;
    },
    removeDrafts: (userId) => store([], drafts().filter(({ draftOf }) => draftOf === userId)),
    async addAll(questions, createdBy) {
      const changed = questions.flatMap(({ id, input }) =>
        id === undefined ? [] : toChanged(id, input)
      );
      const added = questions.flatMap(({ id, input }) =>
        id === undefined ? toNew(input, createdBy) : []
      );
      requireRoom(added.length);
      await store([...changed, ...added]);
      return { added: added.length, changed: changed.length };
    },
    async change(questionId, change) {
      const question = toChanged(questionId, change);
      await store([question]);
      return question;
    },
    retire: (questionId) => store([toChanged(questionId, { isActive: false })]),
  };
}

function isWanted(question: Question, filter: QuestionFilter): boolean {
  return (question.draftOf === null || question.draftOf === filter.userId) &&
    (filter.category === undefined || question.category === filter.category) &&
    (filter.language === undefined || question.language === filter.language) &&
    (filter.difficulty === undefined || question.difficulty === filter.difficulty) &&
    (filter.type === undefined || question.type === filter.type);
}
