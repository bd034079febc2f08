import { OpenAPIHono } from "@hono/zod-openapi";
import { validationError } from "../../lib/validation.ts";
import type { AppEnv } from "../middleware/context.ts";

/** An app for a family of routes; what fails its schemas is answered as our own error. */
export function apiApp(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    async defaultHook(result, c) {
      if (result.success) return;
      const input = result.target === "json" ? await c.req.json() : c.req.query();
      throw validationError(result.error, input, {
        code: "VALIDATION_ERROR",
        what: "Request validation failed",
      });
    },
  });
}
