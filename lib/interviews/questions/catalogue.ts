import { AppError } from "../../errors.ts";
import type { JobCategory } from "../../job_categories.ts";
import type { Difficulty, Language, Question, QuestionInput, QuestionType } from "../schema.ts";
import { createDrafts, type Drafts } from "./drafts.ts";
import { openQuestionBook, type QuestionBook, type QuestionBookDeps } from "./question_book.ts";
import { createQuestionUses, type QuestionUses } from "./question_use.ts";

/** Which questions are wanted; what is not said is any. */
export interface QuestionFilter {
  readonly category?: JobCategory;
  readonly language?: Language;
  readonly difficulty?: Difficulty;
  readonly type?: QuestionType;
  /** Whose drafts are wanted too; without it none. */
  readonly userId?: string;
}

/** All questions: those that come with the program, as administrators changed and added to them. */
export interface Catalogue extends QuestionUses, Drafts {
  /** Also one that is not put any more. */
  find(questionId: string): Question | null;
  /** Those that are put, in the order in which they were added. */
  list(filter: QuestionFilter): Question[];
  all(): Question[];
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
  /** A draft becomes a question for everybody. @throws AppError NOT_FOUND */
  change(questionId: string, change: Partial<QuestionInput>): Promise<Question>;
  /** It is not put any more; where it was put, it still reads. @throws AppError NOT_FOUND */
  retire(questionId: string): Promise<void>;
}

/** All are held in memory; as many may be imported at once. */
export const MAX_QUESTIONS = 5_000;

export async function openCatalogue(deps: QuestionBookDeps): Promise<Catalogue> {
  const book = await openQuestionBook(deps);
  const { known } = book;
  return {
    ...createQuestionUses(deps.kv),
    ...createDrafts(book),
    find: (questionId) => known.get(questionId) ?? null,
    list: (filter) => [...known.values()].filter((it) => it.isActive && isWanted(it, filter)),
    all: () => [...known.values()],
    async add(input, createdBy) {
      requireRoom(book, 1);
      const question = book.toNew(input, createdBy);
      await book.store([question]);
      return question;
    },
    async addAll(questions, createdBy) {
      const changed = questions.flatMap(({ id, input }) =>
        id === undefined ? [] : book.toChanged(id, input)
      );
      const added = questions.flatMap(({ id, input }) =>
        id === undefined ? book.toNew(input, createdBy) : []
      );
      requireRoom(book, added.length);
      await book.store([...changed, ...added]);
      return { added: added.length, changed: changed.length };
    },
    async change(questionId, change) {
      const question = book.toChanged(questionId, change);
      await book.store([question]);
      return question;
    },
    retire: (questionId) => book.store([book.toChanged(questionId, { isActive: false })]),
  };
}

/** Drafts have bounds of their own. @throws AppError CONFLICT */
function requireRoom({ known, drafts }: QuestionBook, more: number): void {
  if (known.size - drafts().length + more <= MAX_QUESTIONS) return;
  throw new AppError("CONFLICT", "There are as many questions as there may be", {
    details: { expected: `at most ${MAX_QUESTIONS} questions` },
  });
}

function isWanted(question: Question, filter: QuestionFilter): boolean {
  return (question.draftOf === null || question.draftOf === filter.userId) &&
    (filter.category === undefined || question.category === filter.category) &&
    (filter.language === undefined || question.language === filter.language) &&
    (filter.difficulty === undefined || question.difficulty === filter.difficulty) &&
    (filter.type === undefined || question.type === filter.type);
}
