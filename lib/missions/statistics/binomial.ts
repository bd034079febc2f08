import { incompleteBeta } from "./gamma_beta.ts";

/** n trials, each with probability p. */
export interface BinomialShape {
  readonly n: number;
  readonly p: number;
}

/** P(X ≤ k) for X ~ Binomial(n, p) and an integer k (DLMF 8.17.5). */
export function binomialCdf(k: number, { n, p }: BinomialShape): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return incompleteBeta(1 - p, { a: n - k, b: k + 1 });
}
