import { Hono } from "hono";
import type { Clock } from "../lib/clock.ts";
import { toIso } from "../lib/clock.ts";
import type { AppEnv } from "./middleware/context.ts";

export interface HealthDeps {
  readonly clock: Clock;
  readonly startedAt: number;
  /** Writes and reads back; gives the milliseconds that it took, or fails. */
  readonly probeStorage: () => Promise<number>;
  readonly log: () => { readonly lag: number; readonly waiting: number; readonly failure: unknown };
  readonly connections: () => number;
  readonly eventLoopLagMs: () => number;
}

/** A probe writes; callers within this time share one. */
const PROBE_SHARED_MS = 1_000;

/** `/health` and `/api/health` (M-19, X-05): green only when storage was seen to work. */
export function healthRoutes(deps: HealthDeps) {
  const probe = sharedProbe(deps);
  const app = new Hono<AppEnv>();
  app.on("GET", ["/health", "/api/health"], async (c) => {
    const storageMs = await probe();
    const { lag, waiting, failure } = deps.log();
    const ok = storageMs !== null && failure === null;
    const now = deps.clock.now();
    return c.json({
      status: ok ? "ok" : "degraded",
      timestamp: toIso(now),
      uptime: (now - deps.startedAt) / 1000,
      database: ok ? "connected" : "disconnected",
      websocket: "active",
      activeUsers: deps.connections(),
      storage: { probeMs: storageMs, waitingFacts: waiting, lagFacts: lag },
      connections: deps.connections(),
      eventLoopLagMs: deps.eventLoopLagMs(),
    }, ok ? 200 : 503);
  });
  return app;
}

/** One probe at a time, its answer shared for a second; null when storage failed. */
function sharedProbe({ clock, probeStorage }: HealthDeps): () => Promise<number | null> {
  let last: { at: number; result: Promise<number | null> } | null = null;
  return () => {
    const now = clock.now();
    if (last === null || now - last.at > PROBE_SHARED_MS) {
      last = { at: now, result: probeStorage().catch(() => null) };
    }
    return last.result;
  };
}
