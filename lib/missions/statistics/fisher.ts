import { lnChoose } from "./gamma_beta.ts";
import type { Share } from "./rates.ts";

/** Tables this much likelier than the observed one still count as equally likely (rounding). */
const EQUAL_WITHIN = 1e-7;

/**
 * Fisher's exact test of two shares, two-sided: the probability, with all margins fixed, of every
 * table that is not likelier than the observed one. Needs possible counts in both groups.
 */
export function fisherTwoSidedP(first: Share, second: Share): number {
  const successes = first.successes + second.successes;
  const lnAll = lnChoose(first.n + second.n, successes);
  const probability = (inFirst: number) =>
    Math.exp(lnChoose(first.n, inFirst) + lnChoose(second.n, successes - inFirst) - lnAll);
  const limit = probability(first.successes) * (1 + EQUAL_WITHIN);
  let p = 0;
  const most = Math.min(successes, first.n);
  for (let inFirst = Math.max(0, successes - second.n); inFirst <= most; inFirst++) {
    const each = probability(inFirst);
    if (each <= limit) p += each;
  }
  return Math.min(1, p);
}
