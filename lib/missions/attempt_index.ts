import type { Key, Write } from "../kv/port.ts";
import {
  ATTEMPT_INDEXES,
  ATTEMPT_SORTS,
  type AttemptIndex,
  type AttemptSort,
  missionKeys,
} from "./keys.ts";
import { outcomeOf } from "./lifecycle.ts";
import type { AttemptRow, AttemptStatus } from "./schema.ts";

/** Attempts by mission and status: `counts[missionType][status]`. */
export type AttemptCounts = Record<string, Partial<Record<AttemptStatus, number>>>;

/** How many attempts there are of some missions in some statuses. */
export function countOf(
  counts: AttemptCounts,
  of: { readonly missionTypes: readonly string[]; readonly statuses: readonly AttemptStatus[] },
): number {
  return of.missionTypes
    .flatMap((missionType) => of.statuses.map((status) => counts[missionType]?.[status] ?? 0))
    .reduce((sum, count) => sum + count, 0);
}

/** Seconds from start to end, as document 1 counts; null while it runs (T-M10). */
export function totalDuration(row: AttemptRow): number | null {
  const { endAt } = outcomeOf(row.lifecycle, row.journey);
  return endAt === null ? null : Math.max(0, endAt - row.startAt) / 1000;
}

/** Index entries that a row stands under. */
export function indexKeys(row: AttemptRow): Key[] {
  const { status } = outcomeOf(row.lifecycle, row.journey);
  const { missionType, attemptId } = row;
  const keys = ATTEMPT_SORTS.map((sort) =>
    missionKeys.sorted(sort, { missionType, status, value: sortValue(sort, row), attemptId })
  );
  if (row.exclusion !== null) {
    keys.push(missionKeys.sorted("excludedAt", {
      missionType,
      status,
      value: row.exclusion.at,
      attemptId,
    }));
  }
  const endedAt = endedAtOf(row);
  if (endedAt !== null) {
    if (row.eventCount > 0 && row.eventsRemovedAt === null) {
      keys.push(missionKeys.withEvents(row.lastReceivedAt, attemptId));
    }
    keys.push(missionKeys.ended(endedAt, status, attemptId));
  }
  return keys;
}

/** Where entries of rows stand: those of `indexKeys`, and of `startedKey`. */
export const INDEX_PREFIXES: readonly Key[] = [
  missionKeys.startedAll,
  missionKeys.endedAll,
  missionKeys.withEventsAll,
  ...ATTEMPT_INDEXES.map(missionKeys.sortedAll),
];

/**
 * When the attempt ended or expired, in server time: a kiosk with a wrong clock has its visitors
 * today all the same. Null while it runs.
 */
export function endedAtOf(row: AttemptRow): number | null {
  const { endAt } = outcomeOf(row.lifecycle, row.journey);
  if (endAt !== null) return endAt - row.clockOffsetMs;
  return row.lifecycle.phase === "expired" ? row.lifecycle.expiredAt : null;
}

/** The change of the indexes when a row changes; nothing where they stay as they are. */
export function indexWrites(before: AttemptRow | null, after: AttemptRow): Write[] {
  const old = new Map((before === null ? [] : indexKeys(before)).map((key) => [text(key), key]));
  const writes: Write[] = [];
  for (const key of indexKeys(after)) {
    if (!old.delete(text(key))) writes.push({ kind: "set", key, value: null });
  }
  for (const key of old.values()) writes.push({ kind: "delete", key });
  return writes;
}

/** The place of a row in the order of starts. It never moves, unlike the places by status. */
export function startedKey({ startAt, missionType, attemptId }: AttemptRow): Key {
  return missionKeys.started(startAt, missionType, attemptId);
}

/** Written once, with the counts of the same commit: `StartedStore.cut` rests on that. */
export function startedWrites(before: AttemptRow | null, after: AttemptRow): Write[] {
  return before === null ? [{ kind: "set", key: startedKey(after), value: null }] : [];
}

/** Counts after a row changed; the same object when nothing moved. */
export function countChange(
  counts: AttemptCounts,
  before: AttemptRow | null,
  after: AttemptRow,
): AttemptCounts {
  const from = before === null ? null : outcomeOf(before.lifecycle, before.journey).status;
  const to = outcomeOf(after.lifecycle, after.journey).status;
  if (from === to) return counts;
  const ofType = { ...counts[after.missionType] };
  if (from !== null) ofType[from] = (ofType[from] ?? 0) - 1;
  ofType[to] = (ofType[to] ?? 0) + 1;
  return { ...counts, [after.missionType]: ofType };
}

/** What a row is sorted by; null for none. */
export function sortValue(sort: AttemptSort, row: AttemptRow): number | null {
  if (sort === "startTime") return row.startAt;
  if (sort === "duration") return totalDuration(row);
  return row.review?.rating ?? null;
}

/** Whether attempts in a status may stand in an index with a value, or without one. */
export function mayStand(
  sort: AttemptIndex,
  { status, hasValue }: { readonly status: AttemptStatus; readonly hasValue: boolean },
): boolean {
  if (sort === "duration") return hasValue === (status === "completed" || status === "quitted");
  return hasValue || sort === "rating";
}

function text(key: Key): string {
  return JSON.stringify(key);
}
