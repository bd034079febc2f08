import { riskRows, type SurvivalTimes } from "./risk_table.ts";

/** Shares of all attempts that had ended in each way by `time`; with the rest they make 1. */
export interface IncidenceStep {
  readonly time: number;
  readonly atRisk: number;
  readonly success: number;
  readonly quit: number;
}

/**
 * Cumulative incidence of success and quitting as competing ends, one step for each time with
 * either; nothing without such an end. Unlike the survival curve it does not presume that quitters
 * would have succeeded like the rest. Source: Aalen & Johansen 1978 (D-9).
 */
export function* cumulativeIncidence(times: SurvivalTimes): Generator<IncidenceStep> {
  let still = 1, success = 0, quit = 0;
  for (const row of riskRows(times)) {
    const ended = row.success + row.quit;
    if (ended === 0) continue;
    success += still * row.success / row.atRisk;
    quit += still * row.quit / row.atRisk;
    still *= (row.atRisk - ended) / row.atRisk;
    yield { time: row.time, atRisk: row.atRisk, success, quit };
  }
}
