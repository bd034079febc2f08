import { toPercentages } from "../percentages.ts";
import { type Tally, topOf, totalOf } from "./tally.ts";
import type { ChangeBasis, NameShare } from "./view.ts";

/** In lists of names. */
export const MAX_LISTED = 10;
/** What has no row of its own in the distribution, events that are called so among it. */
export const OTHER = "other";

export interface Change {
  readonly value: number;
  readonly basis: ChangeBasis;
}

/** By how many percent a count has changed, one decimal; 0 without basis when there was none. */
export function changeOf(now: number, before: number): Change {
  if (before === 0) return { value: 0, basis: "none" };
  return { value: round1((now - before) / before * 100), basis: "previous" };
}

/** A part of a whole in percent, one decimal; 0 of nothing. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : round1(part / whole * 100);
}

export function round1(value: number): number {
  return Math.round(value * 10) / 10;
}

/**
 * The most frequent names with their shares of all events; the rest is `other`, so that the shares
 * make 100 (T-E08). Empty when there were no events.
 */
export function distributionOf(names: Tally): NameShare[] {
  const top = topOf(names, MAX_LISTED).filter(({ name }) => name !== OTHER);
  const rest = top.reduce((left, { count }) => left - count, totalOf(names));
  const parts = rest === 0 ? top : [...top, { name: OTHER, count: rest }];
  const percentages = toPercentages(parts.map(({ count }) => count)) ?? [];
  return parts.map(({ name, count }, i) => ({ name, value: count, percentage: percentages[i] }));
}
