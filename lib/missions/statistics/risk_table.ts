import type { Histogram } from "./histogram.ts";

/**
 * Times on task by how the watch ended, in one unit. Histograms, so parts merge one by one with
 * `mergeHistograms`.
 */
export interface SurvivalTimes {
  readonly success: Histogram;
  /** Given up by the visitor. */
  readonly quit: Histogram;
  /** Idle, reset, expired or still running: how they would have ended is not known. */
  readonly censored: Histogram;
}

/** What happened at one time, and how many attempts were still on just before. */
export interface RiskRow {
  readonly time: number;
  readonly atRisk: number;
  readonly success: number;
  readonly quit: number;
}

/** One row for each time at which an attempt ended, rising; the first row has all at risk. */
export function riskTable({ success, quit, censored }: SurvivalTimes): RiskRow[] {
  const rows: RiskRow[] = [];
  const [ofSuccess, ofQuit, ofCensored] = [success, quit, censored].map(fromTheEnd);
  let atRisk = 0;
  // Backwards: whoever ended at a time, censored or not, was still at risk at that time.
  while (true) {
    const time = Math.max(ofSuccess.time(), ofQuit.time(), ofCensored.time());
    if (time === -Infinity) return rows.reverse();
    const row = { success: ofSuccess.take(time), quit: ofQuit.take(time) };
    atRisk += row.success + row.quit + ofCensored.take(time);
    rows.push({ time, atRisk, ...row });
  }
}

/** Reads a histogram from its greatest value down. */
function fromTheEnd(histogram: Histogram) {
  let index = histogram.length - 1;
  return {
    /** The greatest value that was not taken; below all numbers when none is left. */
    time: () => index < 0 ? -Infinity : histogram[index][0],
    /** How many attempts there are at that value, if it is this one. */
    take: (time: number) => index >= 0 && histogram[index][0] === time ? histogram[index--][1] : 0,
  };
}
