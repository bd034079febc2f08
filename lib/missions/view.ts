import type { Locale, Localized } from "../ui/locale.ts";
import { wordsOf } from "../ui/words.ts";
import { EVENT_TYPES } from "../ui/words/event_types.ts";

export { EVENT_TYPES, type EventType } from "../ui/words/event_types.ts";

/**
 * What the operators' pages show of missions: shapes, the sentence of an event, and how a live page
 * takes in what arrives. Times are ISO 8601 in UTC, durations in seconds, shares from 0 to 1; null
 * stands for "not known (yet)". Safe for browsers.
 */

export const ATTEMPT_STATUSES = [
  "pending",
  "in_progress",
  "completed",
  "quitted",
  "expired",
] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

export interface MissionLabel {
  readonly missionType: string;
  readonly name: Localized;
}

/** One mission today, by the exhibition's day (M-47, T-M21). */
export interface MissionFigures extends MissionLabel {
  readonly inProgress: number;
  readonly completed: number;
  readonly quit: number;
  readonly expired: number;
  readonly avgSeconds: number | null;
  /** 1 very hard … 5 very easy (T-M12). */
  readonly avgRating: number | null;
}

export type Load = "low" | "medium" | "high";

export interface Overview {
  readonly asOf: string;
  readonly activeConnections: number;
  readonly inProgress: number;
  readonly completedToday: number;
  readonly quitToday: number;
  readonly load: Load;
  readonly missions: readonly MissionFigures[];
}

/**
 * What the sentence of an event needs, and nothing else of its data. Free text of visitors
 * (feedback, search text, portfolio names) is never among it, so a live page in the hall cannot
 * show it (T-M30).
 */
export interface EventFacts {
  readonly step?: number;
  /** 1, 2 … in the order of the mission's definition. */
  readonly path?: number;
  readonly seconds?: number;
  /** A name that the application gave: of a card, a button, a dialog. */
  readonly title?: string;
  readonly page?: string;
  readonly count?: number;
  readonly rating?: number;
  readonly action?: string;
}

/** One accepted event as a live page gets it (`mission_event`). */
export interface LiveEvent {
  /** In the log; grows, with holes. */
  readonly position: number;
  readonly attemptId: string;
  readonly missionType: string;
  readonly eventType: string;
  /** By the kiosk's clock. */
  readonly timestamp: string;
  readonly receivedAt: string;
  readonly isMissionRelevant: boolean;
  readonly facts: EventFacts;
}

/** First on each connection, and instead of a queue for a page that is too slow (`snapshot`). */
export interface LiveSnapshot {
  /** Of the data file: positions of another epoch mean nothing. */
  readonly epoch: string;
  readonly position: number;
  readonly overview: Overview;
  /** The newest events that pass the filter, newest first. */
  readonly recent: readonly LiveEvent[];
  /** `recent` has all of them after this position; what came before is left out. */
  readonly recentSince: number;
}

/** The named server-sent events, by name. `beat` is the sign of life that a script can see. */
export interface LiveMessages {
  readonly snapshot: LiveSnapshot;
  readonly mission_event: LiveEvent;
  readonly overview: Overview;
  readonly beat: { readonly at: string };
}

export type AttemptSort = "startTime" | "duration" | "rating";

export interface AttemptFilter {
  /** A mission, or `all`. */
  readonly missionType: string;
  readonly status: AttemptStatus | "all";
}

export interface AttemptListRow {
  readonly attemptId: string;
  readonly mission: MissionLabel;
  readonly status: AttemptStatus;
  readonly startTime: string;
  readonly totalSeconds: number | null;
  readonly rating: number | null;
}

export interface AttemptListView {
  readonly missions: readonly MissionLabel[];
  readonly filter: AttemptFilter;
  readonly sortBy: AttemptSort;
  readonly order: "asc" | "desc";
  readonly total: number;
  readonly limit: number;
  /** Rows before this page, as counted on the way to it. */
  readonly offset: number;
  /** Where the pages before and after this one begin; null for a page without rows. */
  readonly before: string | null;
  readonly after: string | null;
  readonly rows: readonly AttemptListRow[];
}

export interface TimelineEvent {
  readonly kind: "event";
  readonly eventId: string;
  readonly eventType: string;
  /** By the kiosk's clock, corrected. */
  readonly at: string;
  readonly sinceStartSeconds: number;
  readonly isMissionRelevant: boolean;
  readonly facts: EventFacts;
  /** What the kiosk said that a step took, and the time that passed (T-M11). */
  readonly step: {
    readonly reportedSeconds: number | null;
    readonly measuredSeconds: number | null;
  } | null;
  /** `queued`: it waited on the kiosk and came later than it happened. */
  readonly delivery: "live" | "queued";
  /** A further end of an attempt that had ended; stored, and not counted (T-M24). */
  readonly isDuplicate: boolean;
}

/** A time without a connection, in which the kiosk kept its events. */
export interface OfflineSpan {
  readonly kind: "offline";
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
  readonly eventCount: number;
}

export type TimelineItem = TimelineEvent | OfflineSpan;

export interface AttemptDetailView {
  readonly attemptId: string;
  readonly sessionId: string;
  readonly kioskId: string | null;
  readonly mission: MissionLabel;
  readonly status: AttemptStatus;
  readonly startTime: string;
  readonly endTime: string | null;
  /** Three durations (T-M10): to the end, to success, and without idle times and forced waits. */
  readonly totalSeconds: number | null;
  readonly taskSeconds: number | null;
  readonly activeSeconds: number | null;
  /** The kiosk's own total, shown when it differs by more than a second. */
  readonly reportedSeconds: number | null;
  readonly path: { readonly number: number; readonly title: Localized } | null;
  /** The task was done, and the visitor left before the flow was finished. */
  readonly leftAtRating: boolean;
  readonly duplicateTerminals: number;
  readonly review: {
    readonly rating: number;
    readonly feedback: string | null;
    readonly submittedAt: string;
  } | null;
  readonly eventCount: number;
  /** When they were removed because of their age; null while there are any to be read. */
  readonly eventsRemovedAt: string | null;
  /** In time order. */
  readonly timeline: readonly TimelineItem[];
  /** Address of the rest when there are more events than are shown. */
  readonly moreHref: string | null;
}

export interface LiveFilter {
  /** A mission, or `all`. */
  readonly missionType: string;
  /** An event type, or `all`. */
  readonly eventType: string;
  readonly relevance: "all" | "mission" | "general";
}

export const NO_LIVE_FILTER: LiveFilter = {
  missionType: "all",
  eventType: "all",
  relevance: "all",
};

/** `mission`, `type` and `relevant` of a query; what is missing or unknown filters nothing. */
export function parseLiveFilter(query: URLSearchParams): LiveFilter {
  const relevant = query.get("relevant");
  return {
    missionType: query.get("mission") || "all",
    eventType: query.get("type") || "all",
    relevance: relevant === "true" ? "mission" : relevant === "false" ? "general" : "all",
  };
}

/** The query of a filter: empty, or `?mission=…`. */
export function toLiveQuery({ missionType, eventType, relevance }: LiveFilter): string {
  const query = new URLSearchParams();
  if (missionType !== "all") query.set("mission", missionType);
  if (eventType !== "all") query.set("type", eventType);
  if (relevance !== "all") query.set("relevant", String(relevance === "mission"));
  return query.size === 0 ? "" : `?${query}`;
}

/** A mission's name; its type when it is gone from the definitions. */
export function missionName(
  missions: readonly MissionLabel[],
  missionType: string,
  locale: Locale,
): string {
  return missions.find((it) => it.missionType === missionType)?.name[locale] ?? missionType;
}

/** The event as a person would tell it: "Step 3 completed in 12.5s" (M-48). */
export function describeEvent(event: Pick<LiveEvent, "eventType" | "facts">, locale: Locale) {
  const { sentences } = wordsOf(locale);
  const known = EVENT_TYPES.find((type) => type === event.eventType);
  return known === undefined ? sentences.unknown : sentences[known](event.facts);
}
