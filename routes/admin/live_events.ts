import { Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { Clock } from "../../lib/clock.ts";
import { jittered } from "../../lib/jitter.ts";
import { parseLiveFilter } from "../../lib/missions/view.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { followLive, type LiveDeps, type LiveText } from "./follow_live.ts";
import { createLiveSnapshots, type LiveSnapshotDeps } from "./live_snapshots.ts";

export interface LiveEventsDeps extends LiveSnapshotDeps {
  readonly clock: Clock;
  /** Whether who asked is still signed in. */
  readonly isSignedIn: (c: AppContext) => Promise<boolean>;
  /** Aborted when the server goes. */
  readonly stopping: AbortSignal;
  /** Told of a stream that had to end; the page comes back by itself. */
  readonly onError: (error: unknown) => void;
}

type StreamDeps = LiveEventsDeps & LiveDeps;

/** A page whose stream ended comes back after half of this to the whole, another each time. */
const RETRY_MS = 4_000;

/**
 * `/admin/live/events`: the log as server-sent events. It goes on after `Last-Event-ID`
 * (`epoch:position`), or gives a snapshot. Scripts ask with HEAD whether they would get a stream:
 * an `EventSource` does not tell them with which status it was refused.
 */
export function liveEventsRoutes(deps: LiveEventsDeps) {
  const app = new Hono<AppEnv>();
  const snapshot = createLiveSnapshots(deps);
  app.get("/live/events", (c) => {
    c.header("x-accel-buffering", "no");
    if (c.req.method === "HEAD") return c.body(null, 200, { "content-type": "text/event-stream" });
    return streamSSE(c, async (stream) => {
      try {
        await answer(c, { ...deps, snapshot }, stream);
      } catch (error) {
        // Not left to the stream: it would tell the page the error's text.
        deps.onError(error);
      }
    });
  });
  return app;
}

async function answer(c: AppContext, deps: StreamDeps, stream: SSEStreamingApi) {
  const gone = new AbortController();
  stream.onAbort(() => gone.abort());
  const query = new URL(c.req.url).searchParams;
  const resumeAfter = c.req.header("last-event-id") ?? query.get("after") ?? "";
  const epoch = deps.epoch();
  await stream.write(`retry: ${Math.round(jittered(RETRY_MS))}\n\n`);
  await followLive(deps, {
    filter: parseLiveFilter(query),
    resumeAt: positionOf(resumeAfter, epoch),
    isWelcome: () => deps.isSignedIn(c),
    signal: AbortSignal.any([gone.signal, deps.stopping]),
    async send(messages) {
      await stream.write(messages.map((message) => toBlock(message, epoch)).join(""));
    },
  });
}

/** JSON has no line breaks, so one line of data holds it. */
function toBlock({ name, json, position }: LiveText, epoch: string): string {
  const id = position === undefined ? "" : `id: ${epoch}:${position}\n`;
  return `event: ${name}\n${id}data: ${json}\n\n`;
}

/** Null for no id, or one of another data file. */
function positionOf(id: string, epoch: string): number | null {
  const [ofEpoch, position] = id.split(":");
  return ofEpoch === epoch && /^\d{1,15}$/.test(position ?? "") ? Number(position) : null;
}
