import { type Rate, rate } from "./rates.ts";

/**
 * Attraction power: share of visitors who started. Where only touches are known, `visitors` are
 * those who touched and the label says so; null without visitors. Source: Serrell (D-14).
 */
export function attractionPower(
  { started, visitors }: { started: number; visitors: number },
): Rate | null {
  return rate({ successes: started, n: visitors });
}

/**
 * Holding power: mean time divided by the time needed, both in one unit; above .70 is exceptional.
 * Null when the time needed is not positive. Source: Serrell 2002 (D-14).
 */
export function holdingPower(
  { meanTime, neededTime }: { meanTime: number; neededTime: number },
): number | null {
  return neededTime > 0 ? meanTime / neededTime : null;
}

/**
 * Sweep rate index: floor area per minute of mean stay; lower is more thorough. Null when the stay
 * is not positive. Source: Serrell 1997 (D-14).
 */
export function sweepRate(
  { area, meanMinutes }: { area: number; meanMinutes: number },
): number | null {
  return meanMinutes > 0 ? area / meanMinutes : null;
}
