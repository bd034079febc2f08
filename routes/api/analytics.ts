import { createRoute, z } from "@hono/zod-openapi";
import { type Clock, toIso } from "../../lib/clock.ts";
import type { MissionsService } from "../../lib/missions/mod.ts";
import { requirePermission } from "../middleware/guards.ts";
import {
  analyticsQuery,
  missionAnalyticsSchema,
  missionParams,
  pathAnalyticsSchema,
  toMissionAnalytics,
  toPathAnalytics,
} from "./analytics_schemas.ts";
import { apiApp } from "./app.ts";
import { errors, json, success } from "./envelope.ts";
import { TO_READ } from "./security.ts";

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
  security: TO_READ,
  responses: { 200: json(success(realtimeSchema), "Figures"), ...errors(401, 403, 429, 503) },
});

type AnalyticsParams = z.infer<typeof analyticsQuery>;

const pathsAnswer = {
  method: "get" as const,
  tags: ["analytics"],
  summary: "How many took each path, and how long they took",
  security: TO_READ,
  responses: {
    200: json(success(pathAnalyticsSchema), "Figures"),
    ...errors(400, 401, 403, 429, 503),
  },
};

const missionRoute = createRoute({
  method: "get",
  path: "/missions/{missionType}",
  tags: ["analytics"],
  summary: "Figures of the attempts that started in a period",
  security: TO_READ,
  request: { params: missionParams, query: analyticsQuery },
  responses: {
    200: json(success(missionAnalyticsSchema), "Figures"),
    ...errors(400, 401, 403, 429, 503),
  },
});

const missionPathsRoute = createRoute({
  ...pathsAnswer,
  path: "/missions/{missionType}/paths",
  request: { params: missionParams, query: analyticsQuery },
});

/** The document's address of it; a route for each mission, so that no other word is taken. */
const pathsRoute = (missionType: string) =>
  createRoute({
    ...pathsAnswer,
    path: pathsPath(missionType),
    request: { query: analyticsQuery },
  });

function pathsPath(missionType: string): string {
  return `/${missionType}/paths`;
}

/** `/api/analytics` of missions (document 1, section 4); what else stands there has its own guard. */
export function analyticsRoutes(deps: AnalyticsRoutesDeps) {
  const { missions } = deps;
  const app = apiApp();
  for (const path of ["/realtime", "/missions/*", ...missions.missionsWithPaths().map(pathsPath)]) {
    app.use(path, requirePermission("read"));
  }

  app.openapi(realtimeRoute, async (c) => {
    const activeConnections = deps.connections();
    const data = {
      activeConnections,
      ...await missions.realtime(),
      currentLoad: loadOf(activeConnections, deps.eventLoopLagMs()),
      timestamp: toIso(deps.clock.now()),
    };
    return c.json({ success: true as const, data }, 200);
  });

  app.openapi(missionRoute, async (c) => {
    const { detail, ...period } = c.req.valid("query");
    const query = { ...c.req.valid("param"), ...period };
    const answer = await missions.missionAnalytics(query, { detail: detail === "full" });
    return c.json({ success: true as const, data: toMissionAnalytics(answer) }, 200);
  });

  async function pathsOf(missionType: string, { detail, ...period }: AnalyticsParams) {
    const query = { missionType, ...period };
    const answer = await missions.pathAnalytics(query, { detail: detail === "full" });
    return { success: true as const, data: toPathAnalytics(answer) };
  }

  app.openapi(missionPathsRoute, async (c) => {
    const { missionType } = c.req.valid("param");
    return c.json(await pathsOf(missionType, c.req.valid("query")), 200);
  });

  for (const missionType of missions.missionsWithPaths()) {
    app.openapi(
      pathsRoute(missionType),
      async (c) => c.json(await pathsOf(missionType, c.req.valid("query")), 200),
    );
  }
  return app;
}

/** The worse of what the number of connections and the lateness of the event loop say. */
export function loadOf(connections: number, lagMs: number): "low" | "medium" | "high" {
  if (connections >= CONNECTION_LOADS[1] || lagMs >= LAG_LOADS_MS[1]) return "high";
  return connections >= CONNECTION_LOADS[0] || lagMs >= LAG_LOADS_MS[0] ? "medium" : "low";
}
