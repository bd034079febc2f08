import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { AppError } from "../../lib/errors.ts";
import { parseJson } from "../../lib/json.ts";
import type { AppContext, AppEnv } from "./context.ts";

/** Largest JSON body. */
const MAX_BODY_BYTES = 64 * 1024;

export const limitBody: MiddlewareHandler<AppEnv> = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError() {
    throw new AppError("PAYLOAD_TOO_LARGE", "Body is too large", {
      details: { field: "body", expected: `at most ${MAX_BODY_BYTES} bytes` },
    });
  },
});

/**
 * Refuses bodies that are not JSON, or are JSON that cannot be stored. The text stays cached with
 * the request, so that the route's own check reads it again without the network.
 */
export const requireJson: MiddlewareHandler<AppEnv> = async function requireJson(c, next) {
  if (!isJson(c)) {
    throw new AppError("UNSUPPORTED_MEDIA", "Body is not declared as JSON", {
      details: { field: "Content-Type", expected: "application/json" },
    });
  }
  parseJson(await c.req.text());
  await next();
};

/** True for a body that is declared as JSON. */
export function isJson(c: AppContext): boolean {
  return /^application\/json\b/i.test(c.req.header("content-type") ?? "");
}
