import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { CRITERIA, totalOf, type Verdict } from "./analysis/port.ts";
import { interviewKeys } from "./keys.ts";
import { type Practice, practiceSchema } from "./schema.ts";

/** Questions asked or answered that are remembered; of more, the longest ago are forgotten. */
const MAX_REMEMBERED = 300;

/** Of each skill. */
const MAX_SCORES = 10;

const NONE: Practice = {
  day: "",
  startedToday: 0,
  writtenToday: 0,
  asked: {},
  answered: {},
  skills: {},
};

/** What is known of each person's practice as a whole. */
export interface PracticeStore {
  find(userId: string): Promise<Practice>;
  /** False for who has not practised yet, and who was forgotten. */
  exists(userId: string): Promise<boolean>;
  stage(operation: Deno.AtomicOperation, userId: string, practice: Practice): void;
}

export function createPracticeStore(kv: Kv): PracticeStore {
  return {
    async find(userId) {
      const { key, value } = await kv.get(interviewKeys.practice(userId));
      return value === null ? NONE : decodeJson(key, value, practiceSchema);
    },
    exists: async (userId) => (await kv.get(interviewKeys.practice(userId))).value !== null,
    stage: (operation, userId, practice) =>
      void operation.set(interviewKeys.practice(userId), encodeJson(practice)),
  };
}

/** A question is put to the person. */
export function withAsked(
  practice: Practice,
  { questionId, now }: { readonly questionId: string; readonly now: number },
): Practice {
  return { ...practice, asked: withLatest(practice.asked, questionId, now) };
}

/** A question is answered by the person. */
export function withAnswered(
  practice: Practice,
  { questionId, now }: { readonly questionId: string; readonly now: number },
): Practice {
  return { ...practice, answered: withLatest(practice.answered, questionId, now) };
}

function withLatest(
  times: Readonly<Record<string, number>>,
  questionId: string,
  now: number,
): Record<string, number> {
  const all = Object.entries({ ...times, [questionId]: now });
  return Object.fromEntries(all.toSorted(([, a], [, b]) => b - a).slice(0, MAX_REMEMBERED));
}

/** An answer is judged: its score counts for the skills of its question, and by criterion. */
export function withScores(
  practice: Practice,
  { tags, verdict }: {
    readonly tags: readonly string[];
    readonly verdict: Pick<Verdict, "scores">;
  },
): Practice {
  const { scores } = verdict;
  const added = [
    ...tags.map((tag) => [tag, totalOf(scores)] as const),
    ...CRITERIA.map((criterion) => [criterion, scores[criterion] * 4] as const),
  ];
  const skills = { ...practice.skills };
  for (const [skill, score] of added) {
    skills[skill] = [...(skills[skill] ?? []), score].slice(-MAX_SCORES);
  }
  return { ...practice, skills };
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
