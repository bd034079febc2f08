import { createRoute, z } from "@hono/zod-openapi";
import { MIN_OTHERS } from "../../../lib/interviews/mod.ts";
import { JOB_CATEGORIES } from "../../../lib/job_categories.ts";
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

/** Means of the four, each from 0 to 25. */
const meansSchema = z.object({
  understanding: z.number(),
  logic: z.number(),
  specificity: z.number(),
  jobFit: z.number(),
});

const benchmarksRoute = createRoute({
  method: "get",
  path: "/benchmarks",
  tags,
  summary: "Your answers beside those of others, in each category that you practised",
  security: TO_READ,
  responses: {
    200: json(
      success(z.object({
        minimumPeople: z.number(),
        categories: z.array(z.object({
          category: z.enum(JOB_CATEGORIES),
          answers: z.number(),
          averageScore: z.number(),
          scores: meansSchema,
          insufficientData: z.boolean(),
          others: z.object({
            people: z.number(),
            averageScore: z.number(),
            scores: meansSchema,
            percentile: z.number().openapi({ description: "How many of a hundred you exceed" }),
          }).nullable().openapi({ description: "Null where there are too few" }),
        })),
      })),
      "Categories with a judged answer of yours",
    ),
    ...refused,
  },
});

/** What a person sees of their own practice, under `/api/analytics` (P-12). */
export function interviewStatsRoutes({ interviews: { stats } }: InterviewRoutesDeps) {
  const app = apiApp();
  for (const path of ["/user-stats", "/progress", "/skills", "/benchmarks"]) {
    app.use(path, requireLogin);
  }
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
  app.openapi(benchmarksRoute, async (c) => {
    const categories = (await stats.benchmarks(whoOf(c).userId))
      .map((it) => ({ ...it, insufficientData: it.others === null }));
    const data = { minimumPeople: MIN_OTHERS, categories };
    return c.json({ success: true as const, data }, 200);
  });
  return app;
}
