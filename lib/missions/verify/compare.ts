import { isDeepStrictEqual } from "node:util";
import type { AttemptCounts } from "../attempt_index.ts";
import { ATTEMPT_STATUSES, type AttemptRow, attemptRowSchema } from "../schema.ts";

/** What is stored and what follows from the facts, where they are not the same. */
export interface Difference {
  /** Null for what is about more than one attempt. */
  readonly attemptId: string | null;
  readonly message: string;
}

/** The fields in which a row differs from the one that its history makes; empty when in none. */
export function differingFields(stored: AttemptRow, made: AttemptRow): string[] {
  // As it would be read back: without what is undefined.
  const expected = attemptRowSchema.parse(JSON.parse(JSON.stringify(made)));
  const names = new Set([...Object.keys(stored), ...Object.keys(expected)]);
  return [...names].filter((name) =>
    !isDeepStrictEqual(Reflect.get(stored, name), Reflect.get(expected, name))
  );
}

/** One sentence for each mission and status of which another number is stored. */
export function compareCounts(stored: AttemptCounts, counted: AttemptCounts): string[] {
  const types = new Set([...Object.keys(stored), ...Object.keys(counted)]);
  return [...types].sort().flatMap((type) =>
    ATTEMPT_STATUSES.flatMap((status) => {
      const told = stored[type]?.[status] ?? 0;
      const found = counted[type]?.[status] ?? 0;
      return told === found ? [] : [`Count of ${type} ${status} is ${told}, rows are ${found}`];
    })
  );
}

/** Sums of fractions depend on the order of adding, in the last digits. */
const TOLERANCE = 1e-9;

/** True for the same values, numbers with fractions compared to nine digits. */
export function isNear(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") {
    return a === b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length &&
    names.every((name) => name in b && isNear(Reflect.get(a, name), Reflect.get(b, name)));
}
