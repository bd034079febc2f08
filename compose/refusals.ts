import type { Socket } from "node:net";
import { RequestError } from "@hono/node-server";
import { AppError } from "../lib/errors.ts";
import { isFault, renderError, toAppError } from "../routes/middleware/errors.ts";
import { type HttpRefusal, refuseUpgrade } from "../ws/server.ts";
import type { Base } from "./base.ts";

export type Refusals = ReturnType<typeof createRefusals>;

/** What is answered where no route can answer, in the one form of errors. */
export function createRefusals({ ids, clock, fault }: Base) {
  const onFault = fault("Request failed outside of its route");

  /** For a connection that would have been taken over. */
  function toHttp(error: AppError): HttpRefusal {
    const { status, headers, body } = renderError(error, ids.request(), clock.now());
    return { status, headers, body: JSON.stringify(body) };
  }

  return {
    toHttp,

    /** For a request that does not come as far as its route. */
    unroutable(cause: unknown): Response {
      const error = cause instanceof RequestError ? badAddress(cause) : toAppError(cause);
      if (isFault(error)) onFault(cause);
      const { status, headers, body } = toHttp(error);
      return new Response(body, { status, headers });
    },

    /**
     * For bytes that are not HTTP, or do not come in time. Where none have come, nothing is said: a
     * client that opens connections for later would take it for the answer to what it asks next.
     */
    badRequest({ code = "" }: Error & { readonly code?: string }, stream: Socket): void {
      const isSilent = stream.bytesRead === 0;
      if (isSilent || code === "ECONNRESET" || !stream.writable) return void stream.destroy();
      const { message, status } = BAD_REQUESTS[code] ?? NOT_HTTP;
      refuseUpgrade(stream, { ...toHttp(new AppError("VALIDATION_ERROR", message)), status });
    },
  };
}

/** No URL can be made of it. */
function badAddress(cause: RequestError): AppError {
  return new AppError("VALIDATION_ERROR", "Host or target of the request is not valid", {
    details: {
      field: "Host",
      expected: "a host, with a port or without; a target beginning with /",
    },
    cause,
  });
}

const NOT_HTTP = { message: "Request is not valid HTTP", status: 400 };
/** By the code that the HTTP server gives. */
const BAD_REQUESTS: Readonly<Record<string, typeof NOT_HTTP>> = {
  HPE_HEADER_OVERFLOW: { message: "Headers are too large", status: 431 },
  ERR_HTTP_REQUEST_TIMEOUT: { message: "Request did not come in time", status: 408 },
};
