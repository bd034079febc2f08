import { createRoute, z } from "@hono/zod-openapi";
import { type Clock, toIso } from "../../lib/clock.ts";
import type { MissionsService } from "../../lib/missions/mod.ts";
import { requireLogin } from "../middleware/guards.ts";
import { apiApp } from "./app.ts";
import { errors, json, success } from "./envelope.ts";

export interface AnalyticsRoutesDeps {
  readonly clock: Clock;
  readonly missions: MissionsService;
  readonly connections: () => number;
  readonly eventLoopLagMs: () => number;
}

/** Below the first number the load is low, below the second medium (T-M21). */
const CONNECTION_LOADS = [20, 100] as const;
const LAG_LOADS_MS = [50, 200] as const;

const realtimeSchema = z.object({
  activeConnections: z.number(),
  inProgressAttempts: z.number(),
  completedToday: z.number(),
  quittedToday: z.number(),
  currentLoad: z.enum(["low", "medium", "high"]),
  timestamp: z.iso.datetime(),
});

const realtimeRoute = createRoute({
  method: "get",
  path: "/realtime",
  tags: ["analytics"],
  summary: "Figures of this moment",
  security: [{ bearer: [] }],
  responses: { 200: json(success(realtimeSchema), "Figures"), ...errors(401, 403, 429, 503) },
});

/** `/api/analytics` (document 1, section 4). */
export function analyticsRoutes(deps: AnalyticsRoutesDeps) {
  const app = apiApp();
  app.use("*", requireLogin);
  return app.openapi(realtimeRoute, async (c) => {
    const activeConnections = deps.connections();
    const data = {
      activeConnections,
      ...await deps.missions.realtime(),
      currentLoad: loadOf(activeConnections, deps.eventLoopLagMs()),
      timestamp: toIso(deps.clock.now()),
    };
    return c.json({ success: true as const, data }, 200);
  });
}

/** The worse of what the number of connections and the lateness of the event loop say. */
export function loadOf(connections: number, lagMs: number): "low" | "medium" | "high" {
  if (connections >= CONNECTION_LOADS[1] || lagMs >= LAG_LOADS_MS[1]) return "high";
  return connections >= CONNECTION_LOADS[0] || lagMs >= LAG_LOADS_MS[0] ? "medium" : "low";
}
