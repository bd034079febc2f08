import { collapseRepeats } from "./visits.ts";

/** Pages of one attempt. */
export interface PageCounts {
  /** Fewest pages that the way which was taken needs, the start page included. */
  readonly required: number;
  /** Different pages visited, the start page included. */
  readonly different: number;
  /** Pages visited, returns counted again. */
  readonly total: number;
}

/** How lost one visitor was. */
export interface Lostness {
  /** 0 is the perfect way; it can exceed 1. */
  readonly value: number;
  readonly label: "notLost" | "unclear" | "lost";
  /** The visitor succeeded on fewer pages than the definition says are needed: correct it. */
  readonly shorterThanRequired: boolean;
}

const NOT_LOST_BELOW = 0.4;
const LOST_ABOVE = 0.5;

/**
 * Smith's lostness of one successful attempt. Null when a count is below 1 or more pages are
 * different than there are in total. Source: Smith 1996; measuringu.com/lostness (D-10).
 */
export function lostness({ required, different, total }: PageCounts): Lostness | null {
  if (!(required >= 1 && different >= 1 && total >= different)) return null;
  const value = Math.hypot(different / total - 1, required / different - 1);
  return { value, label: labelOf(value), shorterThanRequired: different < required };
}

function labelOf(value: number): Lostness["label"] {
  if (value < NOT_LOST_BELOW) return "notLost";
  return value > LOST_ABOVE ? "lost" : "unclear";
}

/** Lostness from the pages of an attempt in order, repeats of the same page collapsed (D-10). */
export function lostnessOf(pages: readonly string[], required: number): Lostness | null {
  const visits = collapseRepeats(pages);
  return lostness({ required, different: new Set(visits).size, total: visits.length });
}
