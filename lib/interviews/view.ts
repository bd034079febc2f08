/** What an analysis goes through, in this order; safe for browsers. */
export const STAGES = ["queued", "transcribing", "analysing", "storing"] as const;
export type Stage = (typeof STAGES)[number];

/** How far an analysis is. */
export interface AnalysisStep {
  /** From 0 to 100. */
  readonly percent: number;
  readonly stage: Stage;
}
