import { csrf } from "hono/csrf";
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./context.ts";

/**
 * Refuses forms that another site sent, for where there is no session yet whose token could tell.
 * The browser says it in `Sec-Fetch-Site` or in `Origin`; one of the two must be good.
 * @param good origins beside the request's own: ours behind a proxy, and others that may send
 */
export function sameOrigin(good: readonly string[]): MiddlewareHandler<AppEnv> {
  return csrf({
    origin: (origin, c) => good.includes(origin) || origin === new URL(c.req.url).origin,
  });
}
