import { incompleteBeta, lnBeta } from "./gamma_beta.ts";
import { symmetricQuantile } from "./inverse.ts";

/** P(T ≤ t) for Student's t with `df` degrees of freedom, df > 0, fractions allowed. */
export function studentCdf(t: number, df: number): number {
  const tail = studentTwoSidedP(t, df) / 2;
  return t > 0 ? 1 - tail : tail;
}

/**
 * P(|T| ≥ |t|), within 1e-7 up to a thousand million degrees of freedom.
 * Source: DLMF 8.17.2 with a = df/2, b = 1/2 at x = df/(df + t²).
 */
export function studentTwoSidedP(t: number, df: number): number {
  return incompleteBeta(df / (df + t * t), { a: df / 2, b: 0.5 });
}

/** The t with P(T ≤ t) = p, 0 < p < 1. */
export function studentQuantile(p: number, df: number): number {
  const lnPeak = -lnBeta({ a: df / 2, b: 0.5 }) - Math.log(df) / 2;
  return symmetricQuantile(p, {
    cdf: (t) => studentCdf(t, df),
    pdf: (t) => Math.exp(lnPeak - ((df + 1) / 2) * Math.log1p((t * t) / df)),
  });
}
