import { createRoute, z } from "@hono/zod-openapi";
import { requireLogin, whoOf } from "../../middleware/guards.ts";
import { apiApp } from "../app.ts";
import { errors, json, success } from "../envelope.ts";
import { TO_READ } from "../security.ts";
import type { InterviewRoutesDeps } from "./sessions.ts";

const tags = ["interview analytics"];
const refused = errors(401, 403, 429, 503);

const skillSchema = z.object({
  score: z.number(),
  trend: z.enum(["improving", "stable", "declining"]),
  questionsCount: z.number(),
});

const statsRoute = createRoute({
  method: "get",
  path: "/user-stats",
  tags,
  summary: "What you have practised so far",
  security: TO_READ,
  responses: {
    200: json(
      success(z.object({
        sessionsCompleted: z.number(),
        averageScore: z.number(),
        timeSpent: z.number().openapi({ description: "Seconds" }),
        questionsAnswered: z.number(),
        improvementRate: z.number().openapi({
          description: "Mean of the last five scores less that of the five before",
        }),
      })),
      "Figures",
    ),
    ...refused,
  },
});

const progressRoute = createRoute({
  method: "get",
  path: "/progress",
  tags,
  summary: "Your practice day by day, the oldest first",
  security: TO_READ,
  responses: {
    200: json(
      success(z.object({
        days: z.array(z.object({
          date: z.iso.date(),
          sessions: z.number(),
          questionsAnswered: z.number(),
          averageScore: z.number().nullable(),
        })),
      })),
      "Days with a session",
    ),
    ...refused,
  },
});

const skillsRoute = createRoute({
  method: "get",
  path: "/skills",
  tags,
  summary: "Your skills by the latest ten answers of each, with their trend",
  security: TO_READ,
  responses: {
    200: json(success(z.object({ skills: z.record(z.string(), skillSchema) })), "Skills"),
    ...refused,
  },
});

/** What a person sees of their own practice, under `/api/analytics` (P-12). */
export function interviewStatsRoutes({ interviews: { stats } }: InterviewRoutesDeps) {
  const app = apiApp();
  for (const path of ["/user-stats", "/progress", "/skills"]) app.use(path, requireLogin);
  app.openapi(
    statsRoute,
    async (c) =>
      c.json({ success: true as const, data: await stats.figures(whoOf(c).userId) }, 200),
  );
  app.openapi(progressRoute, async (c) => {
    const days = await stats.progress(whoOf(c).userId);
    return c.json({ success: true as const, data: { days } }, 200);
  });
  app.openapi(skillsRoute, async (c) => {
    const skills = await stats.skills(whoOf(c).userId);
    return c.json({ success: true as const, data: { skills } }, 200);
  });
  return app;
}
