import { Hono } from "hono";
import { parseLiveFilter } from "../../lib/missions/view.ts";
import type { AppEnv } from "../middleware/context.ts";
import { type EventStreamDeps, sendEventStream } from "../pages/event_stream.ts";
import { followLive, type LiveDeps, type LiveText } from "./follow_live.ts";
import { createLiveSnapshots, type LiveSnapshotDeps } from "./live_snapshots.ts";

export interface LiveEventsDeps
  extends Omit<LiveDeps, "snapshot">, LiveSnapshotDeps, EventStreamDeps {}

/**
 * `/admin/live/events`: the log as server-sent events. It goes on after `Last-Event-ID`
 * (`epoch:position`), or gives a snapshot.
 */
export function liveEventsRoutes(deps: LiveEventsDeps) {
  const app = new Hono<AppEnv>();
  const snapshot = createLiveSnapshots(deps);
  app.get("/live/events", (c) => {
    const query = new URL(c.req.url).searchParams;
    const epoch = deps.epoch();
    const resumeAfter = c.req.header("last-event-id") ?? query.get("after") ?? "";
    return sendEventStream(c, {
      ...deps,
      follow: ({ stream, isWelcome, signal }) =>
        followLive({ ...deps, snapshot }, {
          filter: parseLiveFilter(query),
          resumeAt: positionOf(resumeAfter, epoch),
          isWelcome,
          signal,
          async send(messages) {
            await stream.write(messages.map((message) => toBlock(message, epoch)).join(""));
          },
        }),
    });
  });
  return app;
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
