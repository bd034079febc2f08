import { toIso } from "../lib/clock.ts";
import { AppError, type ErrorCode } from "../lib/errors.ts";
import { CLOSE, type Close, type ErrorMessage } from "./protocol.ts";

/** How an error looks on a socket: its code there, and the close that follows, if any. */
export interface SocketError {
  readonly code: string;
  readonly close: Close | null;
}

const stays = (code: string): SocketError => ({ code, close: null });

/** A new code does not compile until it is answered here. */
const SOCKET_ERRORS: Record<ErrorCode, SocketError> = {
  VALIDATION_ERROR: stays("INVALID_EVENT"),
  INVALID_EVENT: stays("INVALID_EVENT"),
  AUTH_FAILED: { code: "AUTH_FAILED", close: CLOSE.token },
  FORBIDDEN: { code: "AUTH_FAILED", close: CLOSE.notThisAttempt },
  NOT_FOUND: { code: "NOT_FOUND", close: CLOSE.noAttempt },
  METHOD_NOT_ALLOWED: stays("INVALID_EVENT"),
  CONFLICT: stays("CONFLICT"),
  ATTEMPT_EXPIRED: stays("ATTEMPT_EXPIRED"),
  PAYLOAD_TOO_LARGE: stays("PAYLOAD_TOO_LARGE"),
  OUT_OF_RANGE: stays("INVALID_EVENT"),
  UNSUPPORTED_MEDIA: stays("INVALID_EVENT"),
  RATE_LIMIT: stays("RATE_LIMIT"),
  INTERNAL_ERROR: stays("PROCESSING_ERROR"),
  DATABASE_ERROR: stays("PROCESSING_ERROR"),
  WS_ERROR: stays("WS_ERROR"),
  PROCESSING_ERROR: stays("PROCESSING_ERROR"),
  AI_SERVICE_ERROR: stays("AI_SERVICE_ERROR"),
  OAUTH_NOT_CONFIGURED: stays("OAUTH_NOT_CONFIGURED"),
  UNAVAILABLE: stays("UNAVAILABLE"),
};

/** What the client sent with the message that failed, so that it can tell which one it was. */
export interface Correlation {
  readonly clientEventId?: string;
  readonly seq?: number;
}

export function socketErrorOf(error: AppError): SocketError {
  return SOCKET_ERRORS[error.code];
}

/** The error frame (M-26); nothing of an unexpected error but that there was one. */
export function errorMessage(error: AppError, correlation: Correlation, now: number): ErrorMessage {
  const details = errorDetails(error);
  return {
    type: "error",
    code: SOCKET_ERRORS[error.code].code,
    message: error.message,
    timestamp: toIso(now),
    ...(details === null ? {} : { details }),
    ...correlation,
  };
}

/** What a client can act on; null for nothing. */
export function errorDetails({ details }: AppError): NonNullable<ErrorMessage["details"]> | null {
  const { field, expected, retryAfterMs } = details ?? {};
  const told = { field, expected, retryAfterMs };
  return Object.values(told).some((value) => value !== undefined) ? told : null;
}

/** Whether the error is ours to look after, and not the client's doing. */
export function isFault({ code }: AppError): boolean {
  return SOCKET_ERRORS[code].code === "PROCESSING_ERROR" || code === "UNAVAILABLE";
}

/** An unexpected error as one that can be shown. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError("PROCESSING_ERROR", "Message could not be processed", { cause: error });
}
