import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import { type Clock, toIso } from "../../../lib/clock.ts";
import { AppError } from "../../../lib/errors.ts";
import { commandSchema, conditionSchema, type Kiosks } from "../../../lib/kiosks/mod.ts";
import type { AppContext, AppEnv } from "../../middleware/context.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody, success } from "../envelope.ts";
import { FOR_KIOSK } from "../security.ts";

export interface KioskRoutesDeps {
  readonly clock: Clock;
  readonly kiosks: Kiosks;
}

/** `/api/kiosks`: what the devices themselves ask. */
export function kioskRoutes(deps: KioskRoutesDeps) {
  const app = apiApp();
  app.on("POST", ["/pair", "/heartbeat"], requireJson);
  app.openapi(pairRoute, pair(deps.kiosks));
  app.openapi(heartbeatRoute, heartbeat(deps));
  return app;
}

const tags = ["kiosks"];

const pairRoute = createRoute({
  method: "post",
  path: "/pair",
  tags,
  summary: "Make this device a kiosk, with the code that staff were shown",
  description: "The key goes into X-Kiosk-Key from then on. It is shown here and never again.",
  request: {
    body: jsonBody(z.object({ code: z.string().regex(/^\d{6}$/, "six digits") })),
  },
  responses: {
    201: json(
      success(z.object({
        kioskId: z.string(),
        name: z.string(),
        place: z.string(),
        kioskKey: z.string(),
      })),
      "Paired",
    ),
    ...errors(400, 401, 413, 415, 429, 503),
  },
});

function pair(kiosks: Kiosks): RouteHandler<typeof pairRoute, AppEnv> {
  return async (c) => {
    const { kiosk, kioskKey } = await kiosks.pair(c.req.valid("json").code);
    const { kioskId, name, place } = kiosk;
    return c.json({ success: true as const, data: { kioskId, name, place, kioskKey } }, 201);
  };
}

const heartbeatRoute = createRoute({
  method: "post",
  path: "/heartbeat",
  tags,
  summary: "Say how the kiosk is, also while a socket is open",
  description: "Each 20 seconds or so. The answer brings what staff want to tell the kiosk.",
  security: FOR_KIOSK,
  request: { body: jsonBody(conditionSchema) },
  responses: {
    200: json(
      success(z.object({ serverTime: z.iso.datetime(), commands: z.array(commandSchema) })),
      "Heard",
    ),
    ...errors(400, 401, 404, 413, 415, 429, 503),
  },
});

function heartbeat({ clock, kiosks }: KioskRoutesDeps): RouteHandler<
  typeof heartbeatRoute,
  AppEnv
> {
  return (c) => {
    const commands = kiosks.heartbeat(kioskOf(c), c.req.valid("json"));
    const data = { serverTime: toIso(clock.now()), commands };
    return c.json({ success: true as const, data }, 200);
  };
}

function kioskOf(c: AppContext): string {
  const { kioskId } = c.var;
  if (kioskId !== null) return kioskId;
  throw new AppError("AUTH_FAILED", "Kiosk key is missing", {
    details: { field: "X-Kiosk-Key", expected: "the key of a kiosk" },
  });
}
