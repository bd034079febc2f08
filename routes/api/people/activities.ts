import { createRoute, z } from "@hono/zod-openapi";
import { activityInputSchema, type People } from "../../../lib/people/mod.ts";
import { toActivity, toActivityPage } from "../../../lib/people/view.ts";
import { requireLogin } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody } from "../envelope.ts";
import { activityParams, pageQuery, personParams, requireOwned, requireOwner } from "./params.ts";
import { activitySchema } from "./shapes.ts";
import { TO_CHANGE, TO_READ } from "../security.ts";

const tags = ["activities"];
const refused = errors(400, 401, 403, 404, 429, 503);

const addRoute = createRoute({
  method: "post",
  path: "/",
  tags,
  summary: "Add an activity",
  security: TO_CHANGE,
  request: { body: jsonBody(activityInputSchema) },
  responses: { 201: json(activitySchema, "Stored"), ...refused, ...errors(413, 415) },
});

const listRoute = createRoute({
  method: "get",
  path: "/{userId}",
  tags,
  summary: "A person's activities, newest first",
  security: TO_READ,
  request: { params: personParams, query: pageQuery(20) },
  responses: {
    200: json(
      z.object({ activities: z.array(activitySchema), total: z.number(), hasMore: z.boolean() }),
      "Activities",
    ),
    ...refused,
  },
});

const unreadRoute = createRoute({
  method: "get",
  path: "/{userId}/unread/count",
  tags,
  summary: "How many of a person's activities are unread",
  security: TO_READ,
  request: { params: personParams },
  responses: { 200: json(z.object({ unreadCount: z.number() }), "Count"), ...refused },
});

const readRoute = createRoute({
  method: "patch",
  path: "/{activityId}/read",
  tags,
  summary: "Mark an activity as read",
  security: TO_CHANGE,
  request: { params: activityParams },
  responses: { 200: json(activitySchema, "As it is now"), ...refused },
});

const readAllRoute = createRoute({
  method: "patch",
  path: "/{userId}/read-all",
  tags,
  summary: "Mark all of a person's activities as read",
  security: TO_CHANGE,
  request: { params: personParams },
  responses: { 200: json(z.object({ modifiedCount: z.number() }), "How many"), ...refused },
});

const removeRoute = createRoute({
  method: "delete",
  path: "/{activityId}",
  tags,
  summary: "Delete an activity",
  security: TO_CHANGE,
  request: { params: activityParams },
  responses: { 200: json(z.object({ message: z.string() }), "Deleted"), ...refused },
});

/** `/api/activities` (document 3, L-01…L-07): bare answers, for their owner or an administrator. */
export function activityRoutes(people: People) {
  const { activities } = people;
  const app = apiApp();
  app.use("*", requireLogin);
  app.on("POST", "/", requireJson);

  app.openapi(addRoute, async (c) => {
    const input = c.req.valid("json");
    requireOwner(c, input.userId);
    return c.json(toActivity(await people.addActivity(input)), 201);
  });
  app.openapi(listRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    const page = c.req.valid("query");
    const listed = await activities.list(userId, page);
    return c.json(toActivityPage({ ...listed, ...page }), 200);
  });
  app.openapi(unreadRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    return c.json({ unreadCount: await activities.unread(userId) }, 200);
  });
  app.openapi(readRoute, async (c) => {
    const { activityId } = c.req.valid("param");
    requireOwned(c, await activities.get(activityId));
    return c.json(toActivity(await activities.markRead(activityId)), 200);
  });
  app.openapi(readAllRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    return c.json({ modifiedCount: await activities.markAllRead(userId) }, 200);
  });
  app.openapi(removeRoute, async (c) => {
    const { activityId } = c.req.valid("param");
    requireOwned(c, await activities.get(activityId));
    await activities.remove(activityId);
    return c.json({ message: "Activity deleted" }, 200);
  });
  return app;
}
