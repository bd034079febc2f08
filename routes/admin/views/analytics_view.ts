import type { MissionLabel } from "../../../lib/missions/view.ts";
import type { Localized } from "../../../lib/ui/locale.ts";

/** What the analytics pages show; times, shares and null as in `lib/missions/view.ts`. */

export interface DayPoint {
  /** Calendar day in the exhibition's zone, `2025-01-19`. */
  readonly day: string;
  readonly completed: number;
  /** Completed, quit and expired; running attempts do not count (T-M23). */
  readonly ended: number;
}

export interface StepFigures {
  readonly step: number;
  readonly title: Localized;
  readonly completions: number;
  /** Attempts that finished the step before and not this one. */
  readonly drop: number;
}

export interface PathFigures {
  readonly path: string;
  readonly title: Localized;
  readonly count: number;
  readonly avgSeconds: number | null;
}

export interface AnalyticsView {
  readonly missions: readonly MissionLabel[];
  /** Null for all missions together. */
  readonly mission: MissionLabel | null;
  /** Calendar days in the exhibition's zone, both included. */
  readonly period: { readonly startDate: string; readonly endDate: string };
  readonly totalAttempts: number;
  readonly completed: number;
  readonly quit: number;
  readonly expired: number;
  /** Share of ended attempts that were completed, with its 95 % interval (D-1). */
  readonly completion:
    | { readonly rate: number; readonly low: number; readonly high: number }
    | null;
  readonly seconds: {
    readonly avg: number;
    readonly median: number;
    readonly min: number;
    readonly max: number;
  } | null;
  readonly avgRating: number | null;
  /** Counts of the ratings 1 to 5, in this order. */
  readonly ratings: readonly [number, number, number, number, number];
  readonly overTime: readonly DayPoint[];
  readonly durations: readonly (MissionLabel & {
    readonly avgSeconds: number | null;
    readonly count: number;
  })[];
  /** Empty for a mission without steps. */
  readonly steps: readonly StepFigures[];
  /** The step that lost most, the lowest of equals. */
  readonly mostAbandoned: number | null;
  /** Empty for a mission without paths. */
  readonly paths: readonly PathFigures[];
  readonly generatedAt: string;
}
