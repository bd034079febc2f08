import type { Span } from "../../time_zone.ts";

/** An hour of UTC; every time zone's days are made of whole ones, or of ragged ends of them. */
export const HOUR_MS = 3_600_000;

/** A day of UTC: whole hours that are kept together once more in memory. */
export const DAY_MS = 24 * HOUR_MS;

/** Start of the hour that holds a moment. */
export function hourOf(atMs: number): number {
  return Math.floor(atMs / HOUR_MS) * HOUR_MS;
}

/** A span as whole hours and the parts of hours at its ends. */
export interface SpanOfHours {
  /** From the start of an hour to the start of another; empty when they are equal. */
  readonly whole: Span;
  /** At most two, each within one hour. */
  readonly ragged: readonly Span[];
}

export function toHours({ from, to }: Span): SpanOfHours {
  const first = hourOf(from + HOUR_MS - 1);
  const last = hourOf(to);
  if (first > last) return { whole: { from: first, to: first }, ragged: [{ from, to }] };
  const ends = [{ from, to: first }, { from: last, to }];
  return { whole: { from: first, to: last }, ragged: ends.filter((end) => end.from < end.to) };
}
