import { createRoute, z } from "@hono/zod-openapi";
import type { Session, Sessions } from "../../../lib/auth/sessions.ts";
import { toIso } from "../../../lib/clock.ts";
import { AppError } from "../../../lib/errors.ts";
import { idSchema } from "../../../lib/ids.ts";
import { requireLogin, whoOf } from "../../middleware/guards.ts";
import { apiApp } from "../app.ts";
import { errors, json, success } from "../envelope.ts";
import { TO_CHANGE, TO_READ } from "../security.ts";

export const sessionSchema = z.object({
  sessionId: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  userAgent: z.string(),
  address: z.string(),
  isCurrent: z.boolean(),
}).openapi("Session");

export function toSession(session: Session, currentId: string): z.infer<typeof sessionSchema> {
  const { sessionId, userAgent, address } = session;
  return {
    sessionId,
    createdAt: toIso(session.createdAt),
    lastUsedAt: toIso(session.lastUsedAt),
    expiresAt: toIso(session.expiresAt),
    userAgent,
    address,
    isCurrent: sessionId === currentId,
  };
}

const tags = ["users"];

const listRoute = createRoute({
  method: "get",
  path: "/sessions",
  tags,
  summary: "Where you are signed in, newest first",
  security: TO_READ,
  responses: {
    200: json(success(z.object({ sessions: z.array(sessionSchema) })), "Sessions"),
    ...errors(401, 403, 429, 503),
  },
});

const endRoute = createRoute({
  method: "delete",
  path: "/sessions/{sessionId}",
  tags,
  summary: "End one of your sessions",
  security: TO_CHANGE,
  request: {
    params: z.object({
      sessionId: idSchema("session").openapi({
        param: { name: "sessionId", in: "path" },
      }),
    }),
  },
  responses: {
    200: json(success(z.object({ sessionId: z.string() })), "Ended"),
    ...errors(400, 401, 403, 404, 429, 503),
  },
});

/** `/api/users/sessions`: a person's own. */
export function sessionRoutes(sessions: Sessions) {
  const app = apiApp();
  app.use("/sessions", requireLogin);
  app.use("/sessions/:sessionId", requireLogin);
  app.openapi(listRoute, async (c) => {
    const { userId, sessionId } = whoOf(c);
    const found = (await sessions.list(userId)).map((session) => toSession(session, sessionId));
    return c.json({ success: true as const, data: { sessions: found } }, 200);
  });
  app.openapi(endRoute, async (c) => {
    const { sessionId } = c.req.valid("param");
    const session = await sessions.find(sessionId);
    if (session?.userId !== whoOf(c).userId) {
      throw new AppError("NOT_FOUND", "Session is not known");
    }
    await sessions.end(sessionId);
    return c.json({ success: true as const, data: { sessionId } }, 200);
  });
  return app;
}
