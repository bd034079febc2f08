import { clipInterval, type ClippedInterval, type Scale, Z } from "./interval.ts";

/** How many of `n` attempts (steps, visitors …) had the property. Adds up over parts. */
export interface Share {
  readonly successes: number;
  readonly n: number;
}

/** The interval of a proportion, 0–1. */
export interface AdjustedWald extends ClippedInterval {
  /** Centre of the interval, the Wilson estimate p̃. */
  readonly adjusted: number;
}

/** A share with its 95 % interval, both 0–1. */
export interface Rate extends Share {
  /** successes / n, the headline. */
  readonly estimate: number;
  readonly interval: ClippedInterval;
}

/** A completion rate with the estimate to prefer when n is small, 0–1. */
export interface CompletionRate extends Rate {
  readonly best: number;
}

const UNIT: Scale = { min: 0, max: 1 };

/**
 * Adjusted-Wald interval of a proportion. Null without attempts or with impossible counts.
 * Source: Agresti & Coull 1998; Sauro & Lewis 2005 (D-1).
 */
export function adjustedWald(share: Share): AdjustedWald | null {
  if (!isPossible(share)) return null;
  const { adjusted, halfWidth } = adjust(share);
  return { adjusted, ...clipInterval({ center: adjusted, halfWidth, scale: UNIT }) };
}

/** The share with its adjusted-Wald interval; null without attempts or with impossible counts. */
export function rate(share: Share): Rate | null {
  const wald = adjustedWald(share);
  if (wald === null) return null;
  const { adjusted: _, ...interval } = wald;
  const { successes, n } = share;
  return { successes, n, estimate: successes / n, interval };
}

/**
 * Successes among ended attempts, with the better estimate for small n; null as `rate`. That
 * estimate presumes that most visitors succeed, so it is not for shares of other kinds (D-1).
 */
export function completionRate(share: Share): CompletionRate | null {
  const plain = rate(share);
  return plain && { ...plain, best: bestEstimate(share) };
}

/** p̃ and the half width around it before any clipping; only for possible counts. */
export function adjust({ successes, n }: Share): { adjusted: number; halfWidth: number } {
  const size = n + Z * Z;
  const adjusted = (successes + Z * Z / 2) / size;
  return { adjusted, halfWidth: Z * Math.sqrt(adjusted * (1 - adjusted) / size) };
}

/** Whether there are attempts and no more successes than attempts. */
export function isPossible({ successes, n }: Share): boolean {
  return n > 0 && successes >= 0 && successes <= n;
}

/**
 * Wilson below one half, the plain share up to .9, Laplace above.
 * Source: Lewis & Sauro 2006, for rates that are expected between .5 and 1.
 */
function bestEstimate(share: Share): number {
  const { successes, n } = share;
  const plain = successes / n;
  if (plain < 0.5) return adjust(share).adjusted;
  return plain <= 0.9 ? plain : (successes + 1) / (n + 2);
}
