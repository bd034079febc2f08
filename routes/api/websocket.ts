import { createRoute, z } from "@hono/zod-openapi";
import { type Clock, toIso } from "../../lib/clock.ts";
import { AppError } from "../../lib/errors.ts";
import { permits } from "../../lib/auth/roles.ts";
import type { ServerEvent } from "../../ws/protocol.ts";
import { requireLogin, requirePermission, whoOf } from "../middleware/guards.ts";
import { requireJson } from "../middleware/json_body.ts";
import { apiApp } from "./app.ts";
import { errors, json, jsonBody } from "./envelope.ts";
import { TO_CHANGE, TO_READ } from "./security.ts";

export interface WebsocketRoutesDeps {
  readonly clock: Clock;
  /** As payloads name the server. */
  readonly serverName: string;
  /** Whether what is for tests is there (T-V06). */
  readonly testEndpoints: boolean;
  readonly sockets: {
    connections(): number;
    directory(): {
      byNamespace(): Readonly<Record<string, number>>;
      users(): number;
      socketsOf(userId: string): number;
    };
    toUser(userId: string, event: ServerEvent): void;
  };
}

/** Where these routes stand, each with the same answers (T-V09). */
export const WEBSOCKET_PATHS = ["/api/v1/websocket", "/api/websocket"] as const;

/** Success envelope of document 4. */
function answered<T extends z.ZodType>(data: T) {
  return z.object({
    statusCode: z.literal(200),
    data,
    message: z.string(),
    success: z.literal(true),
  });
}

const ok = <T>(data: T, message: string) =>
  ({ statusCode: 200, data, message, success: true }) as const;

/** Ids of other systems are taken as they come (T-V08). */
const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "an id of letters, digits, - and _");
const userParams = z.object({
  userId: idSchema.openapi({ param: { name: "userId", in: "path" } }),
});

const tags = ["websocket"];
const refused = errors(400, 401, 403, 429);
const testRefused = errors(400, 401, 403, 404, 413, 415, 429);

const statsRoute = createRoute({
  method: "get",
  path: "/stats",
  tags,
  summary: "How many are connected over Socket.IO to this process",
  security: TO_READ,
  responses: {
    200: json(
      answered(z.object({
        connections: z.number(),
        connectedUsers: z.number().openapi({ description: "Persons; each may have many sockets" }),
        sockets: z.record(z.string(), z.number()).openapi({ description: "By namespace" }),
        timestamp: z.iso.datetime(),
        server: z.string(),
      })),
      "Figures of this moment",
    ),
    ...refused,
  },
});

const statusRoute = createRoute({
  method: "get",
  path: "/user/{userId}/status",
  tags,
  summary: "Whether a person is connected: oneself, or anybody for administrators",
  security: TO_READ,
  request: { params: userParams },
  responses: {
    200: json(
      answered(z.object({
        userId: z.string(),
        isConnected: z.boolean(),
        sockets: z.number(),
        timestamp: z.iso.datetime(),
      })),
      "As it is",
    ),
    ...refused,
  },
});

const sentSchema = z.object({
  userId: z.string(),
  events: z.array(z.string()),
  sockets: z.number().openapi({ description: "Of the person, in this process" }),
});

const emitRoute = createRoute({
  method: "post",
  path: "/test/emit-to-user",
  tags,
  summary: "Send a test event to a person",
  description: "Not in production, unless ENABLE_TEST_ENDPOINTS says so",
  security: TO_CHANGE,
  request: {
    body: jsonBody(z.object({
      userId: idSchema,
      event: z.string().max(60).regex(/^test:[A-Za-z0-9:_-]+$/, "a name that begins with test:"),
      message: z.string().min(1).max(2_000),
    })),
  },
  responses: { 200: json(answered(sentSchema), "Sent"), ...testRefused },
});

const analysisRoute = createRoute({
  method: "post",
  path: "/test/analysis-events/{userId}",
  tags,
  summary: "Send a person the events of an analysis that never was",
  description: "Not in production, unless ENABLE_TEST_ENDPOINTS says so",
  security: TO_CHANGE,
  request: {
    params: userParams,
    body: jsonBody(z.object({
      interviewId: idSchema,
      outcome: z.enum(["completed", "failed"]).default("completed"),
    })),
  },
  responses: { 200: json(answered(sentSchema), "Sent"), ...testRefused },
});

/** `/api/v1/websocket` (document 4, V-14…V-17). */
export function websocketRoutes(
  { clock, serverName: server, testEndpoints, sockets }: WebsocketRoutesDeps,
) {
  const app = apiApp();
  const now = () => toIso(clock.now());
  app.use("*", requireLogin);
  app.use("/stats", requirePermission("administer"));
  app.use("/test/*", requirePermission("administer"), async (_c, next) => {
    if (!testEndpoints) throw new AppError("NOT_FOUND", "Server sends no events for tests");
    await next();
  });
  app.on("POST", "/test/*", requireJson);

  function send(userId: string, events: readonly ServerEvent[]) {
    for (const event of events) sockets.toUser(userId, event);
    return {
      userId,
      events: events.map(({ event }) => event),
      sockets: sockets.directory().socketsOf(userId),
    };
  }

  app.openapi(statsRoute, (c) => {
    const directory = sockets.directory();
    const stats = {
      connections: sockets.connections(),
      connectedUsers: directory.users(),
      sockets: { ...directory.byNamespace() },
      timestamp: now(),
      server,
    };
    return c.json(ok(stats, "Statistics of this process"), 200);
  });
  app.openapi(statusRoute, (c) => {
    const { userId } = c.req.valid("param");
    const who = whoOf(c);
    if (who.userId !== userId && !permits(who.role, "administer")) {
      throw new AppError("FORBIDDEN", "This belongs to another person");
    }
    const count = sockets.directory().socketsOf(userId);
    const status = { userId, isConnected: count > 0, sockets: count, timestamp: now() };
    return c.json(ok(status, count > 0 ? "Connected" : "Not connected"), 200);
  });
  app.openapi(emitRoute, (c) => {
    const { userId, event, message } = c.req.valid("json");
    const payload = { message, timestamp: now(), server };
    // Whatever stands behind `test:`, no other event has that name.
    const sent = send(userId, [{ event: event as "test:message", payload }]);
    return c.json(ok(sent, "Test event sent"), 200);
  });
  app.openapi(analysisRoute, (c) => {
    const { userId } = c.req.valid("param");
    const { interviewId, outcome } = c.req.valid("json");
    const events = analysisEvents({ interviewId, timestamp: now(), server }, outcome);
    return c.json(ok(send(userId, events), "Analysis events sent"), 200);
  });
  return app;
}

interface Common {
  readonly interviewId: string;
  readonly timestamp: string;
  readonly server: string;
}

/** What a person hears of an analysis from its start to its end, and of what follows from that. */
function analysisEvents(common: Common, outcome: "completed" | "failed"): ServerEvent[] {
  const status = "processing" as const;
  return [
    {
      event: "analysis:started",
      payload: { ...common, message: "Analysis has started", status },
    },
    {
      event: "analysis:progress",
      payload: { ...common, message: "Analysis goes on", status, percent: 50, stage: "analysing" },
    },
    ...(outcome === "completed" ? completedEvents(common) : [failedEvent(common)]),
  ];
}

function completedEvents(common: Common): ServerEvent[] {
  const status = "completed" as const;
  const { interviewId: reportId, timestamp: analyzedAt } = common;
  const analysis = { summary: "A test", analyzedAt, fileSize: 0 };
  return [
    {
      event: "analysis:completed",
      payload: { ...common, message: "Analysis is complete", status, analysis },
    },
    {
      event: "interview:updated",
      payload: { ...common, message: "Interview was updated", status },
    },
    {
      event: "report:generated",
      payload: { ...common, reportId, message: "Report is complete", status },
    },
  ];
}

function failedEvent(common: Common): ServerEvent {
  const error = "A test";
  const failure = { status: "failed", error, retryable: true, failedAt: common.timestamp } as const;
  return {
    event: "analysis:failed",
    payload: { ...common, message: "Analysis failed", ...failure },
  };
}
