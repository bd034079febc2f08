import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import { API_SCOPES, type ApiKey, type ApiKeys, newApiKeySchema } from "../../lib/auth/api_keys.ts";
import { toIso } from "../../lib/clock.ts";
import { idSchema } from "../../lib/ids.ts";
import type { AppEnv } from "../middleware/context.ts";
import { loginName, requirePermission } from "../middleware/guards.ts";
import { requireJson } from "../middleware/json_body.ts";
import { apiApp } from "./app.ts";
import { errors, json, jsonBody, success } from "./envelope.ts";
import { TO_CHANGE, TO_READ } from "./security.ts";

/** `/api/admin/api-keys`: keys of programs that send events or read figures (E-22). */
export function apiKeyRoutes(apiKeys: ApiKeys) {
  const app = apiApp();
  app.use("/api-keys", requirePermission("administer"));
  app.use("/api-keys/:keyId", requirePermission("administer"));
  app.on("POST", "/api-keys", requireJson);
  app.openapi(createKeyRoute, createKey(apiKeys));
  app.openapi(keysRoute, keys(apiKeys));
  app.openapi(revokeRoute, revoke(apiKeys));
  return app;
}

const tags = ["admin"];

const keySchema = z.object({
  keyId: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(API_SCOPES)),
  ending: z.string().openapi({ description: "The last characters of the key" }),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  revokedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
}).openapi("ApiKey");

function toKey({ createdAt, revokedAt, lastUsedAt, ...key }: ApiKey) {
  return {
    ...key,
    createdAt: toIso(createdAt),
    revokedAt: revokedAt === null ? null : toIso(revokedAt),
    lastUsedAt: lastUsedAt === null ? null : toIso(lastUsedAt),
  };
}

const createKeyRoute = createRoute({
  method: "post",
  path: "/api-keys",
  tags,
  summary: "Make an API key",
  security: TO_CHANGE,
  request: { body: jsonBody(newApiKeySchema) },
  responses: {
    201: json(
      success(keySchema.extend({
        key: z.string().openapi({ description: "Shown here and never again" }),
      })),
      "Made",
    ),
    ...errors(400, 401, 403, 409, 413, 415, 429, 503),
  },
});

function createKey(apiKeys: ApiKeys): RouteHandler<typeof createKeyRoute, AppEnv> {
  return async (c) => {
    const { key, text } = await apiKeys.create(c.req.valid("json"), loginName(c));
    return c.json({ success: true as const, data: { ...toKey(key), key: text } }, 201);
  };
}

const keysRoute = createRoute({
  method: "get",
  path: "/api-keys",
  tags,
  summary: "List API keys, the newest first",
  security: TO_READ,
  responses: {
    200: json(success(z.object({ keys: z.array(keySchema) })), "Keys"),
    ...errors(401, 403, 429, 503),
  },
});

function keys(apiKeys: ApiKeys): RouteHandler<typeof keysRoute, AppEnv> {
  return async (c) => {
    const found = await apiKeys.list();
    return c.json({ success: true as const, data: { keys: found.map(toKey) } }, 200);
  };
}

const revokeRoute = createRoute({
  method: "delete",
  path: "/api-keys/{keyId}",
  tags,
  summary: "Revoke an API key at once",
  security: TO_CHANGE,
  request: {
    params: z.object({
      keyId: idSchema("key").openapi({
        param: { name: "keyId", in: "path" },
      }),
    }),
  },
  responses: {
    200: json(success(keySchema), "Revoked"),
    ...errors(400, 401, 403, 404, 429, 503),
  },
});

function revoke(apiKeys: ApiKeys): RouteHandler<typeof revokeRoute, AppEnv> {
  return async (c) => {
    const { keyId } = c.req.valid("param");
    const key = await apiKeys.revoke(keyId, loginName(c));
    return c.json({ success: true as const, data: toKey(key) }, 200);
  };
}
