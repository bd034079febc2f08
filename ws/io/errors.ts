import { toIso } from "../../lib/clock.ts";
import type { AppError } from "../../lib/errors.ts";
import { errorDetails } from "../errors.ts";
import type { SocketIoError } from "../protocol.ts";

/** An error as Socket.IO clients see it: the codes are those of HTTP. */
export function toSocketIoError(error: AppError, now: number): SocketIoError {
  const { code, message } = error;
  const details = errorDetails(error);
  return { code, message, timestamp: toIso(now), ...(details === null ? {} : { details }) };
}

/** The `connect_error` of a client, with code and details in its `data` (V-06). */
export function toConnectError(error: AppError, now: number): Error & { data: SocketIoError } {
  return Object.assign(new Error(error.message), { data: toSocketIoError(error, now) });
}
