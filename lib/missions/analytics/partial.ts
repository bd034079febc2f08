import type { z } from "zod";
import type { AttemptRow } from "../schema.ts";
import { mergedAtOnce, type Samples } from "./samples.ts";

/** What is kept of attempts that belong together; two of them make the one of all together. */
export interface PartialResult<S> {
  /** What adds up: counts and moments. */
  readonly sums: S;
  readonly samples: Samples;
}

/** One of the results that are kept of every hour. */
export interface PartialKind<S> {
  /** In the store's keys. */
  readonly name: string;
  readonly schema: z.ZodType<S>;
  /** Of attempts that count; which ones are left out is decided before. */
  of(rows: Iterable<AttemptRow>): PartialResult<S>;
  /** The sums of several parts together. */
  add(parts: Iterable<S>): S;
}

/** One result of attempts that were kept in several. */
export function mergeParts<S>(
  kind: PartialKind<S>,
  parts: readonly PartialResult<S>[],
): PartialResult<S> {
  const names = new Set(parts.flatMap(({ samples }) => Object.keys(samples)));
  return {
    sums: kind.add(parts.map(({ sums }) => sums)),
    samples: Object.fromEntries(
      [...names].map((name) => [name, mergedAtOnce(samplesOf(parts, name))]),
    ),
  };
}

/** The attempts that count in numbers. */
export function counted(rows: Iterable<AttemptRow>): AttemptRow[] {
  return [...rows].filter((row) => row.exclusion === null);
}

/** The sample of one name, hour by hour. */
export function samplesOf<S>(parts: readonly PartialResult<S>[], name: string): Int32Array[] {
  return parts.flatMap(({ samples }) => samples[name] ?? []);
}
