import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../lib/json.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { Rating } from "./visit.ts";

/** What one attempt must look like. */
export interface Expected {
  readonly attemptId: string;
  readonly sessionId: string;
  readonly missionType: string;
  readonly startTime: string;
  readonly statuses: readonly string[];
  readonly review: Rating | null;
  readonly entries: readonly LedgerEntry[];
  /** What the server said against the book while it played. */
  readonly complaints: readonly string[];
}

export interface StoredEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly timestamp: string;
  readonly data: JsonObject;
  readonly seq?: number | null;
  readonly clientEventId?: string | null;
}

/** What the server shows of one attempt; null where it says that there is nothing. */
export interface Found {
  readonly attempt: {
    readonly sessionId: string;
    readonly missionType: string;
    readonly startTime: string;
    readonly status: string;
    readonly eventCount: number;
    readonly review: Rating | null;
  } | null;
  readonly eventCount: number;
  readonly events: readonly StoredEvent[];
  readonly review: Rating | null;
}

export interface Difference {
  readonly attemptId: string;
  readonly about: string;
  readonly expected: string;
  readonly found: string;
}

/** Everything in which the server's account differs from the client's; empty when they agree. */
export function compareAttempt(expected: Expected, found: Found): readonly Difference[] {
  const differ = (about: string, wanted: unknown, got: unknown): Difference => ({
    attemptId: expected.attemptId,
    about,
    expected: toText(wanted),
    found: toText(got),
  });
  const complaints = expected.complaints.map((it) => differ("answers while playing", "sound", it));
  if (found.attempt === null) return [...complaints, differ("attempt", "there", "missing")];
  return [
    ...complaints,
    ...compareFacts({ expected, found, differ }),
    ...compareEvents({ expected, found, differ }),
    ...compareOrder(found.events, differ),
  ];
}

type Differ = (about: string, wanted: unknown, got: unknown) => Difference;

interface Comparison {
  readonly expected: Expected;
  readonly found: Found;
  readonly differ: Differ;
}

function compareFacts({ expected, found, differ }: Comparison): Difference[] {
  const { attempt, events, review } = found;
  if (attempt === null) return [];
  const result: Difference[] = [];
  const check = (about: string, wanted: unknown, got: unknown) => {
    if (!isDeepStrictEqual(wanted, got)) result.push(differ(about, wanted, got));
  };
  check("sessionId", expected.sessionId, attempt.sessionId);
  check("missionType", expected.missionType, attempt.missionType);
  check("startTime", Date.parse(expected.startTime), Date.parse(attempt.startTime));
  if (!expected.statuses.includes(attempt.status)) {
    result.push(differ("status", expected.statuses.join(" or "), attempt.status));
  }
  check("eventCount of the attempt", events.length, attempt.eventCount);
  check("eventCount of the list", events.length, found.eventCount);
  check("review", toPlain(expected.review), toPlain(review));
  check("review in the attempt", toPlain(expected.review), toPlain(attempt.review));
  return result;
}

function compareEvents({ expected, found, differ }: Comparison): Difference[] {
  const { events: stored } = found;
  const result: Difference[] = [];
  const known = new Set<StoredEvent>();
  for (const entry of expected.entries) {
    const about = `event ${entry.seq} ${entry.eventType}`;
    const own = stored.filter((it) => isOf(it, entry));
    own.forEach((it) => known.add(it));
    if (entry.refused !== null) result.push(differ(about, "accepted", `refused ${entry.refused}`));
    else if (entry.eventId === null) result.push(differ(about, "acknowledged", "no answer"));
    const must = entry.eventId === null ? 0 : 1;
    if (own.length < must) result.push(differ(about, `stored as ${entry.eventId}`, "missing"));
    if (own.length > 1) result.push(differ(about, "stored once", `stored ${own.length} times`));
    for (const [wanted, got] of own.slice(0, 1).flatMap((it) => compareEvent(entry, it))) {
      result.push(differ(about, wanted, got));
    }
  }
  for (const it of stored) {
    if (!known.has(it)) {
      result.push(differ(`event ${it.eventId}`, "not there", `${it.eventType}, never sent`));
    }
  }
  return result;
}

function isOf(stored: StoredEvent, entry: LedgerEntry): boolean {
  return stored.eventId === entry.eventId || stored.clientEventId === entry.clientEventId;
}

/** Pairs of what was sent and what is stored that are not equal. */
function compareEvent(entry: LedgerEntry, stored: StoredEvent): (readonly [unknown, unknown])[] {
  const pairs = [
    [entry.eventId ?? stored.eventId, stored.eventId],
    [entry.eventType, stored.eventType],
    [Date.parse(entry.timestamp), Date.parse(stored.timestamp)],
    [withoutRelevance(entry.data), withoutRelevance(stored.data)],
    [entry.seq, stored.seq ?? entry.seq],
  ] as const;
  return pairs.filter(([wanted, got]) => !isDeepStrictEqual(wanted, got));
}

function compareOrder(stored: readonly StoredEvent[], differ: Differ): Difference[] {
  return stored.flatMap((it, i) => {
    const before = stored[i - 1];
    if (before === undefined || Date.parse(before.timestamp) <= Date.parse(it.timestamp)) return [];
    return [differ(`order at ${it.eventId}`, `after ${before.timestamp}`, it.timestamp)];
  });
}

/** The server answers these two by its own definition (trap T-M25). */
function withoutRelevance(data: JsonObject): JsonObject {
  const { isMissionRelevant: _ours, clientIsMissionRelevant: _clients, ...rest } = data;
  return rest;
}

/** Only what a visitor gave; an id and times are the server's own. */
function toPlain(review: Rating | null): Rating | null {
  if (review === null) return null;
  const { rating, ratingText, feedback } = review;
  return { rating, ratingText, feedback, hasFeedback: review.hasFeedback };
}

const MAX_SHOWN = 90;

function toText(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value) ?? "nothing";
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
