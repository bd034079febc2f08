import type { Question, QuestionInput } from "../schema.ts";
import type { QuestionBook } from "./question_book.ts";

/** Of one person, and of all. */
const MAX_DRAFTS_EACH = 50;
const MAX_DRAFTS = 1_000;

export interface Drafts {
  /** What a service wrote for somebody; where there are too many, the oldest drafts go. */
  addDrafts(
    inputs: readonly QuestionInput[],
    by: { readonly draftOf: string; readonly createdBy: string },
  ): Promise<Question[]>;
  /** Removes a person's drafts. */
  removeDrafts(userId: string): Promise<void>;
}

export function createDrafts(book: QuestionBook): Drafts {
  return {
    async addDrafts(inputs, { draftOf, createdBy }) {
      const added = inputs.map((input) => ({ ...book.toNew(input, createdBy), draftOf }));
      const before = book.drafts();
      const own = before.filter((it) => it.draftOf === draftOf);
      const surplus = new Set([
        ...own.slice(0, Math.max(0, own.length + added.length - MAX_DRAFTS_EACH)),
        ...before.slice(0, Math.max(0, before.length + added.length - MAX_DRAFTS)),
      ]);
      await book.replace([...surplus], added);
      return added;
    },
    removeDrafts: (userId) =>
      book.replace(book.drafts().filter(({ draftOf }) => draftOf === userId), []),
  };
}
