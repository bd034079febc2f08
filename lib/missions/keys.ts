import type { Key } from "../kv/port.ts";
import type { AttemptStatus } from "./schema.ts";

/** Every key of the missions. Indexes hold `null`; the row is read by its id. */
export const missionKeys = {
  attempt: (attemptId: string): Key => ["missions", "attempts", attemptId],
  attempts: ["missions", "attempts"] satisfies Key,
  /** The facts of an attempt, in parts; the rows can be made anew from them. */
  history: (attemptId: string): Key => ["missions", "history", attemptId],
  historyPart: (attemptId: string, position: number): Key => [
    "missions",
    "history",
    attemptId,
    position,
  ],
  allHistory: ["missions", "history"] satisfies Key,
  counts: ["missions", "counts"] satisfies Key,
  start: (keyHash: string): Key => ["missions", "starts", keyHash],
  /** `hasValue` is 1 for a number and 0 for none, so that those without come last. */
  sorted: (sort: AttemptIndex, { missionType, status, value, attemptId }: SortPlace): Key => [
    ...missionKeys.partition(sort, missionType, status, value !== null),
    value ?? 0,
    attemptId,
  ],
  /** Where what comes after a place begins. */
  sortedBehind: (sort: AttemptIndex, place: SortPlace): Key => [
    ...missionKeys.sorted(sort, place),
    0,
  ],
  partition: (
    sort: AttemptIndex,
    missionType: string,
    status: AttemptStatus,
    hasValue: boolean,
  ): Key => ["missions", `attempts_by_${sort}`, missionType, status, hasValue ? 1 : 0],
  /** By the start under a key that never changes, so that a walk meets every attempt once. */
  started: (startAt: number, missionType: string, attemptId: string): Key => [
    ...missionKeys.startedFrom(startAt),
    missionType,
    attemptId,
  ],
  startedFrom: (startAt: number): Key => ["missions", "attempts_by_start", startAt],
  startedAll: ["missions", "attempts_by_start"] satisfies Key,
  sortedAll: (sort: AttemptIndex): Key => ["missions", `attempts_by_${sort}`],
  /** By the end in server time, to count a day. */
  ended: (endedAt: number, status: AttemptStatus, attemptId: string): Key => [
    "missions",
    "attempts_by_end",
    endedAt,
    status,
    attemptId,
  ],
  endedFrom: (endedAt: number): Key => ["missions", "attempts_by_end", endedAt],
  endedAll: ["missions", "attempts_by_end"] satisfies Key,
  /** Attempts that are over and have their events still, by their last sign of life (server time). */
  withEvents: (lastReceivedAt: number, attemptId: string): Key => [
    ...missionKeys.withEventsFrom(lastReceivedAt),
    attemptId,
  ],
  withEventsFrom: (lastReceivedAt: number): Key => [
    "missions",
    "attempts_with_events",
    lastReceivedAt,
  ],
  withEventsAll: ["missions", "attempts_with_events"] satisfies Key,
  /** What is kept of the attempts of an hour of UTC, in parts: a head, then numbers. */
  hourPart: ({ kind, missionType, hour }: HourPlace, part: number): Key => [
    ...missionKeys.hour({ kind, missionType, hour }),
    part,
  ],
  hour: ({ kind, missionType, hour }: HourPlace): Key => [
    ...missionKeys.hoursOf(kind, missionType),
    hour,
  ],
  hoursOf: (kind: string, missionType: string): Key => ["missions", "hours", kind, missionType],
  hours: ["missions", "hours"] satisfies Key,
  /** An attempt that started in the hour has changed since. */
  hourMark: (missionType: string, hour: number): Key => [
    ...missionKeys.hourMarksOf(missionType),
    hour,
  ],
  hourMarksOf: (missionType: string): Key => ["missions", "hours_dirty", missionType],
  hourMarks: ["missions", "hours_dirty"] satisfies Key,
  annotation: (annotationId: string): Key => ["missions", "annotations", annotationId],
  annotations: ["missions", "annotations"] satisfies Key,
};

export const ATTEMPT_SORTS = ["startTime", "duration", "rating"] as const;
export type AttemptSort = (typeof ATTEMPT_SORTS)[number];
/** `excludedAt` holds the excluded attempts alone. */
export const ATTEMPT_INDEXES = [...ATTEMPT_SORTS, "excludedAt"] as const;
export type AttemptIndex = (typeof ATTEMPT_INDEXES)[number];

export interface HourPlace {
  /** Which of the hour's partial results. */
  readonly kind: string;
  readonly missionType: string;
  /** Its start, epoch milliseconds. */
  readonly hour: number;
}

/** Where an attempt stands in the order of an index; null for one without a value. */
export interface IndexPlace {
  readonly value: number | null;
  readonly attemptId: string;
}

export interface SortPlace extends IndexPlace {
  readonly missionType: string;
  readonly status: AttemptStatus;
}
