import type { Kv } from "../../kv/port.ts";
import { interviewKeys } from "../keys.ts";

/** How often a question was put, and how it was answered. */
export interface QuestionUse {
  readonly usageCount: number;
  /** From 0 to 100; 0 without an analysed answer. */
  readonly averageScore: number;
}

export interface QuestionUses {
  use(questionId: string): Promise<QuestionUse>;
  /** A question is put. */
  stageUse(operation: Deno.AtomicOperation, questionId: string): void;
  /** An answer is scored, from 0 to 100. */
  stageScore(operation: Deno.AtomicOperation, questionId: string, score: number): void;
}

export function createQuestionUses(kv: Kv): QuestionUses {
  async function count(questionId: string, of: "asked" | "scored" | "points"): Promise<number> {
    const { value } = await kv.get<Deno.KvU64>(interviewKeys.questionCount(questionId, of));
    return Number(value?.value ?? 0n);
  }

  return {
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
  };
}
