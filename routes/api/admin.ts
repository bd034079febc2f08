import { createRoute, z } from "@hono/zod-openapi";
import type { Login } from "../../lib/auth/login.ts";
import { requireJson } from "../middleware/json_body.ts";
import { apiApp } from "./app.ts";
import { errors, json, success } from "./envelope.ts";

const loginRoute = createRoute({
  method: "post",
  path: "/login",
  tags: ["admin"],
  summary: "Get a bearer token",
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.object({
            username: z.string().min(1).max(100),
            password: z.string().min(1).max(200),
          }),
        },
      },
    },
  },
  responses: {
    200: json(success(z.object({ token: z.string(), expiresIn: z.number() })), "Signed in"),
    ...errors(400, 401, 413, 415, 429),
  },
});

/** `/api/admin` (M-56, M-57). */
export function adminRoutes({ login }: Login) {
  const app = apiApp();
  app.on("POST", "/login", requireJson);
  return app.openapi(loginRoute, async (c) => {
    const { username, password } = c.req.valid("json");
    return c.json({ success: true as const, data: await login(username, password) }, 200);
  });
}
