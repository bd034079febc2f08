import { createRoute, z } from "@hono/zod-openapi";
import { credentialsSchema } from "../../lib/auth/login.ts";
import type { Auth } from "../../lib/auth/mod.ts";
import type { Tokens } from "../../lib/auth/tokens.ts";
import { clientOf } from "../middleware/browser_sessions.ts";
import { requirePermission } from "../middleware/guards.ts";
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
      content: { "application/json": { schema: credentialsSchema } },
    },
  },
  responses: {
    200: json(success(z.object({ token: z.string(), expiresIn: z.number() })), "Signed in"),
    ...errors(400, 401, 413, 415, 429),
  },
});

export interface AdminRoutesDeps {
  readonly auth: Pick<Auth, "login" | "signIn">;
  readonly tokens: Tokens;
}

/** `/api/admin` (M-56, M-57): everything but the login wants one. */
export function adminRoutes({ auth, tokens }: AdminRoutesDeps) {
  const app = apiApp();
  app.on("POST", "/login", requireJson);
  app.openapi(loginRoute, async (c) => {
    const account = await auth.login.verify({
      ...c.req.valid("json"),
      address: c.var.address,
    });
    const { session } = await auth.signIn(account, clientOf(c, tokens.loginTtlSec));
    const data = { token: await tokens.signLogin(session), expiresIn: tokens.loginTtlSec };
    return c.json({ success: true as const, data }, 200);
  });
  app.use("*", requirePermission("read"));
  return app;
}
