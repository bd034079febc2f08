import type { Clock } from "../../clock.ts";
import { AppError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { Kv } from "../../kv/port.ts";
import type { Question, QuestionInput } from "../schema.ts";
import { openQuestionRows } from "./question_rows.ts";
import { SHIPPED_QUESTIONS } from "./shipped.ts";

/** All questions in memory, as they are stored. */
export interface QuestionBook {
  readonly known: ReadonlyMap<string, Question>;
  drafts(): Question[];
  toNew(input: QuestionInput, createdBy: string): Question;
  /** A draft becomes a question for everybody. @throws AppError NOT_FOUND */
  toChanged(questionId: string, change: Partial<QuestionInput>): Question;
  /** All or none, however many they are. */
  store(questions: readonly Question[]): Promise<void>;
  /** In one commit, so only as many as that takes. */
  replace(removed: readonly Question[], added: readonly Question[]): Promise<void>;
}

export interface QuestionBookDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  /** A question as it was changed cannot be read; the one that comes with the program holds. */
  readonly onUnreadable: (error: unknown) => void;
}

export async function openQuestionBook(
  { kv, clock, ids, onUnreadable }: QuestionBookDeps,
): Promise<QuestionBook> {
  const known = new Map(SHIPPED_QUESTIONS.map((question) => [question.questionId, question]));
  const rows = await openQuestionRows(kv);
  const keep = (questions: readonly Question[]) => {
    for (const question of questions) known.set(question.questionId, question);
  };
  keep(await rows.all(onUnreadable));

  return {
    known,
    drafts: () => [...known.values()].filter(({ draftOf }) => draftOf !== null),
    toNew(input, createdBy) {
      const now = clock.now();
      const questionId = ids.question();
      return { ...input, createdBy, createdAt: now, updatedAt: now, questionId, draftOf: null };
    },
    toChanged(questionId, change) {
      const question = known.get(questionId);
      if (question === undefined) throw new AppError("NOT_FOUND", "Question is not known");
      return { ...question, ...change, draftOf: null, updatedAt: clock.now() };
    },
    async store(questions) {
      await rows.store(questions);
      keep(questions);
    },
    async replace(removed, added) {
      await rows.replace(removed, added);
      keep(added);
      for (const { questionId } of removed) known.delete(questionId);
    },
  };
}
