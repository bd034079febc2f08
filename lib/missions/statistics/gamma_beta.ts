const HALF_LN_2PI = Math.log(2 * Math.PI) / 2;
const TINY = Number.MIN_VALUE / Number.EPSILON;
/** From here on five terms of Stirling's series are within 2e-14. */
const SERIES_FROM = 10;

/** Parameters of the beta function, both above 0. */
export interface BetaShape {
  readonly a: number;
  readonly b: number;
}

/**
 * Regularised incomplete beta function, the integral of the Beta(a, b) density up to x; a, b > 0.
 * Source: DLMF 8.17.22 (continued fraction) and 8.17.4 (reflection).
 */
export function incompleteBeta(x: number, { a, b }: BetaShape): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on one side of the mean only; the other side is reflected.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, { a: b, b: a });
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - lnBeta({ a, b })) / a;
  return front / betaFraction(x, { a, b });
}

/** Natural logarithm of the beta function; a, b > 0. */
export function lnBeta({ a, b }: BetaShape): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < SERIES_FROM) return lnGamma(small) + lnGamma(large) - lnGamma(small + large);
  // lnΓ(large) − lnΓ(small + large), term by term: the two are huge and nearly equal.
  const sum = small + large;
  const quotient = small - small * Math.log(sum) - (large - 0.5) * Math.log1p(small / large) +
    stirlingTail(large) - stirlingTail(sum);
  return lnGamma(small) + quotient;
}

/** ln of the binomial coefficient "n over k", 0 ≤ k ≤ n. */
export function lnChoose(n: number, k: number): number {
  return -Math.log(n + 1) - lnBeta({ a: n - k + 1, b: k + 1 });
}

/** Natural logarithm of the gamma function for x > 0 (Stirling's series, DLMF 5.11.1). */
function lnGamma(x: number): number {
  let shift = 0;
  let base = x;
  for (; base < SERIES_FROM; base++) shift -= Math.log(base);
  return shift + (base - 0.5) * Math.log(base) - base + HALF_LN_2PI + stirlingTail(base);
}

function stirlingTail(x: number): number {
  const r = 1 / (x * x);
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / x;
}

/** The denominator 1 + d₁/(1 + d₂/(1 + …)) of DLMF 8.17.22 by the modified Lentz method. */
function betaFraction(x: number, { a, b }: BetaShape): number {
  // It takes about √max(a, b) terms; the bound only keeps a loop from having none.
  const maxTerms = 200 + 20 * Math.sqrt(Math.max(a, b));
  let value = 1, c = 1, d = 0;
  for (let term = 1; term <= maxTerms; term++) {
    const m = term >> 1;
    const coefficient = term % 2 === 0
      ? (m * (b - m) * x) / ((a + term - 1) * (a + term))
      : (-(a + m) * (a + b + m) * x) / ((a + term - 1) * (a + term));
    d = 1 / (1 + coefficient * d || TINY);
    c = 1 + coefficient / c || TINY;
    value *= c * d;
    if (Math.abs(c * d - 1) < Number.EPSILON) break;
  }
  return value;
}
