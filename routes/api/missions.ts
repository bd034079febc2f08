import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import type { Tokens } from "../../lib/auth/tokens.ts";
import { AppError } from "../../lib/errors.ts";
import { type MissionsService, reviewSchema, startSchema } from "../../lib/missions/mod.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { requireKiosk, requireOwnAttempt, requirePermission } from "../middleware/guards.ts";
import { requireJson } from "../middleware/json_body.ts";
import { apiApp } from "./app.ts";
import { errors, json, jsonBody, success } from "./envelope.ts";
import {
  attemptParams,
  attemptSchema,
  eventsQuery,
  eventsSchema,
  listQuery,
  listSchema,
  reviewedSchema,
  startedSchema,
  statusesOf,
  storedReviewSchema,
  toAttempt,
  toEventPage,
  toListRow,
  toReview,
} from "./mission_schemas.ts";
import { FOR_KIOSKS, TO_READ } from "./security.ts";

export interface MissionRoutesDeps {
  readonly missions: MissionsService;
  readonly tokens: Tokens;
  readonly requireKioskKey: boolean;
  /** Where clients of this request find `/ws`. */
  readonly wsUrlOf: (c: AppContext) => string;
}

/** `/api/missions` (document 1, sections 1 to 3). */
export function missionRoutes(deps: MissionRoutesDeps) {
  const kiosk = requireKiosk(deps.requireKioskKey);
  const app = apiApp();
  app.on("POST", "/start", kiosk, requireJson);
  app.openapi(startRoute, start(deps));
  app.on("GET", "/", requirePermission("read"));
  app.openapi(listRoute, list(deps));
  app.on("GET", "/:attemptId", kiosk);
  app.openapi(getRoute, get(deps));
  app.on("GET", "/:attemptId/events", requireOwnAttempt);
  app.openapi(eventsRoute, events(deps));
  app.on("POST", "/:attemptId/review", kiosk, requireJson);
  app.openapi(reviewRoute, review(deps));
  app.on("GET", "/:attemptId/review", kiosk);
  app.openapi(getReviewRoute, getReview(deps));
  return app;
}

const tags = ["missions"];

const startRoute = createRoute({
  method: "post",
  path: "/start",
  tags,
  summary: "Start a mission",
  security: FOR_KIOSKS,
  request: {
    headers: z.object({ "idempotency-key": z.string().min(1).max(200).optional() }),
    body: jsonBody(startSchema),
  },
  responses: {
    201: json(success(startedSchema), "Started"),
    ...errors(400, 401, 409, 413, 415, 429, 503),
  },
});

function start(deps: MissionRoutesDeps): RouteHandler<typeof startRoute, AppEnv> {
  const { missions, tokens, wsUrlOf } = deps;
  return async (c) => {
    const { attemptId, sessionId } = await missions.start(c.req.valid("json"), {
      kioskId: c.var.kioskId,
      idempotencyKey: c.req.valid("header")["idempotency-key"] ?? null,
    });
    const wsToken = await tokens.signSocket({ attemptId, sessionId });
    const data = { attemptId, wsUrl: wsUrlOf(c), wsToken, expiresIn: tokens.socketTtlSec };
    return c.json({ success: true as const, data }, 201);
  };
}

const listRoute = createRoute({
  method: "get",
  path: "/",
  tags,
  summary: "List attempts",
  security: TO_READ,
  request: { query: listQuery },
  responses: { 200: json(success(listSchema), "A page"), ...errors(400, 401, 403, 429, 503) },
});

function list({ missions }: MissionRoutesDeps): RouteHandler<typeof listRoute, AppEnv> {
  return async (c) => {
    const { missionType, status, sortBy, order, limit, offset } = c.req.valid("query");
    const { rows, total } = await missions.list({
      missionTypes: missionTypesOf(missions, missionType),
      statuses: statusesOf(status),
      sort: sortBy,
      order,
      limit,
      offset,
    });
    const pagination = { total, limit, offset, hasMore: offset + limit < total };
    const data = { attempts: rows.map(toListRow), pagination };
    return c.json({ success: true as const, data }, 200);
  };
}

const getRoute = createRoute({
  method: "get",
  path: "/{attemptId}",
  tags,
  summary: "Get an attempt",
  security: FOR_KIOSKS,
  request: { params: attemptParams },
  responses: {
    200: json(success(attemptSchema), "The attempt"),
    ...errors(400, 401, 403, 404, 429, 503),
  },
});

function get({ missions }: MissionRoutesDeps): RouteHandler<typeof getRoute, AppEnv> {
  return async (c) => {
    const row = await missions.get(c.req.valid("param").attemptId);
    const definition = missions.missions.version(row.missionType, row.missionVersion);
    return c.json({ success: true as const, data: toAttempt(row, definition) }, 200);
  };
}

const eventsRoute = createRoute({
  method: "get",
  path: "/{attemptId}/events",
  tags,
  summary: "Get the events of an attempt, in time order",
  security: TO_READ,
  request: { params: attemptParams, query: eventsQuery },
  responses: {
    200: json(success(eventsSchema), "Events"),
    ...errors(400, 401, 403, 404, 429, 503),
  },
});

function events({ missions }: MissionRoutesDeps): RouteHandler<typeof eventsRoute, AppEnv> {
  return async (c) => {
    const { attemptId } = c.req.valid("param");
    const query = c.req.valid("query");
    const data = {
      attemptId,
      ...(query.type === undefined ? {} : { eventType: query.type }),
      ...toEventPage(await missions.events(attemptId, query)),
    };
    return c.json({ success: true as const, data }, 200);
  };
}

const reviewRoute = createRoute({
  method: "post",
  path: "/{attemptId}/review",
  tags,
  summary: "Rate an attempt",
  security: FOR_KIOSKS,
  request: { params: attemptParams, body: jsonBody(reviewSchema) },
  responses: {
    201: json(success(reviewedSchema), "Stored"),
    ...errors(400, 401, 403, 404, 409, 413, 415, 429, 503),
  },
});

function review({ missions }: MissionRoutesDeps): RouteHandler<typeof reviewRoute, AppEnv> {
  return async (c) => {
    const { attemptId } = c.req.valid("param");
    const stored = toReview(attemptId, await missions.review(attemptId, c.req.valid("json")));
    const { reviewId, rating, submittedAt } = stored;
    const data = { reviewId, attemptId, rating, submittedAt };
    return c.json({ success: true as const, data }, 201);
  };
}

const getReviewRoute = createRoute({
  method: "get",
  path: "/{attemptId}/review",
  tags,
  summary: "Get the rating of an attempt",
  security: FOR_KIOSKS,
  request: { params: attemptParams },
  responses: {
    200: json(success(storedReviewSchema), "The review"),
    ...errors(400, 401, 403, 404, 429, 503),
  },
});

function getReview({ missions }: MissionRoutesDeps): RouteHandler<typeof getReviewRoute, AppEnv> {
  return async (c) => {
    const { attemptId } = c.req.valid("param");
    const { review } = await missions.get(attemptId);
    if (review === null) throw new AppError("NOT_FOUND", "Attempt has no review");
    return c.json({ success: true as const, data: toReview(attemptId, review) }, 200);
  };
}

/** `all`, or one defined mission in any letter case (T-M27). */
export function missionTypesOf(
  { missions }: MissionsService,
  missionType: string,
): readonly string[] {
  if (missionType === "all") return missions.types;
  const definition = missions.find(missionType);
  if (definition !== null) return [definition.missionType];
  throw new AppError("VALIDATION_ERROR", "Mission is not defined", {
    details: { field: "missionType", expected: `one of all, ${missions.types.join(", ")}` },
  });
}
