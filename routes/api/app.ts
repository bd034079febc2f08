import { OpenAPIHono } from "@hono/zod-openapi";
import type { ValidationTargets } from "hono";
import { validationError } from "../../lib/validation.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";

/** An app for a family of routes; what fails its schemas is answered as our own error. */
export function apiApp(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    async defaultHook(result, c) {
      if (result.success) return;
      throw validationError(result.error, await inputOf(c, result.target), {
        code: "VALIDATION_ERROR",
        what: "Request validation failed",
      });
    },
  });
}

/** What was checked: only there it shows whether a field is missing or bad. */
function inputOf({ req }: AppContext, target: keyof ValidationTargets): unknown {
  switch (target) {
    case "json":
      return req.json();
    case "param":
      return req.param();
    case "header":
      return req.header();
    default:
      return req.query();
  }
}
