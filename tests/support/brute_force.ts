import assert from "node:assert/strict";
import type { MissionFigures } from "../../lib/missions/analytics/figures.ts";
import type { MissionDefinition } from "../../lib/missions/definitions.ts";
import { outcomeOf } from "../../lib/missions/lifecycle.ts";
import type { AttemptRow, AttemptStatus } from "../../lib/missions/schema.ts";

/**
 * The document's figures counted from all attempts at once, in the plainest way: no hours, no
 * partial results, nothing kept. What the server answers must be equal.
 */
export function bruteForceFigures(
  rows: readonly AttemptRow[],
  definition: MissionDefinition | null,
): MissionFigures {
  const outcomes = rows.map((row) => ({ row, ...outcomeOf(row.lifecycle, row.journey) }));
  const count = (...statuses: AttemptStatus[]) =>
    outcomes.filter(({ status }) => statuses.includes(status)).length;
  const completed = outcomes.filter(({ status }) => status === "completed");
  const seconds = completed.map(({ row, endAt }) => Math.max(0, endAt! - row.startAt) / 1000)
    .sort((a, b) => a - b);
  const ratings = rows.flatMap(({ review }) => review === null ? [] : [review.rating]);
  const ended = count("completed", "quitted", "expired");
  return {
    totalAttempts: rows.length,
    completedAttempts: completed.length,
    quittedAttempts: count("quitted"),
    endedAttempts: ended,
    completionRate: ended === 0 ? null : oneDecimal(completed.length / ended * 100),
    avgDuration: oneDecimal(mean(seconds)),
    minDuration: oneDecimal(seconds[0] ?? null),
    maxDuration: oneDecimal(seconds.at(-1) ?? null),
    medianDuration: oneDecimal(median(seconds)),
    avgRating: oneDecimal(mean(ratings)),
    ratingDistribution: {
      1: ratings.filter((rating) => rating === 1).length,
      2: ratings.filter((rating) => rating === 2).length,
      3: ratings.filter((rating) => rating === 3).length,
      4: ratings.filter((rating) => rating === 4).length,
      5: ratings.filter((rating) => rating === 5).length,
    },
    ...stepsOf(rows, definition),
    ...pathsOf(completed.map(({ row }) => row), definition),
  };
}

function stepsOf(rows: readonly AttemptRow[], definition: MissionDefinition | null) {
  if (definition === null || definition.steps.length === 0) return {};
  const stepStats: Record<string, number | null> = {};
  let before = rows.length, largest = -Infinity, mostAbandoned: number | null = null;
  for (const { step } of definition.steps) {
    const done = rows.filter(({ journey }) => journey.steps.some((it) => it.step === step)).length;
    stepStats[`step${step}_completions`] = done;
    if (before - done > largest && rows.length > 0) {
      largest = before - done;
      mostAbandoned = step;
    }
    before = done;
  }
  return { stepStats: { ...stepStats, mostAbandoned } };
}

function pathsOf(completed: readonly AttemptRow[], definition: MissionDefinition | null) {
  if (definition === null || definition.paths.length === 0) return {};
  const pathStats = Object.fromEntries(definition.paths.map(({ path }) => [
    path,
    completed.filter(({ journey }) => journey.path === path).length,
  ]));
  return { pathStats };
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function oneDecimal(value: number): number;
function oneDecimal(value: number | null): number | null;
function oneDecimal(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}

/** Deep equality in which numbers may differ by rounding. */
export function assertSameNumbers(actual: unknown, expected: unknown, way = "answer"): void {
  if (typeof expected === "number" && typeof actual === "number") {
    const tolerance = 1e-9 * Math.max(1, Math.abs(expected));
    assert.ok(Math.abs(actual - expected) <= tolerance, `${way}: ${actual} is not ${expected}`);
  } else if (typeof expected === "object" && expected !== null) {
    assert.ok(typeof actual === "object" && actual !== null, `${way}: ${actual} is no object`);
    assert.deepEqual(Object.keys(actual).sort(), Object.keys(expected).sort(), way);
    for (const [key, value] of Object.entries(expected)) {
      assertSameNumbers(Reflect.get(actual, key), value, `${way}.${key}`);
    }
  } else assert.equal(actual, expected, way);
}
