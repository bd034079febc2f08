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
  const rows = new Map<number, { success: number; quit: number; censored: number }>();
  const count = (histogram: Histogram, kind: "success" | "quit" | "censored") => {
    for (const [time, attempts] of histogram) {
      const row = rows.get(time) ?? { success: 0, quit: 0, censored: 0 };
      row[kind] += attempts;
      rows.set(time, row);
    }
  };
  count(success, "success");
  count(quit, "quit");
  count(censored, "censored");
  let atRisk = 0;
  // Backwards: whoever ended at a time, censored or not, was still at risk at that time.
  return [...rows].sort(([a], [b]) => b - a).map(([time, row]) => {
    atRisk += row.success + row.quit + row.censored;
    return { time, atRisk, success: row.success, quit: row.quit };
  }).reverse();
}
