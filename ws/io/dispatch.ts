import type { Clock } from "../../lib/clock.ts";
import { AppError } from "../../lib/errors.ts";
import { type BucketLimits, TokenBucket } from "../../lib/token_bucket.ts";
import { isFault, toAppError } from "../errors.ts";
import type { Answer } from "../protocol.ts";
import { toSocketIoError } from "./errors.ts";
import type { IoSocket } from "./types.ts";

/**
 * Answers one event; what it gives goes to the client's callback.
 * @throws AppError to refuse
 */
export type EventHandler = (socket: IoSocket, payload: unknown) => unknown;

export type EventHandlers = Readonly<Record<string, EventHandler>>;

export interface DispatchDeps {
  readonly clock: Clock;
  /** Events of one socket. */
  readonly events: BucketLimits;
  readonly onEvent: (outcome: "answered" | "refused" | "unknown") => void;
  /** Told of errors that are ours. */
  readonly onFault: (error: unknown) => void;
}

/** Of a name that a stranger chose. */
const MAX_NAME_CHARS = 60;

/**
 * Takes every event of a socket to its handler and answers it: to the callback if there is one, else
 * an error as an `error` event. Nothing that a handler throws leaves this place.
 */
export function dispatch(socket: IoSocket, handlers: EventHandlers, deps: DispatchDeps): void {
  const { clock } = deps;
  const bucket = new TokenBucket(deps.events);

  async function handle(name: unknown, payload: unknown): Promise<unknown> {
    const retryAfterMs = bucket.take(clock.monotonic());
    if (retryAfterMs > 0) {
      const details = { retryAfterMs };
      throw new AppError("RATE_LIMIT", "Too many events, wait before the next", { details });
    }
    if (typeof name !== "string" || !Object.hasOwn(handlers, name)) throw unknownEvent(name);
    return await handlers[name](socket, payload);
  }

  function refuse(cause: unknown, reply: Reply | null): void {
    const error = toAppError(cause);
    if (isFault(error)) deps.onFault(cause);
    const isUnknown = error.code === "NOT_FOUND";
    deps.onEvent(isUnknown ? "unknown" : "refused");
    const told = toSocketIoError(error, clock.now());
    if (reply !== null) reply({ success: false, error: told });
    // Clients of one document send what the server of another one knows.
    else if (!isUnknown) socket.emit("error", told);
  }

  socket.onAny((name: unknown, ...args: unknown[]) => {
    const last = args.at(-1);
    const reply = typeof last === "function" ? last as Reply : null;
    const [payload] = reply === null ? args : args.slice(0, -1);
    handle(name, payload).then((data) => {
      deps.onEvent("answered");
      reply?.({ success: true, data });
    }).catch((cause) => refuse(cause, reply));
  });
}

type Reply = (answer: Answer<unknown>) => void;

function unknownEvent(name: unknown): AppError {
  const told = String(name).slice(0, MAX_NAME_CHARS);
  return new AppError("NOT_FOUND", `Event "${told}" is not known`);
}
