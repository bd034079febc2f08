import { dayOf, type Span } from "../time_zone.ts";
import type { Clock } from "../clock.ts";
import { endedAtOf, totalDuration } from "./attempt_index.ts";
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
  stored(rows: Iterable<AttemptRow>): void;
  /** What is in memory may have missed a change: the day is read again. */
  forget(): void;
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

interface DayUnderWay {
  readonly span: Span;
  readonly ended: Map<string, Ended>;
  /** Attempts that changed while the day is being read; null once it is. */
  changed: Set<string> | null;
  loaded: Promise<void> | null;
}

export interface TodayDeps {
  readonly clock: Clock;
  readonly timeZone: string;
  readonly attempts: AttemptStore;
}

export function createToday({ clock, timeZone, attempts }: TodayDeps): Today {
  let day: DayUnderWay | null = null;

  async function load(opened: DayUnderWay): Promise<void> {
    for (const row of await attempts.findMany(await attempts.endedIn(opened.span))) {
      // A change that came while this was read is newer than what was read.
      if (row !== null && !opened.changed?.has(row.attemptId)) take(row, opened);
    }
    opened.changed = null;
  }

  /** Reads the day once, and again when another one has begun. */
  function open(): DayUnderWay {
    const span = dayOf(clock.now(), timeZone);
    if (day?.span.from === span.from) return day;
    const opened: DayUnderWay = { span, ended: new Map(), changed: new Set(), loaded: null };
    opened.loaded = load(opened).catch((error) => {
      if (day === opened) day = null;
      throw error;
    });
    return day = opened;
  }

  return {
    stored(rows) {
      if (day === null) return;
      for (const row of rows) {
        take(row, day);
        day.changed?.add(row.attemptId);
      }
    },
    forget() {
      day = null;
    },
    async figures() {
      const { ended, loaded } = open();
      await loaded;
      const byMission = Map.groupBy(ended.values(), (entry) => entry.missionType);
      return new Map([...byMission].map(([type, entries]) => [type, figuresOf(entries)]));
    },
  };
}

/** Puts the row among those that ended on the day, or takes it out. */
function take(row: AttemptRow, { span, ended }: DayUnderWay): void {
  const entry = endedOf(row);
  if (entry !== null && entry.endedAt >= span.from && entry.endedAt < span.to) {
    ended.set(row.attemptId, entry);
  } else ended.delete(row.attemptId);
}

/** Null while it runs, and for an attempt that is left out of all numbers. */
function endedOf(row: AttemptRow): Ended | null {
  const endedAt = endedAtOf(row);
  if (endedAt === null || row.exclusion !== null) return null;
  const { status } = outcomeOf(row.lifecycle, row.journey);
  return {
    missionType: row.missionType,
    status,
    endedAt,
    seconds: status === "completed" ? totalDuration(row) : null,
    rating: row.review?.rating ?? null,
  };
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
