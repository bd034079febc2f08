import { symmetricQuantile } from "./inverse.ts";

/** From here the series loses digits to cancellation and the tail's fraction is exact. */
const TAIL_STARTS = 3;
/** At 3, where it converges slowest, the fraction needs about 40 terms for a double. */
const TAIL_TERMS = 60;

function normalPdf(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * P(Z ≤ x) for a standard normal Z; small tails keep their relative precision.
 * Source: DLMF 7.6.2 (series) and 7.9.1 (Laplace's continued fraction).
 */
export function normalCdf(x: number): number {
  if (x > TAIL_STARTS) return 1 - upperTail(x);
  if (x < -TAIL_STARTS) return upperTail(-x);
  let term = x;
  let sum = 0;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    sum += term;
    term *= (x * x) / odd;
  }
  return 0.5 + sum * normalPdf(x);
}

function upperTail(x: number): number {
  let fraction = x;
  for (let k = TAIL_TERMS; k > 0; k--) fraction = x + k / fraction;
  return normalPdf(x) / fraction;
}

/** The x with P(Z ≤ x) = p, 0 < p < 1. */
export function normalQuantile(p: number): number {
  return symmetricQuantile(p, { cdf: normalCdf, pdf: normalPdf });
}

/** Probability of a standard normal value at least as far from 0 as z, on either side. */
export function normalTwoSidedP(z: number): number {
  return Math.min(1, 2 * normalCdf(-Math.abs(z)));
}
