import { dayOf, type Span } from "../time_zone.ts";
import type { Clock } from "../clock.ts";
import { totalDuration } from "./attempt_index.ts";
import type { AttemptStore } from "./attempt_store.ts";
import { outcomeOf } from "./lifecycle.ts";
import type { AttemptRow, AttemptStatus } from "./schema.ts";

/** What ended today in one mission (M-17, M-47). */
export interface TodayFigures {
  readonly completed: number;
  readonly quitted: number;
  readonly expired: number;
  /** Mean total duration of the completed, seconds; null without any. */
  readonly meanSeconds: number | null;
  /** Mean rating; null without any. */
  readonly meanRating: number | null;
}

export const NOTHING_TODAY: TodayFigures = {
  completed: 0,
  quitted: 0,
  expired: 0,
  meanSeconds: null,
  meanRating: null,
};

/** The attempts that ended on the exhibition's day, kept in memory as rows change. */
export interface Today {
  /** Takes in rows as they are stored. */
  changed(rows: Iterable<AttemptRow>): void;
  /** By mission type; a mission in which nothing ended is not there. */
  figures(): Promise<ReadonlyMap<string, TodayFigures>>;
}

interface Ended {
  readonly missionType: string;
  readonly status: AttemptStatus;
  readonly endedAt: number;
  readonly seconds: number | null;
  readonly rating: number | null;
}

export interface TodayDeps {
  readonly clock: Clock;
  readonly timeZone: string;
  readonly attempts: AttemptStore;
}

export function createToday({ clock, timeZone, attempts }: TodayDeps): Today {
  let day: Span | null = null;
  let ended = new Map<string, Ended>();
  let loading: Promise<void> | null = null;

  function take(row: AttemptRow): void {
    const entry = endedOf(row);
    if (entry !== null && day !== null && entry.endedAt >= day.from && entry.endedAt < day.to) {
      ended.set(row.attemptId, entry);
    } else ended.delete(row.attemptId);
  }

  async function load(today: Span): Promise<void> {
    day = today;
    ended = new Map();
    const ids = await attempts.endedIn(today);
    for (const row of await attempts.findMany(ids)) {
      // A change that came while this was read is newer than what was read.
      if (row !== null && !ended.has(row.attemptId)) take(row);
    }
  }

  /** Reads the day once, and again when another one has begun. */
  function ready(): Promise<void> {
    const today = dayOf(clock.now(), timeZone);
    if (day?.from === today.from && loading !== null) return loading;
    loading = load(today).catch((error) => {
      day = null;
      throw error;
    });
    return loading;
  }

  return {
    changed(rows) {
      for (const row of rows) take(row);
    },
    async figures() {
      await ready();
      const byMission = Map.groupBy(ended.values(), (entry) => entry.missionType);
      return new Map([...byMission].map(([type, entries]) => [type, figuresOf(entries)]));
    },
  };
}

function endedOf(row: AttemptRow): Ended | null {
  const { status, endAt } = outcomeOf(row.lifecycle, row.journey);
  const endedAt = endAt ?? expiredAt(row);
  if (endedAt === null) return null;
  return {
    missionType: row.missionType,
    status,
    // In server time: a kiosk with a wrong clock has its visitors today all the same.
    endedAt: endAt === null ? endedAt : endedAt - row.clockOffsetMs,
    seconds: status === "completed" ? totalDuration(row) : null,
    rating: row.review?.rating ?? null,
  };
}

function expiredAt({ lifecycle }: AttemptRow): number | null {
  return lifecycle.phase === "expired" ? lifecycle.expiredAt : null;
}

function figuresOf(entries: readonly Ended[]): TodayFigures {
  const count = (status: AttemptStatus) => entries.filter((it) => it.status === status).length;
  return {
    completed: count("completed"),
    quitted: count("quitted"),
    expired: count("expired"),
    meanSeconds: meanOf(entries.map((it) => it.seconds)),
    meanRating: meanOf(entries.map((it) => it.rating)),
  };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
