import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import type { Audit } from "../../lib/audit/mod.ts";
import { toIso } from "../../lib/clock.ts";
import {
  type AttemptRow,
  exclusionInputSchema,
  type MissionsService,
} from "../../lib/missions/mod.ts";
import type { AppEnv } from "../middleware/context.ts";
import { loginName, requirePermission } from "../middleware/guards.ts";
import { requireJson } from "../middleware/json_body.ts";
import { apiApp } from "./app.ts";
import { errors, json, jsonBody, success } from "./envelope.ts";
import { attemptParams, listQuery } from "./mission_schemas.ts";
import { TO_CHANGE, TO_READ } from "./security.ts";

export interface ExclusionRoutesDeps {
  readonly missions: MissionsService;
  readonly audit: Audit;
}

/** `/api/admin/exclusions`: attempts that count in no number. */
export function exclusionRoutes(deps: ExclusionRoutesDeps) {
  const app = apiApp();
  app.use("/attempts/:attemptId/exclusion", requirePermission("study"));
  app.on("POST", "/attempts/:attemptId/exclusion", requireJson);
  app.openapi(excludeRoute, exclude(deps));
  app.openapi(includeRoute, include(deps));
  app.use("/exclusions", requirePermission("study"));
  app.openapi(exclusionsRoute, exclusions(deps.missions));
  return app;
}

const tags = ["admin"];

const excludedSchema = z.object({
  attemptId: z.string(),
  missionType: z.string(),
  startTime: z.iso.datetime(),
  /** Null once the attempt counts again. */
  exclusion: z.object({ reason: z.string(), by: z.string(), at: z.iso.datetime() }).nullable(),
});

function toExcluded({ attemptId, missionType, startAt, exclusion }: AttemptRow) {
  return {
    attemptId,
    missionType,
    startTime: toIso(startAt),
    exclusion: exclusion && { ...exclusion, at: toIso(exclusion.at) },
  };
}

const excludeRoute = createRoute({
  method: "post",
  path: "/attempts/{attemptId}/exclusion",
  tags,
  summary: "Leave an attempt out of all numbers",
  security: TO_CHANGE,
  request: { params: attemptParams, body: jsonBody(exclusionInputSchema) },
  responses: {
    200: json(success(excludedSchema), "Excluded"),
    ...errors(400, 401, 403, 404, 413, 415, 429, 503),
  },
});

function exclude(
  { missions, audit }: ExclusionRoutesDeps,
): RouteHandler<typeof excludeRoute, AppEnv> {
  return async (c) => {
    const { attemptId } = c.req.valid("param");
    const by = loginName(c);
    const row = await missions.exclude(attemptId, { ...c.req.valid("json"), by });
    await audit.record({ action: "attempt.excluded", target: attemptId, by });
    return c.json({ success: true as const, data: toExcluded(row) }, 200);
  };
}

const includeRoute = createRoute({
  method: "delete",
  path: "/attempts/{attemptId}/exclusion",
  tags,
  summary: "Take an attempt into the numbers again",
  security: TO_CHANGE,
  request: { params: attemptParams },
  responses: {
    200: json(success(excludedSchema), "Included"),
    ...errors(400, 401, 403, 404, 429, 503),
  },
});

function include(
  { missions, audit }: ExclusionRoutesDeps,
): RouteHandler<typeof includeRoute, AppEnv> {
  return async (c) => {
    const { attemptId } = c.req.valid("param");
    const by = loginName(c);
    const row = await missions.include(attemptId, { by });
    await audit.record({ action: "attempt.included", target: attemptId, by });
    return c.json({ success: true as const, data: toExcluded(row) }, 200);
  };
}

const exclusionsRoute = createRoute({
  method: "get",
  path: "/exclusions",
  tags,
  summary: "List excluded attempts, the last excluded first",
  security: TO_READ,
  request: { query: listQuery.pick({ limit: true, offset: true }) },
  responses: {
    200: json(
      success(z.object({
        attempts: z.array(excludedSchema),
        pagination: z.object({ limit: z.number(), offset: z.number(), hasMore: z.boolean() }),
      })),
      "A page",
    ),
    ...errors(400, 401, 403, 429, 503),
  },
});

function exclusions(missions: MissionsService): RouteHandler<typeof exclusionsRoute, AppEnv> {
  return async (c) => {
    const page = c.req.valid("query");
    const { rows, hasMore } = await missions.listExcluded(page);
    const data = { attempts: rows.map(toExcluded), pagination: { ...page, hasMore } };
    return c.json({ success: true as const, data }, 200);
  };
}
