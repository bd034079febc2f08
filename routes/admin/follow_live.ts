import { type Clock, toIso } from "../../lib/clock.ts";
import type { FeedEvent, LiveFeed } from "../../lib/missions/mod.ts";
import type { LiveFilter, LiveMessages, Overview } from "../../lib/missions/view.ts";
import { pause } from "../../lib/timers.ts";
import { passes, type SnapshotText } from "./live_snapshots.ts";

export interface LiveDeps {
  readonly clock: Clock;
  readonly feed: LiveFeed;
  readonly overview: () => Promise<Overview>;
  readonly snapshot: (filter: LiveFilter) => Promise<SnapshotText>;
}

/** One message of the stream. */
export interface LiveText {
  readonly name: keyof LiveMessages;
  readonly json: string;
  /** From which a page goes on after it; none for what is no part of the log. */
  readonly position?: number;
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
  /** Resolves when the page has room for more. */
  readonly send: (messages: readonly LiveText[]) => Promise<void>;
}

/** Figures are looked at this often, and sent when they changed. */
const OVERVIEW_MS = 1_000;
/** A sign of life for pages and for proxies in between. */
const BEAT_MS = 15_000;
/** Rest after each row: 500 rows a second are more than anybody reads, and less than harms. */
const REST_MS_PER_ROW = 2;
/** And between the snapshots of a page for which even more come. */
const REST_MS_PER_SNAPSHOT = 1_000;

/** What a page has been sent so far; times are monotonic. */
interface Sent {
  position: number;
  overview: string;
  overviewAt: number;
  beatAt: number;
}

/**
 * Sends a page the events and figures from now on, until one side goes. A page that reads too
 * slowly, or for which too many events come, gets a snapshot instead: nothing queues for it.
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
        await watcher.send([toText("beat", { at: toIso(clock.now()) })]);
      }
      const restMs = await sendNews(deps, watcher, sent);
      if (clock.monotonic() - sent.overviewAt >= OVERVIEW_MS) {
        await sendOverview(deps, watcher, sent);
      }
      if (restMs > 0) await pause(restMs, signal);
      await feed.wait(sent.position, signal, OVERVIEW_MS);
    }
  } finally {
    leave();
  }
}

/** Gives how long the page can do without more. */
async function sendNews(deps: LiveDeps, watcher: Watcher, sent: Sent): Promise<number> {
  const events = deps.feed.since(sent.position);
  if (events !== null) {
    return await sendEvents(watcher, sent, { events, position: deps.feed.position() });
  }
  const isFirst = sent.overview === "";
  await sendSnapshot(deps, watcher, sent);
  return isFirst ? 0 : REST_MS_PER_SNAPSHOT;
}

interface Batch {
  readonly events: readonly FeedEvent[];
  /** Up to which these are all. */
  readonly position: number;
}

async function sendEvents({ filter, send }: Watcher, sent: Sent, batch: Batch): Promise<number> {
  const texts: LiveText[] = [];
  for (const { event, json } of batch.events) {
    if (!passes(event, filter)) continue;
    texts.push({ name: "mission_event", json, position: event.position });
  }
  sent.position = batch.position;
  if (texts.length > 0) await send(texts);
  return texts.length * REST_MS_PER_ROW;
}

async function sendSnapshot(deps: LiveDeps, { filter, send }: Watcher, sent: Sent): Promise<void> {
  const { position, overview, json } = await deps.snapshot(filter);
  sent.position = position;
  sent.overview = figuresText(overview);
  sent.overviewAt = deps.clock.monotonic();
  await send([{ name: "snapshot", json, position }]);
}

/** Sends the figures when one of them changed; the time of counting alone is no change. */
async function sendOverview(deps: LiveDeps, { send }: Watcher, sent: Sent): Promise<void> {
  sent.overviewAt = deps.clock.monotonic();
  const overview = await deps.overview();
  const figures = figuresText(overview);
  if (figures === sent.overview) return;
  sent.overview = figures;
  await send([toText("overview", overview)]);
}

function toText<Name extends keyof LiveMessages>(name: Name, data: LiveMessages[Name]): LiveText {
  return { name, json: JSON.stringify(data) };
}

function figuresText({ asOf: _asOf, ...figures }: Overview): string {
  return JSON.stringify(figures);
}
