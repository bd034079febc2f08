import type { JobCategory } from "../../job_categories.ts";
import type { Language, Question } from "../schema.ts";
import { SHIPPED_QUESTIONS } from "./shipped.ts";

/** Which questions are wanted; what is not said is any. */
export interface QuestionFilter {
  readonly category?: JobCategory;
  readonly language?: Language;
}

/** All questions that can be put. */
export interface Catalogue {
  find(questionId: string): Promise<Question | null>;
  list(filter: QuestionFilter): Promise<Question[]>;
}

export function createCatalogue(): Catalogue {
  const shipped = new Map(SHIPPED_QUESTIONS.map((question) => [question.questionId, question]));
  return {
    find: (questionId) => Promise.resolve(shipped.get(questionId) ?? null),
    list: ({ category, language }) =>
      Promise.resolve(
        SHIPPED_QUESTIONS.filter((question) =>
          (category === undefined || question.category === category) &&
          (language === undefined || question.language === language)
        ),
      ),
  };
}
