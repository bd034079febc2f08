import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { AppEnv } from "./context.ts";

const YEAR_SEC = 365 * 24 * 60 * 60;

/**
 * What a browser must know of every page, errors included. Nothing on them is inline, so the policy
 * needs no exception. The referrer stays within: with `no-referrer` a browser would hide the origin
 * of our own forms too, by which they are told from foreign ones.
 * @param hsts tells browsers to come by HTTPS alone
 */
export function pageHeaders({ hsts }: { readonly hsts: boolean }): MiddlewareHandler<AppEnv> {
  const secure = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
    },
    referrerPolicy: "same-origin",
    strictTransportSecurity: hsts ? `max-age=${YEAR_SEC}` : false,
    xFrameOptions: "DENY",
  });
  return function pageHeaders(c, next) {
    return secure(c, async () => {
      await next();
      c.header("cache-control", "no-store");
    });
  };
}
