import type { Clock } from "../clock.ts";
import type { Kv } from "../kv/port.ts";
import { dateOf, dayOf } from "../time_zone.ts";
import { interviewKeys } from "./keys.ts";

export const DAY_COUNTS = ["started", "completed", "answered", "judged", "points"] as const;
type DayCount = (typeof DAY_COUNTS)[number];

/** What everybody practised on a day of the exhibition's zone. */
export interface PracticeDay {
  readonly date: string;
  readonly sessionsStarted: number;
  readonly sessionsCompleted: number;
  readonly questionsAnswered: number;
  readonly answersJudged: number;
  /** From 0 to 100; null on a day without a judged answer. */
  readonly averageScore: number | null;
}

/** Counts by day, of nobody in particular: they stay when people go (T-P16). */
export interface DayCounts {
  /** Counts in the commit of what is counted, today. */
  stage(operation: Deno.AtomicOperation, of: DayCount, by?: number): void;
  /** Today and the days before, the oldest first. */
  last(days: number): Promise<PracticeDay[]>;
}

export function createDayCounts(
  { kv, clock, timeZone }: { kv: Kv; clock: Clock; timeZone: string },
): DayCounts {
  function lastDates(days: number): string[] {
    const dates: string[] = [];
    for (let at = clock.now(); dates.length < days; at = dayOf(at, timeZone).from - 1) {
      dates.unshift(dateOf(at, timeZone));
    }
    return dates;
  }

  async function read(date: string): Promise<PracticeDay> {
    const keys = DAY_COUNTS.map((of) => interviewKeys.dayCount(date, of));
    const entries = await kv.getMany<Deno.KvU64[]>(keys);
    const [started, completed, answered, judged, points] = entries.map(({ value }) =>
      Number(value?.value ?? 0n)
    );
    return {
      date,
      sessionsStarted: started,
      sessionsCompleted: completed,
      questionsAnswered: answered,
      answersJudged: judged,
      averageScore: judged === 0 ? null : Math.round(points / judged * 10) / 10,
    };
  }

  return {
    stage: (operation, of, by = 1) =>
      void operation.sum(
        interviewKeys.dayCount(dateOf(clock.now(), timeZone), of),
        BigInt(by),
      ),
    last: (days) => Promise.all(lastDates(days).map(read)),
  };
}
