import type { LiveEvent, LiveSnapshot } from "../lib/missions/view.ts";

/** Rows that a live page keeps; older ones are in the list of attempts. */
export const MAX_FEED_EVENTS = 200;

/** The stream of events as one page shows it. */
export interface Feed {
  readonly epoch: string | null;
  /** The newest position taken in; a repeat after a resume is not past it. */
  readonly position: number;
  /** What is shown, newest first. */
  readonly events: readonly LiveEvent[];
  readonly paused: boolean;
  /** What arrived during the pause, newest first. */
  readonly held: readonly LiveEvent[];
  /** Rows between the newest and the oldest may be missing: the page was too slow or away. */
  readonly hasGap: boolean;
}

export function startFeed(events: readonly LiveEvent[]): Feed {
  return { epoch: null, position: 0, events, paused: false, held: [], hasGap: false };
}

/**
 * The feed with more events, given in their order. Figures are not counted here: whether an event
 * counts (a second end of the same attempt does not) is known on the server alone, which sends them
 * whole.
 */
export function applyLiveEvents(feed: Feed, arrived: readonly LiveEvent[]): Feed {
  let { position } = feed;
  const fresh: LiveEvent[] = [];
  for (const event of arrived) {
    if (event.position <= position) continue;
    position = event.position;
    fresh.unshift(event);
  }
  if (fresh.length === 0) return feed;
  if (!feed.paused) return { ...feed, position, events: newest([...fresh, ...feed.events]) };
  const held = [...fresh, ...feed.held];
  const hasGap = feed.hasGap || held.length > MAX_FEED_EVENTS;
  return { ...feed, position, hasGap, held: newest(held) };
}

/**
 * The feed after a snapshot: joined to what is shown where they meet. Where they do not, or the
 * positions are of another data file, the snapshot is all that is shown, as it is all that is known.
 */
export function applySnapshot(feed: Feed, snapshot: LiveSnapshot): Feed {
  const { epoch, position, recent, recentSince } = snapshot;
  const known = feed.epoch === epoch;
  const meets = known && recentSince <= feed.position;
  const fresh = meets ? recent.filter((event) => event.position > feed.position) : recent;
  const base = { ...feed, epoch, position };
  if (feed.paused) {
    const held = meets ? newest([...fresh, ...feed.held]) : newest(fresh);
    return { ...base, held, hasGap: feed.hasGap || (known && !meets) };
  }
  const events = meets ? newest([...fresh, ...feed.events]) : newest(fresh);
  return { ...base, events, hasGap: meets ? feed.hasGap : known };
}

export function pauseFeed(feed: Feed): Feed {
  return { ...feed, paused: true };
}

/** Shows what was held; nothing that arrived during the pause is lost up to the cap of rows. */
export function resumeFeed(feed: Feed): Feed {
  return { ...feed, paused: false, held: [], events: newest([...feed.held, ...feed.events]) };
}

function newest(events: readonly LiveEvent[]): readonly LiveEvent[] {
  return events.slice(0, MAX_FEED_EVENTS);
}
