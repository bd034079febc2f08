import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { AppEnv } from "./context.ts";

const YEAR_SEC = 365 * 24 * 60 * 60;

/** The page on which an answer is recorded, also after a form of it was refused. */
const RECORDING_PAGE = /^\/app\/practice\/interview_\d+(\/[a-z]+)?$/;

/**
 * What a browser must know of every page, errors included. Nothing on them is inline, so the policy
 * needs no exception. The referrer stays within: with `no-referrer` a browser would hide the origin
 * of our own forms too, by which they are told from foreign ones. Microphone and camera are for the
 * page that records alone, and so is what it plays from memory before it is sent.
 * @param hsts tells browsers to come by HTTPS alone
 */
export function pageHeaders({ hsts }: { readonly hsts: boolean }): MiddlewareHandler<AppEnv> {
  const others = headersOf({ hsts, records: false });
  const recording = headersOf({ hsts, records: true });
  return function pageHeaders(c, next) {
    const secure = RECORDING_PAGE.test(c.req.path) ? recording : others;
    return secure(c, async () => {
      await next();
      c.header("cache-control", "no-store");
    });
  };
}

function headersOf({ hsts, records }: { readonly hsts: boolean; readonly records: boolean }) {
  const devices = records ? ["self"] : [];
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      ...(records && { mediaSrc: ["'self'", "blob:"] }),
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
    },
    permissionsPolicy: { camera: devices, microphone: devices, geolocation: [] },
    referrerPolicy: "same-origin",
    strictTransportSecurity: hsts ? `max-age=${YEAR_SEC}` : false,
    xFrameOptions: "DENY",
  });
}
