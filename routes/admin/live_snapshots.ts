import type { FeedEvent, LiveFeed } from "../../lib/missions/mod.ts";
import {
  type LiveEvent,
  type LiveFilter,
  type LiveSnapshot,
  type Overview,
  toLiveQuery,
} from "../../lib/missions/view.ts";

export interface LiveSnapshotDeps {
  readonly feed: LiveFeed;
  readonly epoch: () => string;
  readonly overview: () => Promise<Overview>;
}

/** A `LiveSnapshot` as it is sent, and what its sender has to know of it. */
export interface SnapshotText {
  readonly position: number;
  readonly overview: Overview;
  readonly json: string;
}

/** Rows that a page keeps. */
const MAX_RECENT = 200;

/**
 * Snapshots for pages that cannot follow event by event. In a flood every page takes one each
 * second: those with the same filter get the same text while nothing has moved.
 */
export function createLiveSnapshots(
  deps: LiveSnapshotDeps,
): (filter: LiveFilter) => Promise<SnapshotText> {
  let made = new Map<string, SnapshotText>();
  let madeOf: { position: number; overview: Overview } | null = null;
  return async (filter) => {
    const overview = await deps.overview();
    const position = deps.feed.position();
    if (madeOf?.position !== position || madeOf.overview !== overview) {
      made = new Map();
      madeOf = { position, overview };
    }
    const query = toLiveQuery(filter);
    const text = made.get(query) ?? { position, overview, json: toJson(deps, filter, madeOf) };
    made.set(query, text);
    return text;
  };
}

function toJson(
  { feed, epoch }: LiveSnapshotDeps,
  filter: LiveFilter,
  { position, overview }: { readonly position: number; readonly overview: Overview },
): string {
  const { events, since } = feed.kept();
  const passing = events.filter(({ event }) => passes(event, filter)).slice(-MAX_RECENT);
  const facts: Omit<LiveSnapshot, "recent"> = {
    epoch: epoch(),
    position,
    overview,
    recentSince: passing.length < MAX_RECENT ? since : passing[0].event.position - 1,
  };
  return `${JSON.stringify(facts).slice(0, -1)},"recent":[${newestFirst(passing)}]}`;
}

/** Each event has been written already, when the feed told it. */
function newestFirst(events: readonly FeedEvent[]): string {
  return events.map(({ json }) => json).toReversed().join(",");
}

export function passes(event: LiveEvent, filter: LiveFilter): boolean {
  const { missionType, eventType, relevance } = filter;
  return (missionType === "all" || missionType === event.missionType) &&
    (eventType === "all" || eventType === event.eventType) &&
    (relevance === "all" || (relevance === "mission") === event.isMissionRelevant);
}
