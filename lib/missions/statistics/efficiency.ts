const MS_PER_MINUTE = 60_000;

/** Sums over attempts, in milliseconds; they add up over parts. */
export interface EfficiencySums {
  readonly completions: number;
  /** Active time of all attempts. */
  readonly activeMs: number;
  /** Active time of the successful ones. */
  readonly successMs: number;
}

/** Work done for the time spent. */
export interface Efficiency {
  readonly completionsPerMinute: number;
  /** Share of all time that went into successes, 0–1. */
  readonly relative: number;
}

/** Time-based and overall relative efficiency; null when no time was spent (D-11). */
export function efficiency(
  { completions, activeMs, successMs }: EfficiencySums,
): Efficiency | null {
  if (!(activeMs > 0)) return null;
  return {
    completionsPerMinute: completions / activeMs * MS_PER_MINUTE,
    relative: successMs / activeMs,
  };
}

/**
 * Maze's mission score, 0–100, from percentages and the mean time in seconds. Its weights are
 * arbitrary, so it is shown only to those who ask. Source: help.maze.co 360052723353 (D-11).
 */
export function mazeScore(
  { exitPercent, misclickPercent, meanSeconds }: {
    exitPercent: number;
    misclickPercent: number;
    meanSeconds: number;
  },
): number {
  const slowness = Math.min(10, Math.max(0, (meanSeconds - 5) / 2));
  return Math.max(0, 100 - exitPercent - 0.5 * misclickPercent - slowness);
}
