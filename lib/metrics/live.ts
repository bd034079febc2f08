import { toIso } from "../clock.ts";
import type { FactLog, LogRecord } from "../log/mod.ts";
import type { CountedEvent } from "./event.ts";
import { type LiveEvent, MAX_LIVE_EVENTS, timeAgo } from "./view.ts";

/** Told at once to those who listen; of more, the newest. */
const MAX_TOLD = 100;
/** Facts looked through for the list of a new process. */
const READ_BACK = 1_000;
/** What was received longer ago, as an import brings it, is no news. */
const MAX_AGE_MS = 24 * 3_600_000;

export type LiveListener = (events: readonly LiveEvent[]) => void;

/** The newest events that were stored, and who is told of them. */
export interface LiveList {
  /** Newest first. */
  list(now: number): LiveEvent[];
  /** Told of each step's events, oldest first; the result ends it. */
  listen(listener: LiveListener): () => void;
  stored(events: readonly CountedEvent[], now: number): void;
  /** Puts events of an earlier process, and perhaps some of this one, before those of this one. */
  recall(events: readonly CountedEvent[], now: number): void;
}

export interface LiveListDeps {
  /** Told of a listener that failed; the others are told all the same. */
  readonly onError: (error: unknown) => void;
}

export function createLiveList({ onError }: LiveListDeps): LiveList {
  let newest: readonly CountedEvent[] = [];
  const listeners = new Set<LiveListener>();

  function isNews({ receivedAt }: CountedEvent, now: number): boolean {
    return receivedAt >= now - MAX_AGE_MS;
  }

  return {
    list: (now) => newest.map((event) => toLiveEvent(event, now)).reverse(),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stored(events, now) {
      const news = events.filter((event) => isNews(event, now));
      if (news.length === 0) return;
      newest = [...newest, ...news].slice(-MAX_LIVE_EVENTS);
      if (listeners.size === 0) return;
      const told = news.slice(-MAX_TOLD).map((event) => toLiveEvent(event, now));
      for (const listener of listeners) {
        try {
          listener(told);
        } catch (error) {
          onError(error);
        }
      }
    },
    recall(events, now) {
      const known = new Set(newest.map(({ eventId }) => eventId));
      const older = events.filter((event) => isNews(event, now) && !known.has(event.eventId));
      newest = [...older, ...newest].slice(-MAX_LIVE_EVENTS);
    },
  };
}

/** The last facts of the log, for the list of a new process. */
export async function readTail(log: Pick<FactLog, "head" | "read">): Promise<LogRecord[]> {
  return await log.read(Math.max(0, log.head() - READ_BACK), READ_BACK);
}

function toLiveEvent(event: CountedEvent, now: number): LiveEvent {
  const { eventId, eventName, userId, country, device, timestamp } = event;
  return {
    id: eventId,
    eventName,
    userId,
    country,
    device: device === "kiosk" ? "tablet" : device === "unknown" ? "web" : device,
    timestamp: toIso(timestamp),
    timeAgo: timeAgo(timestamp, now),
  };
}
