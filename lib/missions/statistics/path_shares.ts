import { toPercentages } from "../../percentages.ts";
import { type Rate, rate } from "./rates.ts";

/** How much a path was taken. */
export interface PathShare {
  readonly path: string;
  /** With the interval of this share taken by itself: one at a time, not all at once. */
  readonly share: Rate;
  /** Rounded so that all paths sum to 100.0. */
  readonly percent: number;
}

/** Shares of the paths among all completions that took one; empty without any (D-13). */
export function pathShares(
  counts: readonly { readonly path: string; readonly count: number }[],
): readonly PathShare[] {
  const n = counts.reduce((sum, { count }) => sum + count, 0);
  const percentages = toPercentages(counts.map(({ count }) => count)) ?? [];
  return counts.flatMap(({ path, count }, index) => {
    const share = rate({ successes: count, n });
    return share === null ? [] : [{ path, share, percent: percentages[index] }];
  });
}
