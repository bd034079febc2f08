import { studentFactor, Z } from "./interval.ts";
import { adjust, isPossible, type Share } from "./rates.ts";

/** No exhibition is ever this large: a wish that needs more attempts cannot be met. */
const MAX_N = 1e9;

/**
 * Attempts until the adjusted-Wald interval is ± halfWidth when its centre p̃ is `adjusted`.
 * Null unless 0 ≤ adjusted ≤ 1 and halfWidth > 0, and above MAX_N. Source: statistics.md D-8.
 */
export function rateSampleSize(
  { adjusted, halfWidth }: { adjusted: number; halfWidth: number },
): number | null {
  if (!(halfWidth > 0) || !(adjusted >= 0 && adjusted <= 1)) return null;
  const n = Math.ceil(Z * Z * adjusted * (1 - adjusted) / halfWidth ** 2 - Z * Z);
  return n <= MAX_N ? Math.max(1, n) : null;
}

/**
 * Successful attempts until the geometric mean is known within a factor of 1 + `margin`, from the
 * standard deviation of ln t. Null unless both are positive, and above MAX_N. Source: statistics.md D-8.
 */
export function timeSampleSize(
  { logSd, margin }: { logSd: number; margin: number },
): number | null {
  if (!(logSd > 0) || !(margin > 0)) return null;
  const target = Math.log1p(margin) / logSd;
  // Student's factor is above Z and falls with n: the answer is at or soon after the normal one.
  let n = Math.max(2, Math.ceil((Z / target) ** 2));
  if (n > MAX_N) return null;
  while (studentFactor(n - 1) / Math.sqrt(n) > target) n++;
  return n;
}

/** Where a rate stands on its way to a wanted precision. */
export interface Precision {
  /** Half the width of the present interval before clipping, 0–1. */
  readonly halfWidth: number;
  readonly reached: boolean;
  /** Attempts needed in all if p̃ stays as it is. */
  readonly needed: number;
}

/** How near a live rate is to a wanted half width; null as `rate` and `rateSampleSize` (D-8). */
export function ratePrecision(share: Share, target: number): Precision | null {
  if (!isPossible(share)) return null;
  const { adjusted, halfWidth } = adjust(share);
  const needed = rateSampleSize({ adjusted, halfWidth: target });
  return needed === null ? null : { halfWidth, reached: halfWidth <= target, needed };
}

/**
 * Opening hours until `needed` attempts, at the arrivals of the last opening hour. 0 when reached,
 * null when nobody arrives (D-8).
 */
export function hoursUntil(
  { needed, current, arrivalsPerHour }: {
    needed: number;
    current: number;
    arrivalsPerHour: number;
  },
): number | null {
  if (current >= needed) return 0;
  return arrivalsPerHour > 0 ? (needed - current) / arrivalsPerHour : null;
}
