import type { Speech } from "./ui.ts";

/** Below this a percentage says more than is known (statistics, UI rule). */
const FEWEST_FOR_PERCENT = 5;

export interface Share {
  readonly part: number;
  readonly of: number;
}

export function isTooFewForPercent(cases: number): boolean {
  return cases < FEWEST_FOR_PERCENT;
}

/** `83.3%`, or `3 of 4` where there are too few for a percentage; a dash for none. */
export function shareText(
  { part, of }: Share,
  { t, format }: Pick<Speech, "t" | "format">,
): string {
  if (of === 0) return t.figures.none;
  if (!isTooFewForPercent(of)) return format.percent(part / of);
  return t.figures.of(part, of);
}
