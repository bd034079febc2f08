import { type Clock, toIso } from "../../lib/clock.ts";
import type { LiveFeed } from "../../lib/missions/mod.ts";
import type {
  LiveEvent,
  LiveFilter,
  LiveMessages,
  LiveSnapshot,
  Overview,
} from "../../lib/missions/view.ts";

export interface LiveDeps {
  readonly clock: Clock;
  readonly feed: LiveFeed;
  readonly epoch: () => string;
  readonly overview: () => Promise<Overview>;
}

/** One page that watches. */
export interface Watcher {
  readonly filter: LiveFilter;
  /** Where it left off; null for from here on, with a snapshot. */
  readonly resumeAt: number | null;
  /** Asked at each beat: the stream ends with the session that opened it. */
  readonly isWelcome: () => Promise<boolean>;
  /** Aborted when the page or the server goes. */
  readonly signal: AbortSignal;
  readonly send: <Name extends keyof LiveMessages>(
    name: Name,
    data: LiveMessages[Name],
    position?: number,
  ) => Promise<void>;
}

/** A page is sent what gathered in this time at once; well below what a person sees. */
const GATHER_MS = 40;
/** Figures are looked at this often, and sent when they changed. */
const OVERVIEW_MS = 1_000;
/** A sign of life for pages and for proxies in between. */
const BEAT_MS = 15_000;
/** Rows that a page keeps. */
const MAX_RECENT = 200;

/** What a page has been sent so far; times are monotonic. */
interface Sent {
  position: number;
  overview: string;
  overviewAt: number;
  beatAt: number;
}

/**
 * Sends a page the events and figures from now on, until one side goes. A page that reads too
 * slowly misses events and gets a snapshot instead: nothing queues for it.
 */
export async function followLive(deps: LiveDeps, watcher: Watcher): Promise<void> {
  const { clock, feed } = deps;
  const { signal } = watcher;
  const sent: Sent = {
    position: watcher.resumeAt ?? -1,
    overview: "",
    overviewAt: -Infinity,
    beatAt: clock.monotonic(),
  };
  const leave = await feed.watch();
  try {
    while (!signal.aborted) {
      if (clock.monotonic() - sent.beatAt >= BEAT_MS) {
        if (!await watcher.isWelcome()) return;
        sent.beatAt = clock.monotonic();
        await watcher.send("beat", { at: toIso(clock.now()) });
      }
      const events = feed.since(sent.position);
      if (events === null) await sendSnapshot(deps, watcher, sent);
      else await sendEvents(watcher, sent, { events, position: feed.position() });
      if (clock.monotonic() - sent.overviewAt >= OVERVIEW_MS) {
        await sendOverview(deps, watcher, sent);
      }
      await feed.wait(sent.position, signal, OVERVIEW_MS);
      if (!signal.aborted) await delay(GATHER_MS, signal);
    }
  } finally {
    leave();
  }
}

async function sendSnapshot(deps: LiveDeps, { filter, send }: Watcher, sent: Sent): Promise<void> {
  const overview = await deps.overview();
  const { events, since } = deps.feed.kept();
  sent.position = deps.feed.position();
  const passing = events.filter((event) => passes(event, filter)).slice(-MAX_RECENT);
  const snapshot: LiveSnapshot = {
    epoch: deps.epoch(),
    position: sent.position,
    overview,
    recent: passing.toReversed(),
    recentSince: passing.length < MAX_RECENT ? since : passing[0].position - 1,
  };
  sent.overview = figuresText(overview);
  sent.overviewAt = deps.clock.monotonic();
  await send("snapshot", snapshot, sent.position);
}

interface Batch {
  readonly events: readonly LiveEvent[];
  /** Up to which these are all. */
  readonly position: number;
}

async function sendEvents({ filter, send }: Watcher, sent: Sent, batch: Batch): Promise<void> {
  for (const event of batch.events) {
    sent.position = event.position;
    if (passes(event, filter)) await send("mission_event", event, event.position);
  }
  sent.position = Math.max(sent.position, batch.position);
}

/** Sends the figures when one of them changed; the time of counting alone is no change. */
async function sendOverview(deps: LiveDeps, { send }: Watcher, sent: Sent): Promise<void> {
  sent.overviewAt = deps.clock.monotonic();
  const overview = await deps.overview();
  const text = figuresText(overview);
  if (text === sent.overview) return;
  sent.overview = text;
  await send("overview", overview);
}

function figuresText({ asOf: _asOf, ...figures }: Overview): string {
  return JSON.stringify(figures);
}

export function passes(event: LiveEvent, filter: LiveFilter): boolean {
  const { missionType, eventType, relevance } = filter;
  return (missionType === "all" || missionType === event.missionType) &&
    (eventType === "all" || eventType === event.eventType) &&
    (relevance === "all" || (relevance === "mission") === event.isMissionRelevant);
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
