import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { interviewKeys } from "./keys.ts";
import { type Practice, practiceSchema } from "./schema.ts";

/** Questions that are remembered of a person; of more, the longest ago are forgotten. */
const MAX_ASKED = 500;

const NONE: Practice = { day: "", startedToday: 0, asked: {}, skills: {} };

/** What is known of each person's practice as a whole. */
export interface PracticeStore {
  find(userId: string): Promise<Practice>;
  stage(operation: Deno.AtomicOperation, userId: string, practice: Practice): void;
}

export function createPracticeStore(kv: Kv): PracticeStore {
  return {
    async find(userId) {
      const { key, value } = await kv.get(interviewKeys.practice(userId));
      return value === null ? NONE : decodeJson(key, value, practiceSchema);
    },
    stage: (operation, userId, practice) =>
      void operation.set(interviewKeys.practice(userId), encodeJson(practice)),
  };
}

/** A question is put to the person. */
export function withAsked(
  practice: Practice,
  { questionId, now }: { readonly questionId: string; readonly now: number },
): Practice {
  const asked = Object.entries({ ...practice.asked, [questionId]: now });
  const kept = asked.toSorted(([, a], [, b]) => b - a).slice(0, MAX_ASKED);
  return { ...practice, asked: Object.fromEntries(kept) };
}

/** Mean of what is known of each skill. */
export function skillMeans({ skills }: Practice): Map<string, number> {
  return new Map(
    Object.entries(skills).map(([tag, scores]) => [
      tag,
      scores.reduce((sum, score) => sum + score, 0) / scores.length,
    ]),
  );
}
