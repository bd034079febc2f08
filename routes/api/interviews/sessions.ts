import { createRoute, z } from "@hono/zod-openapi";
import type { Clock } from "../../../lib/clock.ts";
import type { InterviewSettings } from "../../../lib/config/interviews.ts";
import {
  type Interviews,
  type Session,
  sessionChangeSchema,
  sessionInputSchema,
} from "../../../lib/interviews/mod.ts";
import type { AppContext } from "../../middleware/context.ts";
import { requireLogin, whoOf } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { perPerson } from "../../middleware/rate_limit.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody, success } from "../envelope.ts";
import { TO_CHANGE, TO_READ } from "../security.ts";
import { pageQuery, sessionParams } from "./params.ts";
import { createSessionView } from "./session_view.ts";
import {
  askedSchema,
  sessionSchema,
  sessionSummarySchema,
  toAsked,
  toSessionSummary,
} from "./shapes.ts";

const tags = ["interview sessions"];
const refused = errors(400, 401, 403, 404, 429, 503);
const changeRefused = { ...refused, ...errors(409, 413, 415) };

const startRoute = createRoute({
  method: "post",
  path: "/",
  tags,
  summary: "Start an interview; what is not said comes from your preferences",
  security: TO_CHANGE,
  request: { body: jsonBody(sessionInputSchema) },
  responses: {
    201: json(success(sessionSchema), "Started, with its first question"),
    ...errors(400, 401, 403, 413, 415, 429, 503),
  },
});

const listRoute = createRoute({
  method: "get",
  path: "/",
  tags,
  summary: "Your interviews, the newest first",
  security: TO_READ,
  request: { query: pageQuery },
  responses: {
    200: json(
      success(z.object({
        sessions: z.array(sessionSummarySchema),
        total: z.number(),
        limit: z.number(),
        offset: z.number(),
        hasMore: z.boolean(),
      })),
      "Interviews",
    ),
    ...errors(400, 401, 403, 429, 503),
  },
});

const getRoute = createRoute({
  method: "get",
  path: "/{sessionId}",
  tags,
  summary: "One of your interviews, with the answers so far",
  security: TO_READ,
  request: { params: sessionParams },
  responses: { 200: json(success(sessionSchema), "Interview"), ...refused },
});

const updateRoute = createRoute({
  method: "put",
  path: "/{sessionId}",
  tags,
  summary: "Keep an answer under way; leave, come back or complete",
  security: TO_CHANGE,
  request: { params: sessionParams, body: jsonBody(sessionChangeSchema) },
  responses: { 200: json(success(sessionSchema), "As it is now"), ...changeRefused },
});

const nextRoute = createRoute({
  method: "post",
  path: "/{sessionId}/next",
  tags,
  summary: "The question that waits for an answer, or the next one",
  security: TO_CHANGE,
  request: {
    params: sessionParams,
    body: jsonBody(z.object({
      skip: z.boolean().default(false).openapi({ description: "Leaves the one that waits" }),
    })),
  },
  responses: {
    200: json(
      success(z.object({ question: askedSchema.nullable() })),
      "Null when there is none left",
    ),
    ...changeRefused,
  },
});

const completeRoute = createRoute({
  method: "post",
  path: "/{sessionId}/complete",
  tags,
  summary: "Complete an interview",
  security: TO_CHANGE,
  request: { params: sessionParams },
  responses: { 200: json(success(sessionSchema), "Completed"), ...refused, ...errors(409) },
});

const removeRoute = createRoute({
  method: "delete",
  path: "/{sessionId}",
  tags,
  summary: "Delete an interview and everything in it",
  security: TO_CHANGE,
  request: { params: sessionParams },
  responses: { 200: json(success(z.object({ message: z.string() })), "Deleted"), ...refused },
});

export interface InterviewRoutesDeps {
  readonly clock: Clock;
  readonly interviews: Interviews;
  readonly settings: InterviewSettings;
  /** An export is sent; how long that took. */
  readonly onExported: (seconds: number) => void;
}

/** `/api/sessions` (P-09): everybody's own; another's is as unknown as one that never was. */
export function interviewRoutes({ clock, interviews, settings }: InterviewRoutesDeps) {
  const { sessions } = interviews;
  const app = apiApp();
  app.use("*", requireLogin);
  app.on("POST", ["/", "/:sessionId/next"], requireJson);
  app.on("PUT", "/:sessionId", requireJson);
  const questions = { requests: settings.questionsPerMin, seconds: 60 };
  app.on("POST", ["/", "/:sessionId/next"], perPerson({ clock, allowance: questions }));

  const view = createSessionView({ clock, interviews });
  const answerOf = async (session: Session) => ({
    success: true as const,
    data: await view.shown(session),
  });
  const placeOf = (c: AppContext, sessionId: string) => ({ userId: whoOf(c).userId, sessionId });

  app.openapi(startRoute, async (c) => {
    const userAgent = (c.req.header("user-agent") ?? "").slice(0, 200);
    const session = await sessions.start(whoOf(c).userId, { ...c.req.valid("json"), userAgent });
    return c.json(await answerOf(session), 201);
  });
  app.openapi(listRoute, async (c) => {
    const page = c.req.valid("query");
    const { sessions: found, total } = await sessions.list(whoOf(c).userId, page);
    const now = clock.now();
    const data = {
      sessions: found.map((session) => toSessionSummary(session, now)),
      total,
      ...page,
      hasMore: page.offset + found.length < total,
    };
    return c.json({ success: true as const, data }, 200);
  });
  app.openapi(getRoute, async (c) => {
    const session = await sessions.get(placeOf(c, c.req.valid("param").sessionId));
    return c.json(await answerOf(session), 200);
  });
  app.openapi(updateRoute, async (c) => {
    const place = placeOf(c, c.req.valid("param").sessionId);
    return c.json(await answerOf(await sessions.update(place, c.req.valid("json"))), 200);
  });
  app.openapi(nextRoute, async (c) => {
    const place = placeOf(c, c.req.valid("param").sessionId);
    const asked = await sessions.next(place, c.req.valid("json"));
    const content = asked && await view.contentOf(await sessions.get(place), asked);
    const question = asked && content && toAsked(asked, content);
    return c.json({ success: true as const, data: { question } }, 200);
  });
  app.openapi(completeRoute, async (c) => {
    const place = placeOf(c, c.req.valid("param").sessionId);
    return c.json(await answerOf(await sessions.update(place, { status: "completed" })), 200);
  });
  app.openapi(removeRoute, async (c) => {
    await sessions.remove(placeOf(c, c.req.valid("param").sessionId));
    return c.json({ success: true as const, data: { message: "Interview deleted" } }, 200);
  });
  return app;
}
