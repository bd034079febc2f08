/**
 * The closed list of what can go wrong, in domain words (requirements X-03, protocol E-7).
 * Domains throw these codes; how a code looks on an edge stands in `routes/middleware/errors.ts`
 * and `ws/errors.ts` only.
 */
export const ERROR_CODES = [
  "VALIDATION_ERROR",
  "INVALID_EVENT",
  "AUTH_FAILED",
  "FORBIDDEN",
  "NOT_FOUND",
  "METHOD_NOT_ALLOWED",
  "CONFLICT",
  "ATTEMPT_EXPIRED",
  "PAYLOAD_TOO_LARGE",
  "OUT_OF_RANGE",
  "UNSUPPORTED_MEDIA",
  "RATE_LIMIT",
  "INTERNAL_ERROR",
  "DATABASE_ERROR",
  "WS_ERROR",
  "PROCESSING_ERROR",
  "UNAVAILABLE",
  "AI_SERVICE_ERROR",
  "OAUTH_NOT_CONFIGURED",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What a client can act on: the field at fault, what was expected there, how long to wait. */
export interface ErrorDetails {
  readonly field?: string;
  readonly expected?: string;
  /** Milliseconds to wait before trying again. */
  readonly retryAfterMs?: number;
  /** What an address takes instead of the method that it was asked with. */
  readonly methods?: readonly string[];
  readonly [key: string]: unknown;
}

/** A failure with a code from the closed list. `message` is shown to clients, `cause` never. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails | null;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options.details ?? null;
  }
}

export interface AppErrorOptions {
  readonly details?: ErrorDetails;
  readonly cause?: unknown;
}
