import type { Clock } from "../../lib/clock.ts";
import { AppError } from "../../lib/errors.ts";
import type { CountFailure } from "../failures.ts";
import { isFault, toAppError } from "../errors.ts";
import { type Credential, findCredential } from "./credentials.ts";
import { toConnectError } from "./errors.ts";
import { METRICS_NAMESPACES, METRICS_ROOM, SOCKET_IO_PATHS } from "../protocol.ts";
import { requireRoom } from "./rooms.ts";
import type { IoSocket, SocketIdentity } from "./types.ts";

export interface AdmissionDeps {
  readonly clock: Clock;
  /** Refuses whoever comes without a token. */
  readonly requireAuth: boolean;
  readonly allowedOrigins: readonly string[];
  /**
   * Null for a cookie of nobody.
   * @throws AppError AUTH_FAILED for a bad token
   */
  readonly identify: (credential: Credential) => Promise<SocketIdentity | null>;
  readonly addressOf: (request: IoSocket["request"]) => string;
  readonly countFailure: CountFailure;
  readonly onFault: (error: unknown) => void;
}

type Next = (error?: Error) => void;

/** Lets a socket into its namespace, or refuses it with a `connect_error`. */
export function createAdmission(deps: AdmissionDeps): (socket: IoSocket, next: Next) => void {
  async function admit(socket: IoSocket): Promise<void> {
    const credential = findCredential(socket, deps.allowedOrigins);
    const identity = credential === null ? null : await deps.identify(credential);
    if (identity === null && (deps.requireAuth || isForMetrics(socket))) {
      throw new AppError("AUTH_FAILED", "Token is missing");
    }
    if (isForMetrics(socket)) requireRoom(identity, METRICS_ROOM);
    // The rooms and events of somebody else are not given to whoever knows the session's id.
    if (socket.recovered && socket.data.identity?.userId !== identity?.userId) {
      throw new AppError("AUTH_FAILED", "Token is of somebody else");
    }
    socket.data.identity = identity;
  }

  function toRefusal(socket: IoSocket, cause: unknown): AppError {
    const error = toAppError(cause);
    if (!isFault(error)) return deps.countFailure(deps.addressOf(socket.request), error);
    deps.onFault(cause);
    return error;
  }

  return (socket, next) => {
    admit(socket).then(
      () => next(),
      (cause) => next(toConnectError(toRefusal(socket, cause), deps.clock.now())),
    );
  };
}

/** Document 2's endpoint, as a namespace or as a path: it always needs a good token (X-04). */
export function isForMetrics({ nsp, request }: Pick<IoSocket, "nsp" | "request">): boolean {
  return METRICS_NAMESPACES.some((name) => name === nsp.name) ||
    (request.url ?? "").startsWith(SOCKET_IO_PATHS.metrics);
}
