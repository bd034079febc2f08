import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../middleware/context.ts";

/** One of them suffices, and within one all that it names. */
type Security = Record<string, string[]>[];

/** What OpenAPI says of a route for the signed-in that changes nothing. */
export const TO_READ: Security = [{ bearer: [] }, { session: [] }];

/** And of one that does: a cookie is also sent with what a foreign page makes a browser send. */
export const TO_CHANGE: Security = [{ bearer: [] }, { session: [], csrf: [] }];

/** Of what only a kiosk can say of itself. */
export const FOR_KIOSK: Security = [{ kioskKey: [] }];

/** Of what kiosks do: open, unless `REQUIRE_KIOSK_KEY` says otherwise. */
export const FOR_KIOSKS: Security = [{}, { kioskKey: [] }, { bearer: [] }];

/** Describes the schemes that routes name. */
export function describeSecurity(api: OpenAPIHono<AppEnv>, sessionCookie: string): void {
  const schemes = {
    bearer: {
      type: "http",
      scheme: "bearer",
      bearerFormat: "JWT",
      description: "Of POST /api/admin/login; an attempt's own token reads its own events",
    },
    session: {
      type: "apiKey",
      in: "cookie",
      name: sessionCookie,
      description: "Of the form at /admin/login; lasts a day",
    },
    csrf: {
      type: "apiKey",
      in: "header",
      name: "X-CSRF-Token",
      description: "The session's token, as the forms of its pages carry it in _csrf",
    },
    kioskKey: {
      type: "apiKey",
      in: "header",
      name: "X-Kiosk-Key",
      description: "One of KIOSK_KEYS, or made when the kiosk was paired",
    },
    apiKey: {
      type: "apiKey",
      in: "header",
      name: "X-API-Key",
      description: "Made in the administration, for applications that send events",
    },
  } as const;
  for (const [name, scheme] of Object.entries(schemes)) {
    api.openAPIRegistry.registerComponent("securitySchemes", name, scheme);
  }
}
