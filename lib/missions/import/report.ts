import type { AppError } from "../../errors.ts";

/** Why one line was not imported. */
export interface LineFault {
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly field?: string;
  readonly expected?: string;
}

/** What became of the lines of a file; `imported + known + refused` is `lines`. */
export interface ImportReport {
  /** Lines that are not empty. */
  lines: number;
  /** Facts that are stored now. */
  imported: number;
  /** Facts that were here before. */
  known: number;
  refused: number;
  /** Attempts of which something was imported. */
  attempts: number;
  /** Of the first hundred lines that were refused. */
  readonly faults: LineFault[];
}

const MAX_FAULTS = 100;

export function emptyReport(): ImportReport {
  return { lines: 0, imported: 0, known: 0, refused: 0, attempts: 0, faults: [] };
}

export function refuseLine(report: ImportReport, line: number, error: AppError): void {
  report.refused++;
  if (report.faults.length === MAX_FAULTS) return;
  const { field, expected } = error.details ?? {};
  report.faults.push({ line, message: error.message, field, expected });
}
