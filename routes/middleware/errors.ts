import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { toIso } from "../../lib/clock.ts";
import { AppError, type ErrorCode } from "../../lib/errors.ts";

interface HttpError {
  readonly status:
    | 400
    | 401
    | 403
    | 404
    | 405
    | 409
    | 410
    | 413
    | 415
    | 416
    | 429
    | 500
    | 502
    | 503;
  readonly type: string;
}

/** How each code looks over HTTP; a new code does not compile until it is answered here (E-7). */
const HTTP_ERRORS: Record<ErrorCode, HttpError> = {
  VALIDATION_ERROR: { status: 400, type: "validation_error" },
  INVALID_EVENT: { status: 400, type: "validation_error" },
  AUTH_FAILED: { status: 401, type: "auth_error" },
  FORBIDDEN: { status: 403, type: "auth_error" },
  NOT_FOUND: { status: 404, type: "validation_error" },
  METHOD_NOT_ALLOWED: { status: 405, type: "validation_error" },
  CONFLICT: { status: 409, type: "validation_error" },
  ATTEMPT_EXPIRED: { status: 410, type: "validation_error" },
  PAYLOAD_TOO_LARGE: { status: 413, type: "validation_error" },
  OUT_OF_RANGE: { status: 416, type: "validation_error" },
  UNSUPPORTED_MEDIA: { status: 415, type: "validation_error" },
  RATE_LIMIT: { status: 429, type: "rate_limit_error" },
  INTERNAL_ERROR: { status: 500, type: "internal_error" },
  DATABASE_ERROR: { status: 500, type: "database_error" },
  WS_ERROR: { status: 500, type: "network_error" },
  PROCESSING_ERROR: { status: 500, type: "internal_error" },
  AI_SERVICE_ERROR: { status: 502, type: "ai_service_error" },
  OAUTH_NOT_CONFIGURED: { status: 503, type: "auth_error" },
  UNAVAILABLE: { status: 503, type: "database_error" },
};

/** The one error body of all families: a superset of what the documents ask for. */
export interface ErrorBody {
  readonly success: false;
  readonly error: {
    readonly type: string;
    readonly code: ErrorCode;
    readonly message: string;
    readonly details: AppError["details"];
    readonly timestamp: string;
  };
  readonly requestId: string;
  readonly timestamp: string;
}

export interface RenderedError {
  readonly status: HttpError["status"];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ErrorBody;
}

/** An error as an HTTP answer, for routes and for refused socket upgrades. */
export function renderError(error: AppError, requestId: string, now: number): RenderedError {
  const { status, type } = HTTP_ERRORS[error.code];
  const { code, message, details } = error;
  const timestamp = toIso(now);
  const headers: Record<string, string> = {
    "content-type": "application/json; charset=utf-8",
    "x-request-id": requestId,
    "cache-control": "no-store",
  };
  const { retryAfterMs, methods } = details ?? {};
  if (methods !== undefined) headers.allow = methods.join(", ");
  if (retryAfterMs !== undefined) headers["retry-after"] = String(Math.ceil(retryAfterMs / 1000));
  if (status === 401) headers["www-authenticate"] = "Bearer";
  return {
    status,
    headers,
    body: {
      success: false,
      error: { type, code, message, details, timestamp },
      requestId,
      timestamp,
    },
  };
}

/** The same with where it broke, for who develops (P-26). */
export function withStack(rendered: RenderedError, { stack }: Error): RenderedError {
  const { body } = rendered;
  const error = { ...body.error, details: { ...body.error.details, stack } };
  return { ...rendered, body: { ...body, error } };
}

/** Whatever was thrown, as one of our errors; what is not expected tells nothing to the client. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof HTTPException) return fromStatus(error);
  return new AppError("INTERNAL_ERROR", "Something went wrong on our side", { cause: error });
}

function fromStatus(error: HTTPException): AppError {
  switch (error.status) {
    case 400:
      return new AppError("VALIDATION_ERROR", "Request is not valid", { cause: error });
    case 403:
      return new AppError("FORBIDDEN", "Request comes from another site", { cause: error });
    case 413:
      return new AppError("PAYLOAD_TOO_LARGE", "Body is too large", { cause: error });
    default:
      return new AppError("INTERNAL_ERROR", "Something went wrong on our side", { cause: error });
  }
}

export function isFault(error: AppError): boolean {
  return HTTP_ERRORS[error.code].status >= 500;
}

/** Sends a rendered error as it is. */
export function sendError(c: Context, { status, headers, body }: RenderedError): Response {
  return c.body(JSON.stringify(body), status, headers);
}
