import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./context.ts";

/** A small body that takes longer is not on its way any more. */
const BODY_DEADLINE_MS = 30_000;

/**
 * Hangs up on who does not get a body through in time. The server's own timeout is for all routes
 * alike, and an import may take long.
 */
export function bodyDeadline(deadlineMs = BODY_DEADLINE_MS): MiddlewareHandler<AppEnv> {
  return async function bodyDeadline(c, next) {
    const { headers } = c.req.raw;
    if (!headers.has("content-length") && !headers.has("transfer-encoding")) return await next();
    const timer = setTimeout(() => c.env.incoming.destroy(), deadlineMs);
    try {
      await next();
    } finally {
      clearTimeout(timer);
    }
  };
}
