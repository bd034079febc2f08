import { deepEqual } from "node:assert/strict";
import { person } from "../support/person.ts";
import { testApp } from "../support/test_app.ts";

/** Of each document a route, and what its answer has at the outside. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  "/api/analytics/realtime": ["data", "success"],
  "/api/metrics/dashboard": ["data", "success"],
  "/api/activities/USER": ["activities", "hasMore", "total"],
  "/api/notifications/USER/unread/count": ["unreadCount"],
  "/api/v1/websocket/user/USER/status": ["data", "message", "statusCode", "success"],
  "/api/auth/profile": ["data", "success"],
  "/api/questions/categories": ["data", "success"],
};

Deno.test("[X-02] each family of routes answers in the envelope of its document", async () => {
  await using app = await testApp();
  const admin = await person(app, "admin");
  for (const [path, fields] of Object.entries(FAMILIES)) {
    const { status, body } = await admin.get(path.replace("USER", admin.userId));
    deepEqual([status, Object.keys(body).toSorted()], [200, fields], path);
  }
});
