import { createRoute, z } from "@hono/zod-openapi";
import { MAX_CODE_CHARS } from "../../../lib/auth/login.ts";
import type { SecondFactor } from "../../../lib/auth/second_factor.ts";
import { requireLogin, whoOf } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody, success } from "../envelope.ts";
import { TO_CHANGE } from "../security.ts";

const tags = ["users"];
const refused = errors(400, 401, 403, 409, 413, 415, 429, 503);
const done = json(success(z.object({ isOn: z.boolean() })), "As it is now");
const confirmed = json(
  success(z.object({ isOn: z.literal(true), recoveryCodes: z.array(z.string()) })),
  "On; each of these codes stands in for a lost telephone once, and none is told again",
);
const codeBody = jsonBody(z.object({ code: z.string().min(1).max(MAX_CODE_CHARS) }));

const beginRoute = createRoute({
  method: "post",
  path: "/totp",
  tags,
  summary: "Begin a second factor; it is on once a code confirmed it",
  security: TO_CHANGE,
  responses: {
    201: json(success(z.object({ secret: z.string(), uri: z.string() })), "For the application"),
    ...errors(401, 403, 409, 429, 503),
  },
});

const confirmRoute = createRoute({
  method: "post",
  path: "/totp/confirm",
  tags,
  summary: "Turn the second factor on",
  security: TO_CHANGE,
  request: { body: codeBody },
  responses: { 200: confirmed, ...refused },
});

const endRoute = createRoute({
  method: "delete",
  path: "/totp",
  tags,
  summary: "Turn the second factor off",
  security: TO_CHANGE,
  request: { body: codeBody },
  responses: { 200: done, ...refused },
});

/** `/api/users/totp` (P-27, T-P18). */
export function secondFactorRoutes(secondFactor: SecondFactor) {
  const app = apiApp();
  app.use("/totp", requireLogin);
  app.use("/totp/confirm", requireLogin);
  app.on("POST", "/totp/confirm", requireJson);
  app.on("DELETE", "/totp", requireJson);
  app.openapi(beginRoute, async (c) => {
    const data = await secondFactor.begin(whoOf(c).userId);
    return c.json({ success: true as const, data }, 201);
  });
  app.openapi(confirmRoute, async (c) => {
    const { code } = c.req.valid("json");
    const recoveryCodes = [...await secondFactor.confirm(whoOf(c).userId, code)];
    const data = { isOn: true as const, recoveryCodes };
    return c.json({ success: true as const, data }, 200);
  });
  app.openapi(endRoute, async (c) => {
    await secondFactor.end(whoOf(c).userId, c.req.valid("json").code);
    return c.json({ success: true as const, data: { isOn: false } }, 200);
  });
  return app;
}
