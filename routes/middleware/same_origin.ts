import { csrf } from "hono/csrf";
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./context.ts";

/**
 * Refuses forms that another site sent, for where there is no session yet whose token could tell.
 * The browser says it in `Sec-Fetch-Site` or in `Origin`; one of the two must be good.
 * @param publicUrl where clients reach us, if a proxy stands between
 */
export function sameOrigin(publicUrl: string | null): MiddlewareHandler<AppEnv> {
  const own = publicUrl === null ? null : new URL(publicUrl).origin;
  return csrf({
    origin: (origin, c) => origin === own || origin === new URL(c.req.url).origin,
  });
}
