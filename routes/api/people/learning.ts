import { createRoute, z } from "@hono/zod-openapi";
import {
  incrementSchema,
  learningHoursSchema,
  type People,
  streakSchema,
  weeklySchema,
} from "../../../lib/people/mod.ts";
import { toLearning } from "../../../lib/people/view.ts";
import { requireLogin, whoOf } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody } from "../envelope.ts";
import { pageQuery, personParams, requireOwner } from "./params.ts";
import { learningSchema } from "./shapes.ts";
import { TO_CHANGE, TO_READ } from "../security.ts";

const tags = ["learning analytics"];
const refused = errors(400, 401, 403, 404, 429, 503);

/** A change of a person's learning analytics, by a checked body. */
function changeRoute<T extends z.ZodType>(
  { method, path, summary, body }: {
    method: "patch" | "post";
    path: string;
    summary: string;
    body: T;
  },
) {
  return createRoute({
    method,
    path: `/{userId}/${path}`,
    tags,
    summary,
    security: TO_CHANGE,
    request: { params: personParams, body: jsonBody(body) },
    responses: { 200: json(learningSchema, "As they are now"), ...refused, ...errors(413, 415) },
  });
}

const hoursRoute = changeRoute({
  method: "patch",
  path: "learning-hours",
  summary: "Add hours of learning",
  body: learningHoursSchema,
});
const streakRoute = changeRoute({
  method: "patch",
  path: "streak",
  summary: "Set the streak",
  body: streakSchema,
});
const incrementRoute = changeRoute({
  method: "patch",
  path: "increment",
  summary: "Count up one statistic",
  body: incrementSchema,
});
const weeklyRoute = changeRoute({
  method: "post",
  path: "weekly",
  summary: "Set the entry of a day",
  body: weeklySchema,
});

const findRoute = createRoute({
  method: "get",
  path: "/{userId}",
  tags,
  summary: "A person's learning analytics",
  security: TO_READ,
  request: { params: personParams },
  responses: { 200: json(learningSchema, "Zeros for one who has not begun"), ...refused },
});

const initRoute = createRoute({
  method: "post",
  path: "/{userId}/init",
  tags,
  summary: "Begin a person's learning analytics, if that has not been",
  security: TO_CHANGE,
  request: { params: personParams },
  responses: { 200: json(learningSchema, "As they are now"), ...refused },
});

const leaderboardRoute = createRoute({
  method: "get",
  path: "/leaderboard/all",
  tags,
  summary: "Who has learned the longest",
  security: TO_READ,
  request: { query: pageQuery(100) },
  responses: {
    200: json(
      z.object({
        analytics: z.array(
          learningSchema.partial().extend({
            rank: z.number(),
            name: z.string().nullable(),
            totalLearningHours: z.number(),
            currentStreak: z.number(),
          }),
        ),
        total: z.number(),
        hasMore: z.boolean(),
      }),
      "Names of those who chose to be shown",
    ),
    ...errors(400, 401, 429, 503),
  },
});

export interface LearningRoutesDeps {
  readonly people: People;
  /** The name under which a person wants to stand on the leaderboard; null for none. */
  readonly shownName: (userId: string) => Promise<string | null>;
}

/** Learning analytics under `/api/analytics` (document 3, L-08…L-14). */
export function learningRoutes({ people, shownName }: LearningRoutesDeps) {
  const app = apiApp();
  app.use("*", requireLogin);
  for (const path of ["learning-hours", "streak", "increment"]) {
    app.on("PATCH", `/:userId/${path}`, requireJson);
  }
  app.on("POST", "/:userId/weekly", requireJson);

  app.openapi(leaderboardRoute, async (c) => {
    const page = c.req.valid("query");
    const { learners, total } = await people.leaders(page);
    const isAdmin = whoOf(c).role === "admin";
    const analytics = await Promise.all(learners.map(async (learner, i) => {
      const { totalLearningHours, currentStreak } = learner;
      const name = await shownName(learner.userId);
      const seen = isAdmin ? toLearning(learner) : { totalLearningHours, currentStreak };
      return { rank: page.skip + i + 1, name, ...seen };
    }));
    return c.json({ analytics, total, hasMore: page.skip + analytics.length < total }, 200);
  });
  app.openapi(findRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    return c.json(toLearning(await people.findLearning(userId)), 200);
  });
  app.openapi(initRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    return c.json(toLearning(await people.beginLearning(userId)), 200);
  });
  app.openapi(hoursRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    return c.json(toLearning(await people.addHours(userId, c.req.valid("json").hours)), 200);
  });
  app.openapi(streakRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    return c.json(toLearning(await people.setStreak(userId, c.req.valid("json"))), 200);
  });
  app.openapi(incrementRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    return c.json(toLearning(await people.increment(userId, c.req.valid("json"))), 200);
  });
  app.openapi(weeklyRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    return c.json(toLearning(await people.setDay(userId, c.req.valid("json"))), 200);
  });
  return app;
}
