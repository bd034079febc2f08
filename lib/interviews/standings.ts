import { z } from "zod";
import { JOB_CATEGORIES, type JobCategory } from "../job_categories.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { CRITERIA, type Criterion, type Scores, totalOf } from "./analysis/port.ts";
import { interviewKeys } from "./keys.ts";

const sum = z.number().int();
const standingSchema = z.object({
  answers: sum,
  understanding: sum,
  logic: sum,
  specificity: sum,
  jobFit: sum,
});
/** Judged answers of a person in one category, and the sum of their points by criterion. */
export type Standing = z.infer<typeof standingSchema>;

/** How a person's answers compare with those of the others, in one category. */
export interface Benchmark {
  readonly category: JobCategory;
  readonly answers: number;
  /** From 0 to 100. */
  readonly averageScore: number;
  /** Each from 0 to 25. */
  readonly scores: Scores;
  /** Null where they are too few to be compared with (T-P14). */
  readonly others: Others | null;
}

export interface Others {
  readonly people: number;
  /** Mean of their means. */
  readonly averageScore: number;
  readonly scores: Scores;
  /** Share of them whose mean is lower than the person's, in percent. */
  readonly percentile: number;
}

/** Fewer would tell of each one (T-P14). */
export const MIN_OTHERS = 5;
/** Of a category, that are read for a comparison; more would change little. */
const MAX_COMPARED = 5_000;

const NONE: Standing = { answers: 0, understanding: 0, logic: 0, specificity: 0, jobFit: 0 };

/** Where people stand in each category; small rows, so that comparing reads few bytes. */
export interface Standings {
  /** Of the person's turn; an answer more is judged. */
  stage(
    operation: Deno.AtomicOperation,
    who: { readonly userId: string; readonly category: JobCategory },
    scores: Scores,
  ): Promise<void>;
  /** Of those categories in which the person has a judged answer. */
  benchmarks(userId: string): Promise<Benchmark[]>;
  remove(userId: string): Promise<void>;
}

export function createStandings(kv: Kv): Standings {
  async function find(category: JobCategory, userId: string): Promise<Standing | null> {
    const { key, value } = await kv.get(interviewKeys.standing(category, userId));
    return value === null ? null : decodeJson(key, value, standingSchema);
  }

  async function othersOf(category: JobCategory, userId: string): Promise<Standing[]> {
    const others: Standing[] = [];
    const options = { limit: MAX_COMPARED, batchSize: 500 };
    const prefix = interviewKeys.standings(category);
    for await (const { key, value } of kv.list({ prefix }, options)) {
      if (key.at(-1) !== userId) others.push(decodeJson(key, value, standingSchema));
    }
    return others;
  }

  return {
    async stage(operation, { userId, category }, scores) {
      const before = await find(category, userId) ?? NONE;
      const after = { ...before, answers: before.answers + 1 };
      for (const criterion of CRITERIA) after[criterion] += scores[criterion];
      operation.set(interviewKeys.standing(category, userId), encodeJson(after));
    },
    async benchmarks(userId) {
      const found: Benchmark[] = [];
      for (const category of JOB_CATEGORIES) {
        const own = await find(category, userId);
        if (own === null) continue;
        found.push(toBenchmark(category, own, await othersOf(category, userId)));
      }
      return found;
    },
    async remove(userId) {
      const operation = kv.atomic();
      for (const category of JOB_CATEGORIES) {
        operation.delete(interviewKeys.standing(category, userId));
      }
      await operation.commit();
    },
  };
}

function toBenchmark(
  category: JobCategory,
  own: Standing,
  others: readonly Standing[],
): Benchmark {
  const scores = meansOf(own);
  const averageScore = rounded(totalOf(scores));
  const shown = { category, answers: own.answers, averageScore, scores: roundedAll(scores) };
  return { ...shown, others: others.length < MIN_OTHERS ? null : compare(scores, others) };
}

function compare(own: Scores, standings: readonly Standing[]): Others {
  const means = standings.map(meansOf);
  const mean = (pick: (scores: Scores) => number) =>
    means.reduce((total, scores) => total + pick(scores), 0) / means.length;
  const lower = means.filter((scores) => totalOf(scores) < totalOf(own)).length;
  return {
    people: means.length,
    averageScore: rounded(mean(totalOf)),
    scores: roundedAll(ofEach((criterion) => mean((scores) => scores[criterion]))),
    percentile: Math.round(lower / means.length * 100),
  };
}

function meansOf(standing: Standing): Scores {
  return ofEach((criterion) => standing[criterion] / standing.answers);
}

function roundedAll(scores: Scores): Scores {
  return ofEach((criterion) => rounded(scores[criterion]));
}

function ofEach(read: (criterion: Criterion) => number): Scores {
  return {
    understanding: read("understanding"),
    logic: read("logic"),
    specificity: read("specificity"),
    jobFit: read("jobFit"),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
