import { createRoute, z } from "@hono/zod-openapi";
import { type Clock, toIso } from "../../../lib/clock.ts";
import type { Interviews } from "../../../lib/interviews/mod.ts";
import { requirePermission } from "../../middleware/guards.ts";
import { apiApp } from "../app.ts";
import { errors, json, success } from "../envelope.ts";
import { TO_READ } from "../security.ts";
import { pageQuery } from "./params.ts";
import { sessionSummarySchema, toSessionSummary } from "./shapes.ts";

const tags = ["interviews of everybody"];
const refused = errors(400, 401, 403, 429, 503);

const sessionsRoute = createRoute({
  method: "get",
  path: "/sessions",
  tags,
  summary: "Everybody's interviews, the newest first, without the answers",
  security: TO_READ,
  request: { query: pageQuery },
  responses: {
    200: json(
      success(z.object({
        sessions: z.array(sessionSummarySchema),
        limit: z.number(),
        offset: z.number(),
        hasMore: z.boolean(),
      })),
      "Interviews",
    ),
    ...refused,
  },
});

const daySchema = z.object({
  date: z.iso.date(),
  sessionsStarted: z.number(),
  sessionsCompleted: z.number(),
  questionsAnswered: z.number(),
  answersJudged: z.number(),
  averageScore: z.number().nullable(),
});

const analyticsRoute = createRoute({
  method: "get",
  path: "/analytics",
  tags,
  summary: "What everybody practised day by day, and how the queue is",
  security: TO_READ,
  request: { query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }) },
  responses: {
    200: json(
      success(z.object({
        days: z.array(daySchema),
        queue: z.object({
          waiting: z.number().openapi({ description: "Answers that wait for their analysis" }),
          dead: z.number().openapi({ description: "Answers whose analysis was given up" }),
        }),
      })),
      "Days of the exhibition's zone, the oldest first",
    ),
    ...refused,
  },
});

const deadRoute = createRoute({
  method: "get",
  path: "/analyses/dead",
  tags,
  summary: "Answers whose analysis was given up, the newest first",
  security: TO_READ,
  request: { query: pageQuery.pick({ limit: true }) },
  responses: {
    200: json(
      success(z.object({
        analyses: z.array(z.object({
          id: z.string(),
          userId: z.string(),
          sessionId: z.string(),
          tries: z.number(),
          lastDueAt: z.iso.datetime().openapi({ description: "When the last try was due" }),
        })),
      })),
      "Analyses",
    ),
    ...refused,
  },
});

export interface AdminOverviewDeps {
  readonly clock: Clock;
  readonly interviews: Interviews;
}

/** Interviews under `/api/admin` (P-13); answers stay with who gave them. */
export function adminInterviewRoutes({ clock, interviews }: AdminOverviewDeps) {
  const { everybody, queue } = interviews;
  const app = apiApp();
  for (const path of ["/sessions", "/analytics", "/analyses/dead"]) {
    app.use(path, requirePermission("administer"));
  }

  app.openapi(sessionsRoute, async (c) => {
    const { limit, offset } = c.req.valid("query");
    const found = await everybody.sessions({ limit: limit + 1, offset });
    const sessions = found.slice(0, limit).map((it) => toSessionSummary(it, clock.now()));
    const data = { sessions, limit, offset, hasMore: found.length > limit };
    return c.json({ success: true as const, data }, 200);
  });
  app.openapi(analyticsRoute, async (c) => {
    const days = await everybody.days(c.req.valid("query").days);
    const data = { days, queue: { waiting: queue.waiting(), dead: queue.dead() } };
    return c.json({ success: true as const, data }, 200);
  });
  app.openapi(deadRoute, async (c) => {
    const jobs = await queue.listDead(c.req.valid("query").limit);
    const analyses = jobs.map(({ jobId: id, userId, sessionId, tries, dueAt }) => ({
      id,
      userId,
      sessionId,
      tries,
      lastDueAt: toIso(dueAt),
    }));
    return c.json({ success: true as const, data: { analyses } }, 200);
  });
  return app;
}
