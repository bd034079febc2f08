import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import type { Clock } from "../lib/clock.ts";
import { toIso } from "../lib/clock.ts";
import { apiApp } from "./api/app.ts";
import { errors, json } from "./api/envelope.ts";
import type { AppEnv } from "./middleware/context.ts";

export interface HealthDeps {
  readonly clock: Clock;
  readonly startedAt: number;
  /** Writes and reads back; gives the milliseconds that it took, or fails. */
  readonly probeStorage: () => Promise<number>;
  readonly log: () => {
    readonly lag: number;
    readonly waiting: number;
    readonly parked: number;
    readonly failure: unknown;
    readonly projectionFailure: unknown;
  };
  readonly connections: () => number;
  /** Above so many, no further kiosk can connect. */
  readonly maxConnections: number;
  readonly eventLoopLagMs: () => number;
}

/** A probe writes; callers within this time share one. */
const PROBE_SHARED_MS = 1_000;

const healthSchema = z.object({
  status: z.enum(["ok", "degraded"]),
  timestamp: z.iso.datetime(),
  /** Seconds. */
  uptime: z.number(),
  database: z.enum(["connected", "disconnected"]),
  websocket: z.enum(["active", "full"]),
  activeUsers: z.number(),
  storage: z.object({
    probeMs: z.number().nullable(),
    waitingFacts: z.number(),
    lagFacts: z.number(),
    /** Acknowledged, and in no row: they wait for a program that can put them there. */
    parkedFacts: z.number(),
  }),
  connections: z.number(),
  eventLoopLagMs: z.number(),
}).openapi("Health");

const routeAt = (path: string) =>
  createRoute({
    method: "get",
    path,
    tags: ["operation"],
    summary: "Whether storage and sockets work",
    responses: {
      200: json(healthSchema, "Storage was just seen to work"),
      503: json(healthSchema, "Storage does not work"),
      ...errors(401),
    },
  });

/** `/health` and `/api/health` (M-19, X-05): green only when storage was seen to work. */
export function healthRoutes(deps: HealthDeps) {
  const report = reporter(deps);
  return apiApp().openapi(routeAt("/health"), report).openapi(routeAt("/api/health"), report);
}

function reporter(deps: HealthDeps): RouteHandler<ReturnType<typeof routeAt>, AppEnv> {
  const probe = sharedProbe(deps);
  return async (c) => {
    const storageMs = await probe();
    const { lag, waiting, parked, projectionFailure } = deps.log();
    const ok = storageMs !== null && projectionFailure === null;
    // Another start would not cure what is parked, so it is no reason to answer 503.
    const status = ok && parked === 0 ? "ok" as const : "degraded" as const;
    const now = deps.clock.now();
    const connections = deps.connections();
    return c.json({
      status,
      timestamp: toIso(now),
      uptime: (now - deps.startedAt) / 1000,
      database: ok ? "connected" as const : "disconnected" as const,
      websocket: connections < deps.maxConnections ? "active" as const : "full" as const,
      activeUsers: connections,
      storage: { probeMs: storageMs, waitingFacts: waiting, lagFacts: lag, parkedFacts: parked },
      connections,
      eventLoopLagMs: deps.eventLoopLagMs(),
    }, ok ? 200 : 503);
  };
}

/**
 * One probe at a time, its answer shared for a second, or until a commit fails; null when storage
 * failed.
 */
function sharedProbe({ clock, probeStorage, log }: HealthDeps): () => Promise<number | null> {
  let last: { at: number; failure: unknown; result: Promise<number | null> } | null = null;
  return () => {
    const at = clock.monotonic();
    const { failure } = log();
    if (last === null || last.failure !== failure || at - last.at > PROBE_SHARED_MS) {
      last = { at, failure, result: probeStorage().catch(() => null) };
    }
    return last.result;
  };
}
