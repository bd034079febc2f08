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

/** Attempts that ended, and those of them that were completed; excluded ones are in neither. */
export interface EndedCounts {
  readonly ended: number;
  readonly completed: number;
}

/** The attempts that ended on the exhibition's last days, kept in memory as rows change. */
export interface Today {
  /** Takes in rows as they are stored. */
  stored(rows: Iterable<AttemptRow>): void;
  /** What is in memory may have missed a change: the days are read again. */
  forget(): void;
  /** By mission type; a mission in which nothing ended is not there. */
  figures(): Promise<ReadonlyMap<string, TodayFigures>>;
  /** In a span of our time that begins at the day before yesterday at the earliest. */
  endedIn(span: Span): Promise<EndedCounts>;
}

/** Yesterday and the day before: a span of a day is compared with the one before it. */
const DAYS_BEFORE = 2;

/**
 * One for each attempt that ended on these days, and no sums: a rating, a late end or an exclusion
 * may still change each of them. It takes 170 bytes with its key (measured over 200 000): an
 * exhibition of 10 000 visits a day has 5 MB of them.
 */
interface Ended {
  readonly missionType: string;
  readonly status: AttemptStatus;
  readonly endedAt: number;
  readonly seconds: number | null;
  readonly rating: number | null;
}

interface DaysUnderWay {
  readonly today: Span;
  /** Today and the days before it. */
  readonly span: Span;
  readonly ended: Map<string, Ended>;
  /** Attempts that changed while the days are being read; null once they are. */
  changed: Set<string> | null;
  loaded: Promise<void> | null;
}

export interface TodayDeps {
  readonly clock: Clock;
  readonly timeZone: string;
  readonly attempts: AttemptStore;
}

export function createToday({ clock, timeZone, attempts }: TodayDeps): Today {
  let days: DaysUnderWay | null = null;

  async function read(opened: DaysUnderWay): Promise<void> {
    for (const row of await attempts.findMany(await attempts.endedIn(opened.span))) {
      // A change that came while this was read is newer than what was read.
      if (row !== null && !opened.changed?.has(row.attemptId)) take(row, opened);
    }
    opened.changed = null;
  }

  /** Reads the days once, and again when another one has begun. */
  function open(): DaysUnderWay {
    const today = dayOf(clock.now(), timeZone);
    if (days?.today.from === today.from) return days;
    let { from } = today;
    for (let i = 0; i < DAYS_BEFORE; i++) from = dayOf(from - 1, timeZone).from;
    const span = { from, to: today.to };
    const opened: DaysUnderWay = {
      today,
      span,
      ended: new Map(),
      changed: new Set(),
      loaded: null,
    };
    opened.loaded = read(opened).catch((error) => {
      if (days === opened) days = null;
      throw error;
    });
    return days = opened;
  }

  async function load(): Promise<DaysUnderWay> {
    const opened = open();
    await opened.loaded;
    return opened;
  }

  return {
    stored(rows) {
      if (days === null) return;
      for (const row of rows) {
        take(row, days);
        days.changed?.add(row.attemptId);
      }
    },
    forget() {
      days = null;
    },
    async figures() {
      const { ended, today } = await load();
      const ofToday = ended.values().filter((entry) => isIn(today, entry));
      const byMission = Map.groupBy(ofToday, (entry) => entry.missionType);
      return new Map([...byMission].map(([type, entries]) => [type, figuresOf(entries)]));
    },
    async endedIn(span) {
      const counts = { ended: 0, completed: 0 };
      for (const entry of (await load()).ended.values()) {
        if (!isIn(span, entry)) continue;
        counts.ended++;
        if (entry.status === "completed") counts.completed++;
      }
      return counts;
    },
  };
}

function isIn({ from, to }: Span, { endedAt }: Ended): boolean {
  return endedAt >= from && endedAt < to;
}

/** Puts the row among those that ended on the days, or takes it out. */
function take(row: AttemptRow, { span, ended }: DaysUnderWay): void {
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
