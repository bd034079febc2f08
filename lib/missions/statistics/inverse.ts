/** A distribution by its cumulative probability and its density. */
export interface SymmetricDistribution {
  readonly cdf: (x: number) => number;
  readonly pdf: (x: number) => number;
}

/** The x with cdf(x) = p for a distribution that is symmetric about 0 and has one peak; 0 < p < 1. */
export function symmetricQuantile(p: number, distribution: SymmetricDistribution): number {
  if (p < 0.5) return -symmetricQuantile(1 - p, distribution);
  // Right of the peak the cdf is concave, so Newton's steps from 0 rise and never pass the root:
  // the first step that does not rise has used up the precision of a double.
  let x = 0;
  for (;;) {
    const next = x + (p - distribution.cdf(x)) / distribution.pdf(x);
    if (!(next > x)) return x;
    x = next;
  }
}
