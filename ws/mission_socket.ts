import { type Clock, toIso } from "../lib/clock.ts";
import type { Tokens } from "../lib/auth/tokens.ts";
import { AppError } from "../lib/errors.ts";
import type { EventInput, Receipt } from "../lib/missions/mod.ts";
import { createBucket } from "../lib/token_bucket.ts";
import type { Connection } from "./connection.ts";
import { type Control, decodeFrame } from "./decode.ts";
import { type Correlation, errorMessage, isFault, socketErrorOf, toAppError } from "./errors.ts";
import { CLOSE, type EventAck, type ServerMessage } from "./protocol.ts";

export interface MissionSocketDeps {
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly record: (attemptId: string, arrival: {
    input: EventInput;
    receivedAt: number;
    processingMs: number;
  }) => Promise<Receipt>;
  readonly limits: { readonly eventsPerSec: number; readonly eventBurst: number };
  readonly onMessage: (outcome: "stored" | "duplicate" | "refused") => void;
  /** Told of errors that are ours. */
  readonly onFault: (error: unknown) => void;
}

export interface MissionSocketParts {
  readonly connection: Connection;
  readonly sessionId: string;
  readonly tokenExpiresAt: number;
  /** Every `seq` up to here is durable. */
  readonly ackUpTo: number;
}

/** Messages that wait for their answer; above this the client is not read any further. */
const MAX_IN_FLIGHT = 256;
/** In a row, without a good one between them. */
const MAX_BAD_MESSAGES = 100;
const MAX_FLOOD_MESSAGES = 2_000;
/** Without a sign of life for this long the peer is gone (T-M07). */
const DEAD_AFTER_MS = 60_000;
/** A new token is sent this long before the old one ends, give or take a heartbeat. */
const REFRESH_BEFORE_MS = 85_000;
/** A client closes after its last event (M-07); one that forgets is closed after this. */
const LINGER_AFTER_END_MS = 120_000;

/** One connection's life on `/ws`: frames in, answers out in the order in which they came. */
export interface MissionSocket {
  receive(text: string): void;
  receiveBinary(): void;
  /** A sign of life from below: a WebSocket pong. */
  alive(): void;
  /** One heartbeat: drops the dead, pings the living, refreshes tokens. A timer calls it. */
  beat(): Promise<void>;
  shutDown(reconnectInMs: number): void;
}

export function createMissionSocket(
  deps: MissionSocketDeps,
  parts: MissionSocketParts,
): MissionSocket {
  const { clock, tokens } = deps;
  const { connection, sessionId } = parts;
  const { attemptId } = connection;
  const bucket = createBucket({ perSec: deps.limits.eventsPerSec, burst: deps.limits.eventBurst });
  let tokenExpiresAt = parts.tokenExpiresAt;
  let lastSeenAt = clock.now();
  let endedAt: number | null = null;
  /** The client said hello: it knows the additions of the protocol. */
  let extended = false;
  let bad = 0;
  let floods = 0;
  let inFlight = 0;
  let resendAskedFor = 0;
  /** Answers leave in the order of arrival: each waits for the one before. */
  let answered: Promise<void> = Promise.resolve();

  connection.send({ type: "connection_ack", attemptId, timestamp: toIso(clock.now()) });

  function answer(work: Promise<Receipt>, input: EventInput): void {
    if (++inFlight === MAX_IN_FLIGHT) connection.pause();
    const before = answered;
    answered = work.then(
      async (receipt) => {
        await before;
        acknowledge(receipt, input);
      },
      async (error) => {
        await before;
        refuse(error, correlationOf(input));
      },
    ).finally(() => {
      if (inFlight-- === MAX_IN_FLIGHT) connection.resume();
    });
  }

  function acknowledge(receipt: Receipt, input: EventInput): void {
    deps.onMessage(receipt.duplicate ? "duplicate" : "stored");
    connection.send(toAck(receipt, input, clock.now()));
    if (TERMINAL.has(input.eventType)) endedAt ??= clock.now();
    const { gapFrom } = receipt;
    if (extended && gapFrom !== null && gapFrom > resendAskedFor) {
      resendAskedFor = gapFrom;
      connection.send({ type: "resend_from", seq: gapFrom });
    }
  }

  function refuse(cause: unknown, correlation: Correlation): void {
    const error = toAppError(cause);
    if (isFault(error)) deps.onFault(cause);
    deps.onMessage("refused");
    connection.send(errorMessage(error, correlation, clock.now()));
    const { close } = socketErrorOf(error);
    if (close !== null) connection.close(close);
  }

  /** Behind the answers that are still under way. */
  function refuseInOrder(error: AppError, correlation: Correlation): void {
    answered = answered.then(() => refuse(error, correlation));
  }

  function refuseBad(error: AppError, correlation: Correlation): void {
    refuseInOrder(error, correlation);
    if (++bad >= MAX_BAD_MESSAGES) connection.close(CLOSE.badMessage);
  }

  function refuseFlood(waitMs: number, input: EventInput): void {
    const details = { retryAfterMs: waitMs };
    refuseInOrder(
      new AppError("RATE_LIMIT", "Too many events, wait before the next", { details }),
      correlationOf(input),
    );
    if (extended) sendInOrder({ type: "pause", ms: waitMs });
    if (++floods >= MAX_FLOOD_MESSAGES) connection.close(CLOSE.rate);
  }

  function sendInOrder(message: ServerMessage): void {
    answered = answered.then(() => connection.send(message));
  }

  function control(message: Control): void {
    if (message.type !== "hello") return;
    extended = true;
    connection.send({ type: "time_sync", serverTime: toIso(clock.now()) });
    if (message.resumeFrom !== undefined) {
      connection.send({ type: "resend_from", seq: parts.ackUpTo + 1 });
    }
  }

  return {
    receive(text) {
      const started = clock.monotonic();
      const receivedAt = lastSeenAt = clock.now();
      const frame = decodeFrame(text);
      if (frame.kind === "bad") return refuseBad(frame.error, frame.correlation);
      bad = 0;
      if (frame.kind === "control") return control(frame.control);
      const waitMs = bucket.take(receivedAt);
      if (waitMs > 0) return refuseFlood(waitMs, frame.input);
      floods = 0;
      const processingMs = clock.monotonic() - started;
      answer(deps.record(attemptId, { input: frame.input, receivedAt, processingMs }), frame.input);
    },

    receiveBinary() {
      const details = { field: "frame", expected: "text" };
      refuseBad(new AppError("INVALID_EVENT", "Frame is not text", { details }), {});
    },

    alive: () => void (lastSeenAt = clock.now()),

    async beat() {
      const now = clock.now();
      if (now - lastSeenAt > DEAD_AFTER_MS) return connection.close(CLOSE.timeout);
      if (endedAt !== null && now - endedAt > LINGER_AFTER_END_MS) {
        return connection.close(CLOSE.ended);
      }
      connection.ping();
      if (!extended) return;
      connection.send({ type: "ping", t: now });
      if (tokenExpiresAt - now > REFRESH_BEFORE_MS) return;
      tokenExpiresAt = now + tokens.socketTtlSec * 1000;
      const wsToken = await tokens.signSocket({ attemptId, sessionId });
      connection.send({ type: "token_refresh", wsToken, expiresIn: tokens.socketTtlSec });
    },

    shutDown(reconnectInMs) {
      if (extended) connection.send({ type: "server_shutdown", reconnectInMs });
      connection.close(CLOSE.shutdown);
    },
  };
}

const TERMINAL = new Set(["mission_completed", "mission_quitted"]);

function correlationOf({ clientEventId, seq }: EventInput): Correlation {
  return {
    ...(clientEventId === undefined ? {} : { clientEventId }),
    ...(seq === undefined ? {} : { seq }),
  };
}

/** The additions only where the event had an id or a number: else the document's message. */
function toAck(receipt: Receipt, input: EventInput, now: number): EventAck {
  const { eventId, duplicate, ackUpTo } = receipt;
  const plain: EventAck = { type: "event_ack", eventId, timestamp: toIso(now) };
  if (input.clientEventId === undefined && input.seq === undefined) return plain;
  return { ...plain, ...correlationOf(input), ackUpTo, duplicate };
}
