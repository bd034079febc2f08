import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { type Clock, toIso } from "../../lib/clock.ts";
import type { LiveFeed } from "../../lib/missions/mod.ts";
import {
  type LiveEvent,
  type LiveFilter,
  type LiveSnapshot,
  type Overview,
  parseLiveFilter,
} from "../../lib/missions/view.ts";
import { delay } from "../../lib/timers.ts";
import type { AppEnv } from "../middleware/context.ts";

export interface LiveEventsDeps {
  readonly clock: Clock;
  readonly feed: LiveFeed;
  readonly epoch: () => string;
  readonly overview: () => Promise<Overview>;
  /** Aborted when the server goes. */
  readonly stopping: AbortSignal;
  /** Told of a stream that had to end; the page comes back by itself. */
  readonly onError: (error: unknown) => void;
}

/** A page is sent what gathered in this time at once; well below what a person sees. */
const GATHER_MS = 40;
/** Figures are looked at this often, and sent when they changed. */
const OVERVIEW_MS = 1_000;
/** A sign of life for pages and for proxies in between. */
const BEAT_MS = 15_000;
/** Rows that a page keeps. */
const MAX_RECENT = 200;

/** What a page has been sent so far. */
interface Page {
  readonly filter: LiveFilter;
  position: number;
  overview: string;
  overviewAt: number;
  sentAt: number;
}

/**
 * `/admin/live/events`: the log as server-sent events. It goes on after `Last-Event-ID`
 * (`epoch:position`), or gives a snapshot. A page that reads too slowly misses events and gets a
 * snapshot too: nothing queues for it.
 */
export function liveEventsRoutes(deps: LiveEventsDeps) {
  const app = new Hono<AppEnv>();
  app.get("/live/events", (c) => {
    c.header("x-accel-buffering", "no");
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const signal = AbortSignal.any([gone.signal, deps.stopping]);
      const query = new URL(c.req.url).searchParams;
      const resumeAt = positionOf(
        c.req.header("last-event-id") ?? query.get("after") ?? "",
        deps.epoch(),
      );
      const leave = await deps.feed.watch();
      try {
        const send = (event: string, data: unknown, id?: number) => {
          const text = typeof data === "string" ? data : JSON.stringify(data);
          const mark = id === undefined ? {} : { id: `${deps.epoch()}:${id}` };
          return stream.writeSSE({ event, data: text, ...mark });
        };
        await serve(deps, parseLiveFilter(query), { resumeAt, signal, send });
      } finally {
        leave();
      }
    }, (error) => {
      deps.onError(error);
      return Promise.resolve();
    });
  });
  return app;
}

interface Serving {
  readonly resumeAt: number | null;
  readonly signal: AbortSignal;
  readonly send: (event: string, data: unknown, id?: number) => Promise<void>;
}

async function serve(deps: LiveEventsDeps, filter: LiveFilter, serving: Serving): Promise<void> {
  const { clock, feed } = deps;
  const { signal, send } = serving;
  const page: Page = {
    filter,
    position: serving.resumeAt ?? -1,
    overview: "",
    overviewAt: 0,
    sentAt: clock.now(),
  };
  while (!signal.aborted) {
    const events = feed.since(page.position);
    if (events === null) await sendSnapshot(deps, page, send);
    else await sendEvents(page, events, feed.position(), send);
    if (clock.now() - page.overviewAt >= OVERVIEW_MS) await sendOverview(deps, page, send);
    if (clock.now() - page.sentAt >= BEAT_MS) {
      page.sentAt = clock.now();
      await send("beat", { at: toIso(page.sentAt) });
    }
    await feed.wait(page.position, signal, OVERVIEW_MS);
    if (!signal.aborted) await delay(GATHER_MS, signal);
  }
}

async function sendSnapshot(deps: LiveEventsDeps, page: Page, send: Serving["send"]) {
  const overview = await deps.overview();
  const { events, since } = deps.feed.kept();
  page.position = deps.feed.position();
  const passing = events.filter((event) => passes(event, page.filter)).slice(-MAX_RECENT);
  const snapshot: LiveSnapshot = {
    epoch: deps.epoch(),
    position: page.position,
    overview,
    recent: passing.toReversed(),
    recentSince: passing.length < MAX_RECENT ? since : passing[0].position - 1,
  };
  page.overview = figuresText(overview);
  page.overviewAt = page.sentAt = deps.clock.now();
  await send("snapshot", snapshot, page.position);
}

async function sendEvents(
  page: Page,
  events: readonly LiveEvent[],
  position: number,
  send: Serving["send"],
): Promise<void> {
  for (const event of events) {
    page.position = event.position;
    if (passes(event, page.filter)) await send("mission_event", event, event.position);
  }
  page.position = Math.max(page.position, position);
}

/** Sends the figures when one of them changed; the time of counting alone is no change. */
async function sendOverview(deps: LiveEventsDeps, page: Page, send: Serving["send"]) {
  page.overviewAt = deps.clock.now();
  const overview = await deps.overview();
  const text = figuresText(overview);
  if (text === page.overview) return;
  page.overview = text;
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

/** Null for no id, or one of another data file. */
function positionOf(id: string, epoch: string): number | null {
  const [ofEpoch, position] = id.split(":");
  return ofEpoch === epoch && /^\d{1,15}$/.test(position ?? "") ? Number(position) : null;
}
