import { createRoute, z } from "@hono/zod-openapi";
import { notificationInputSchema, type People } from "../../../lib/people/mod.ts";
import { toNotification, toNotificationPage } from "../../../lib/people/view.ts";
import { requireLogin } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody } from "../envelope.ts";
import {
  notificationParams,
  pageQuery,
  personParams,
  requireOwned,
  requireOwner,
} from "./params.ts";
import { notificationSchema } from "./shapes.ts";
import { TO_CHANGE, TO_READ } from "../security.ts";

const tags = ["notifications"];
const refused = errors(400, 401, 403, 404, 429, 503);

const addRoute = createRoute({
  method: "post",
  path: "/",
  tags,
  summary: "Notify a person",
  security: TO_CHANGE,
  request: { body: jsonBody(notificationInputSchema) },
  responses: { 201: json(notificationSchema, "Stored"), ...refused, ...errors(413, 415) },
});

const listRoute = createRoute({
  method: "get",
  path: "/{userId}",
  tags,
  summary: "A person's notifications, newest first",
  security: TO_READ,
  request: { params: personParams, query: pageQuery(50) },
  responses: {
    200: json(
      z.object({
        notifications: z.array(notificationSchema),
        total: z.number(),
        unreadCount: z.number(),
        hasMore: z.boolean(),
      }),
      "Notifications",
    ),
    ...refused,
  },
});

const unreadRoute = createRoute({
  method: "get",
  path: "/{userId}/unread/count",
  tags,
  summary: "How many of a person's notifications are unread",
  security: TO_READ,
  request: { params: personParams },
  responses: { 200: json(z.object({ unreadCount: z.number() }), "Count"), ...refused },
});

const readRoute = createRoute({
  method: "patch",
  path: "/{notificationId}/read",
  tags,
  summary: "Mark a notification as read",
  security: TO_CHANGE,
  request: { params: notificationParams },
  responses: { 200: json(notificationSchema, "As it is now"), ...refused },
});

const readAllRoute = createRoute({
  method: "patch",
  path: "/{userId}/read-all",
  tags,
  summary: "Mark all of a person's notifications as read",
  security: TO_CHANGE,
  request: { params: personParams },
  responses: { 200: json(z.object({ modifiedCount: z.number() }), "How many"), ...refused },
});

const removeRoute = createRoute({
  method: "delete",
  path: "/{notificationId}",
  tags,
  summary: "Delete a notification",
  security: TO_CHANGE,
  request: { params: notificationParams },
  responses: { 200: json(z.object({ message: z.string() }), "Deleted"), ...refused },
});

const clearRoute = createRoute({
  method: "delete",
  path: "/{userId}/clear-all",
  tags,
  summary: "Delete all of a person's notifications",
  security: TO_CHANGE,
  request: { params: personParams },
  responses: { 200: json(z.object({ deletedCount: z.number() }), "How many"), ...refused },
});

/** `/api/notifications` (document 3, L-15…L-21): bare answers, for their owner or an administrator. */
export function notificationRoutes(people: People) {
  const { notifications } = people;
  const app = apiApp();
  app.use("*", requireLogin);
  app.on("POST", "/", requireJson);

  app.openapi(addRoute, async (c) => {
    const input = c.req.valid("json");
    requireOwner(c, input.userId);
    return c.json(toNotification(await people.notify(input)), 201);
  });
  app.openapi(listRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    const page = c.req.valid("query");
    const listed = await notifications.list(userId, page);
    return c.json(toNotificationPage({ ...listed, ...page }), 200);
  });
  app.openapi(unreadRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    return c.json({ unreadCount: await notifications.unread(userId) }, 200);
  });
  app.openapi(readRoute, async (c) => {
    const { notificationId } = c.req.valid("param");
    requireOwned(c, await notifications.get(notificationId));
    return c.json(toNotification(await notifications.markRead(notificationId)), 200);
  });
  app.openapi(readAllRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    return c.json({ modifiedCount: await notifications.markAllRead(userId) }, 200);
  });
  app.openapi(clearRoute, async (c) => {
    const { userId } = c.req.valid("param");
    requireOwner(c, userId);
    return c.json({ deletedCount: await notifications.removeAll(userId) }, 200);
  });
  app.openapi(removeRoute, async (c) => {
    const { notificationId } = c.req.valid("param");
    requireOwned(c, await notifications.get(notificationId));
    await notifications.remove(notificationId);
    return c.json({ message: "Notification deleted" }, 200);
  });
  return app;
}
