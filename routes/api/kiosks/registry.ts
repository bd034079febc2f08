import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import { commandSchema, type Kiosks, newKioskSchema } from "../../../lib/kiosks/mod.ts";
import type { AppEnv } from "../../middleware/context.ts";
import { loginName, requirePermission } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody, success } from "../envelope.ts";
import { TO_CHANGE, TO_READ } from "../security.ts";
import { codeSchema, kioskParams, kioskSchema, toCode } from "./shapes.ts";

/** `/api/admin/kiosks`: what staff do with kiosks. */
export function registryRoutes(kiosks: Kiosks) {
  const app = apiApp();
  const operate = requirePermission("operate");
  const administer = requirePermission("administer");
  app.on("GET", ["/kiosks", "/kiosks/:kioskId"], operate);
  app.on("POST", "/kiosks", administer, requireJson);
  app.on("POST", "/kiosks/:kioskId/code", administer);
  app.on("PATCH", "/kiosks/:kioskId", administer, requireJson);
  app.on("DELETE", "/kiosks/:kioskId", administer);
  app.on("POST", "/kiosks/:kioskId/commands", operate, requireJson);
  app.openapi(kiosksRoute, list(kiosks));
  app.openapi(kioskRoute, read(kiosks));
  app.openapi(addRoute, add(kiosks));
  app.openapi(codeRoute, openCode(kiosks));
  app.openapi(renameRoute, rename(kiosks));
  app.openapi(removeRoute, remove(kiosks));
  app.openapi(commandRoute, command(kiosks));
  return app;
}

const tags = ["admin"];

const kiosksRoute = createRoute({
  method: "get",
  path: "/kiosks",
  tags,
  summary: "List the kiosks and how they are",
  security: TO_READ,
  responses: {
    200: json(success(z.object({ kiosks: z.array(kioskSchema) })), "Kiosks, by name"),
    ...errors(401, 403, 429, 503),
  },
});

function list(kiosks: Kiosks): RouteHandler<typeof kiosksRoute, AppEnv> {
  return (c) => c.json({ success: true as const, data: { kiosks: kiosks.list() } }, 200);
}

const kioskRoute = createRoute({
  method: "get",
  path: "/kiosks/{kioskId}",
  tags,
  summary: "Read how a kiosk is",
  security: TO_READ,
  request: { params: kioskParams },
  responses: {
    200: json(success(kioskSchema), "Kiosk"),
    ...errors(400, 401, 403, 404, 429, 503),
  },
});

function read(kiosks: Kiosks): RouteHandler<typeof kioskRoute, AppEnv> {
  return (c) => {
    const data = kiosks.get(c.req.valid("param").kioskId);
    return c.json({ success: true as const, data }, 200);
  };
}

const addRoute = createRoute({
  method: "post",
  path: "/kiosks",
  tags,
  summary: "Add a kiosk, and open a pairing code for its device",
  security: TO_CHANGE,
  request: { body: jsonBody(newKioskSchema) },
  responses: {
    201: json(success(z.object({ kiosk: kioskSchema, ...codeSchema.shape })), "Added"),
    ...errors(400, 401, 403, 409, 413, 415, 429, 503),
  },
});

function add(kiosks: Kiosks): RouteHandler<typeof addRoute, AppEnv> {
  return async (c) => {
    const { kiosk, code } = await kiosks.add(c.req.valid("json"), loginName(c));
    return c.json({ success: true as const, data: { kiosk, ...toCode(code) } }, 201);
  };
}

const codeRoute = createRoute({
  method: "post",
  path: "/kiosks/{kioskId}/code",
  tags,
  summary: "Open a pairing code for a kiosk's first device, or for one in its place",
  description: "Good once and for ten minutes. The key of the old device is good until then.",
  security: TO_CHANGE,
  request: { params: kioskParams },
  responses: {
    201: json(success(codeSchema), "Opened"),
    ...errors(400, 401, 403, 404, 409, 429, 503),
  },
});

function openCode(kiosks: Kiosks): RouteHandler<typeof codeRoute, AppEnv> {
  return async (c) => {
    const code = await kiosks.openCode(c.req.valid("param").kioskId, loginName(c));
    return c.json({ success: true as const, data: toCode(code) }, 201);
  };
}

const renameRoute = createRoute({
  method: "patch",
  path: "/kiosks/{kioskId}",
  tags,
  summary: "Give a kiosk another name, or say where it stands now",
  security: TO_CHANGE,
  request: { params: kioskParams, body: jsonBody(newKioskSchema) },
  responses: {
    200: json(success(kioskSchema), "As it is now"),
    ...errors(400, 401, 403, 404, 409, 413, 415, 429, 503),
  },
});

function rename(kiosks: Kiosks): RouteHandler<typeof renameRoute, AppEnv> {
  return async (c) => {
    const { kioskId } = c.req.valid("param");
    const data = await kiosks.rename(kioskId, c.req.valid("json"), loginName(c));
    return c.json({ success: true as const, data }, 200);
  };
}

const removeRoute = createRoute({
  method: "delete",
  path: "/kiosks/{kioskId}",
  tags,
  summary: "Remove a kiosk; its key is good no more, its attempts stay",
  security: TO_CHANGE,
  request: { params: kioskParams },
  responses: {
    200: json(success(kioskSchema), "As it was"),
    ...errors(400, 401, 403, 404, 409, 429, 503),
  },
});

function remove(kiosks: Kiosks): RouteHandler<typeof removeRoute, AppEnv> {
  return async (c) => {
    const data = await kiosks.remove(c.req.valid("param").kioskId, loginName(c));
    return c.json({ success: true as const, data }, 200);
  };
}

const commandRoute = createRoute({
  method: "post",
  path: "/kiosks/{kioskId}/commands",
  tags,
  summary: "Have a kiosk load its page anew, or show a message",
  description: "At once where it has a socket open, else with its next heartbeat; for ten minutes.",
  security: TO_CHANGE,
  request: { params: kioskParams, body: jsonBody(commandSchema) },
  responses: {
    202: json(success(kioskSchema), "Taken; command says whether it was delivered"),
    ...errors(400, 401, 403, 404, 409, 413, 415, 429, 503),
  },
});

function command(kiosks: Kiosks): RouteHandler<typeof commandRoute, AppEnv> {
  return async (c) => {
    const { kioskId } = c.req.valid("param");
    const data = await kiosks.command(kioskId, c.req.valid("json"), loginName(c));
    return c.json({ success: true as const, data }, 202);
  };
}
