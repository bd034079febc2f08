import { AppError } from "../errors.ts";
import { dateOf, dayOf } from "../time_zone.ts";
import type { Practice } from "./schema.ts";

/** What a person may do so often on a day of the exhibition's zone (P-23, T-P17). */
const COUNTED = { startedToday: "sessions", writtenToday: "generated questions" } as const;

export interface Counted {
  /** Less than 0 gives back. */
  readonly count: number;
  readonly allowed: number;
  readonly now: number;
  readonly timeZone: string;
}

/**
 * The practice with so many more.
 * @throws AppError RATE_LIMIT when the day's are used up
 */
export function countToday(
  practice: Practice,
  of: keyof typeof COUNTED,
  { count, allowed, now, timeZone }: Counted,
): Practice {
  const day = dateOf(now, timeZone);
  const today = practice.day === day ? practice : { ...practice, startedToday: 0, writtenToday: 0 };
  const after = Math.max(0, today[of] + count);
  if (after > allowed) {
    throw new AppError("RATE_LIMIT", `All ${COUNTED[of]} of today are used up`, {
      details: {
        expected: `at most ${allowed} ${COUNTED[of]} a day`,
        retryAfterMs: dayOf(now, timeZone).to - now,
      },
    });
  }
  return { ...today, day, [of]: after };
}
