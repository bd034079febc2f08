import { AppError } from "../../errors.ts";
import type { Kv } from "../../kv/port.ts";
import type { Sealer } from "../../sealing.ts";
import { interviewKeys } from "../keys.ts";
import { type Analysis, analysisSchema } from "./analysis_schema.ts";

/** What becomes of answers, stored sealed (P-30). */
export interface AnalysisStore {
  find(userId: string, analysisId: string): Promise<Analysis | null>;
  /** @throws AppError NOT_FOUND */
  get(userId: string, analysisId: string): Promise<Analysis>;
  stage(operation: Deno.AtomicOperation, analysis: Analysis): Promise<void>;
}

export function createAnalysisStore({ kv, sealer }: { kv: Kv; sealer: Sealer }): AnalysisStore {
  async function find(userId: string, analysisId: string): Promise<Analysis | null> {
    const { key, value } = await kv.get(interviewKeys.analysis(userId, analysisId));
    return value === null ? null : await sealer.open(key, value, analysisSchema);
  }

  return {
    find,
    async get(userId, analysisId) {
      const analysis = await find(userId, analysisId);
      if (analysis === null) throw new AppError("NOT_FOUND", "Analysis is not known");
      return analysis;
    },
    async stage(operation, analysis) {
      const key = interviewKeys.analysis(analysis.userId, analysis.analysisId);
      operation.set(key, await sealer.seal(key, analysis));
    },
  };
}
