import { createDoorbell } from "../log/doorbell.ts";
import type { FactLog } from "../log/mod.ts";
import { pause } from "../timers.ts";
import { createLiveVisits, type FeedEvent, type LiveVisitsDeps } from "./live_visits.ts";

export type { FeedEvent } from "./live_visits.ts";

/** The newest events of all attempts, for pages that watch (M-48). */
export interface LiveFeed {
  /** Of the newest fact that was looked at. */
  position(): number;
  /**
   * Events after a position in log order; null when there were too many, or they are no longer
   * kept: the page then takes a snapshot instead of a queue.
   */
  since(position: number): readonly FeedEvent[] | null;
  /** All that are kept, in log order; none is missing after `since`. */
  kept(): { readonly events: readonly FeedEvent[]; readonly since: number };
  /** Resolves when there is more than up to `position`, at the signal, or after a while. */
  wait(position: number, signal: AbortSignal, atMostMs: number): Promise<void>;
  /** Keeps the feed going while somebody watches; the result lets go. */
  watch(): Promise<() => void>;
  close(): Promise<void>;
}

export interface LiveFeedDeps extends LiveVisitsDeps {
  readonly log: FactLog;
  /** Told of a read that failed; it is tried again. */
  readonly onError: (error: unknown) => void;
}

/** Events that fill a page. */
const SHOWN = 200;
const KEPT = 2 * SHOWN;
/** Facts that a beginning goes back at most, when those of other kinds stand between the events. */
const FARTHEST_BACK = 25 * KEPT;
const WIDENING = 5;
/** Facts read at once; of a longer way behind, the feed goes on near the head. */
const MAX_READ = 20_000;
/** What comes in this time is told at once; well below what a person sees. */
const GATHER_MS = 40;
/** Rest after each event that was told: however many come, most of the time is theirs. */
const REST_MS_PER_EVENT = 1;
/** How soon the feed notices that nobody watches any more, and tries again what failed. */
const LOOK_AROUND_MS = 1_000;

export function createLiveFeed({ log, onError, ...deps }: LiveFeedDeps): LiveFeed {
  const visits = createLiveVisits(deps, KEPT);
  let events: readonly FeedEvent[] = [];
  /** What was read is told a little later. */
  let readTo = 0;
  let position = 0;
  /** Events after this position are all in `events`. */
  let completeSince = 0;
  let watchers = 0;
  /** Under way while somebody watches; done when it has caught up. */
  let begun: Promise<void> | null = null;
  let loops: Promise<void> = Promise.resolve();
  const closing = new AbortController();
  const arrived = createDoorbell();
  const moved = createDoorbell();

  /** What is older is in the lists. */
  function startNearHead(back: number): void {
    visits.forget();
    events = [];
    readTo = position = completeSince = Math.max(0, log.head() - back);
  }

  async function begin(): Promise<void> {
    for (let back = KEPT;; back *= WIDENING) {
      startNearHead(back);
      const head = log.head();
      while (readTo < head && await readOn());
      await tell();
      if (events.length >= SHOWN || head <= back || back >= FARTHEST_BACK) return;
    }
  }

  /** Reads each commit while it is in memory; false at the head. */
  async function readOn(): Promise<boolean> {
    if (log.head() - readTo > MAX_READ) startNearHead(KEPT);
    const records = await log.read(readTo, MAX_READ);
    if (records.length === 0) return false;
    visits.take(records);
    readTo = records[records.length - 1].position;
    return true;
  }

  /** Gives how many events there were. */
  async function tell(): Promise<number> {
    const upTo = readTo;
    const { told, leftOut } = await visits.tell();
    const all = [...events, ...told];
    const dropped = all[all.length - KEPT - 1]?.event.position ?? 0;
    events = all.slice(-KEPT);
    completeSince = Math.max(completeSince, dropped, leftOut);
    position = Math.max(position, upTo);
    return told.length;
  }

  /** A step that fails is tried again a second later. */
  async function attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      onError(error);
      await pause(LOOK_AROUND_MS, closing.signal);
    }
  }

  async function readNext(): Promise<void> {
    if (await readOn()) arrived.ring();
    else await log.wait(readTo, closing.signal, LOOK_AROUND_MS);
  }

  async function tellNext(over: AbortSignal): Promise<void> {
    if (position >= readTo) return await arrived.wait(over, LOOK_AROUND_MS);
    const told = await tell();
    moved.ring();
    await pause(Math.max(GATHER_MS, told * REST_MS_PER_EVENT), over);
  }

  /** Who comes after this said no begins anew. */
  function isWatched(): boolean {
    if (watchers > 0 && !closing.signal.aborted) return true;
    begun = null;
    return false;
  }

  async function follow(): Promise<void> {
    const over = new AbortController();
    const telling = (async () => {
      while (!over.signal.aborted) await attempt(() => tellNext(over.signal));
    })();
    while (isWatched()) await attempt(readNext);
    over.abort();
    await telling;
  }

  return {
    position: () => position,
    since(after) {
      if (after < completeSince || after > position) return null;
      // Most pages have all but the newest few.
      let first = events.length;
      while (first > 0 && events[first - 1].event.position > after) first--;
      return events.slice(first);
    },
    kept: () => ({ events, since: completeSince }),
    async wait(after, signal, atMostMs) {
      if (position <= after) await moved.wait(signal, atMostMs);
    },
    async watch() {
      watchers++;
      if (begun === null) {
        begun = loops.then(begin);
        // Whoever waits for the beginning hears of its failure.
        loops = begun.then(follow, () => {});
      }
      try {
        await begun;
      } catch (error) {
        begun = null;
        watchers--;
        throw error;
      }
      return () => void watchers--;
    },
    async close() {
      closing.abort();
      await loops;
    },
  };
}
