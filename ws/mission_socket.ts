import { type Clock, toIso } from "../lib/clock.ts";
import type { Tokens } from "../lib/auth/tokens.ts";
import { AppError } from "../lib/errors.ts";
import type { KioskLine } from "../lib/kiosks/mod.ts";
import { type Arrival, type EventInput, isTerminal, type Receipt } from "../lib/missions/mod.ts";
import { type BucketLimits, TokenBucket } from "../lib/token_bucket.ts";
import { correlationOf, toAck } from "./acknowledgement.ts";
import type { Connection } from "./connection.ts";
import { type Control, decodeFrame } from "./decode.ts";
import { type Correlation, errorMessage, isFault, socketErrorOf, toAppError } from "./errors.ts";
import {
  CONTROLS,
  DEAD_AFTER_MS,
  LINGER_AFTER_END_MS,
  MAX_BAD_MESSAGES,
  MAX_FLOOD_MESSAGES,
  MAX_IN_FLIGHT,
  MIN_PAUSE_MS,
  REFRESH_BEFORE_MS,
  TELL_EVERY_MS,
} from "./mission_limits.ts";
import { CLOSE, type Close } from "./protocol.ts";

export interface MissionSocketDeps {
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly record: (attemptId: string, arrival: Arrival) => Promise<Receipt>;
  /** Events of one connection. */
  readonly events: BucketLimits;
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
  /** The attempt is over; the client came back for what was not acknowledged. */
  readonly hasEnded: boolean;
  /** Of the kiosk that streams here; null where it is not known. */
  readonly line: KioskLine | null;
}

/**
 * One connection's life on `/ws`: frames in, answers out in the order in which they came. A class,
 * like `Connection`, because thousands of them live at once.
 */
export class MissionSocket {
  readonly connection: Connection;
  readonly #deps: MissionSocketDeps;
  readonly #sessionId: string;
  /** The first `seq` that is not known to be durable. */
  #resumeFrom: number;
  readonly #bucket: TokenBucket;
  readonly #line: KioskLine | null;
  /** When the line was last told of a sign of life, by the monotonic clock. */
  #toldAt = -Infinity;
  /** Made when it is needed: an idle connection has none. */
  #controls: TokenBucket | null = null;
  #tokenExpiresAt: number;
  /** By the monotonic clock: one that is set ahead must not make all peers look dead. */
  #lastSeenAt: number;
  /** By the monotonic clock. */
  #endedAt: number | null;
  /** The client said hello: it knows the additions of the protocol. */
  #extended = false;
  #bad = 0;
  #floods = 0;
  /** The newest event was over the rate. */
  #isFlooding = false;
  /** Closing for what the client did; what still comes is not looked at. */
  #isGivenUp = false;
  #inFlight = 0;
  #resendAskedFor = 0;
  /** Answers leave in the order of arrival: each waits for the one before. */
  #answered: Promise<void> = NOTHING_BEFORE;

  constructor(deps: MissionSocketDeps, parts: MissionSocketParts) {
    this.#deps = deps;
    this.connection = parts.connection;
    this.#sessionId = parts.sessionId;
    this.#tokenExpiresAt = parts.tokenExpiresAt;
    this.#resumeFrom = parts.ackUpTo + 1;
    this.#bucket = new TokenBucket(deps.events);
    this.#line = parts.line;
    this.#lastSeenAt = this.#seen();
    this.#endedAt = parts.hasEnded ? this.#lastSeenAt : null;
    const { attemptId } = parts.connection;
    const timestamp = toIso(deps.clock.now());
    parts.connection.send({ type: "connection_ack", attemptId, timestamp });
  }

  receive(text: string): void {
    if (this.#isGivenUp) return;
    const { clock, record } = this.#deps;
    const started = this.#seen();
    const receivedAt = clock.now();
    const frame = decodeFrame(text);
    if (frame.kind === "bad") return this.#refuseBad(frame.error, frame.correlation);
    if (frame.kind === "control") return this.#control(frame.control);
    // Control messages between them do not make bad ones good.
    this.#bad = 0;
    const waitMs = this.#bucket.take(receivedAt);
    if (waitMs > 0) return this.#refuseFlood(waitMs, correlationOf(frame.input));
    this.#isFlooding = false;
    // Not to 0: however fast a flood is, the bucket lets one through now and then.
    if (this.#floods > 0) this.#floods--;
    const { input } = frame;
    const processingMs = clock.monotonic() - started;
    const arrival = { input, receivedAt, processingMs, chars: text.length };
    const work = record(this.connection.attemptId, arrival);
    this.#answered = this.#answer(work, input, this.#answered);
  }

  receiveBinary(): void {
    if (this.#isGivenUp) return;
    const details = { field: "frame", expected: "text" };
    this.#refuseBad(new AppError("INVALID_EVENT", "Frame is not text", { details }), {});
  }

  /** The protocol's own ping: answered within the rate. */
  pinged(data: Uint8Array): void {
    if (this.#heardControl() === 0) this.connection.pong(data);
  }

  /** A sign of life from below: the protocol's own pong. */
  ponged(): void {
    this.#heardControl();
  }

  /** Notes a sign of life; gives its monotonic time. */
  #seen(): number {
    const now = this.#lastSeenAt = this.#deps.clock.monotonic();
    if (this.#line !== null && now - this.#toldAt >= TELL_EVERY_MS) {
      this.#toldAt = now;
      this.#line.heard();
    }
    return now;
  }

  /** Counts it; gives 0 within the rate, else the milliseconds until there will be room. */
  #heardControl(): number {
    const now = this.#seen();
    const waitMs = (this.#controls ??= new TokenBucket(CONTROLS)).take(now);
    if (waitMs > 0) this.#countFlood();
    return waitMs;
  }

  /** One heartbeat: drops the dead, pings the living, refreshes tokens. A timer calls it. */
  async beat(): Promise<void> {
    const connection = this.connection;
    const { clock } = this.#deps;
    const elapsed = clock.monotonic();
    if (elapsed - this.#lastSeenAt > DEAD_AFTER_MS) return connection.close(CLOSE.timeout);
    if (this.#endedAt !== null && elapsed - this.#endedAt > LINGER_AFTER_END_MS) {
      return this.close(CLOSE.ended);
    }
    const now = clock.now();
    connection.ping();
    if (!this.#extended) return;
    connection.send({ type: "ping", t: now });
    if (this.#tokenExpiresAt - now <= REFRESH_BEFORE_MS) await this.#refreshToken(now);
  }

  /** The connection has ended. */
  left(): void {
    this.#line?.close();
  }

  shutDown(reconnectInMs: number): void {
    if (this.#extended) this.connection.send({ type: "server_shutdown", reconnectInMs });
    this.close(CLOSE.shutdown);
  }

  /** Closes when all that has arrived is answered. */
  close(close: Close): void {
    this.#inOrder(() => this.connection.close(close));
  }

  async #refreshToken(now: number): Promise<void> {
    const { tokens } = this.#deps;
    const { attemptId } = this.connection;
    const expiresIn = tokens.socketTtlSec;
    this.#tokenExpiresAt = now + expiresIn * 1000;
    const wsToken = await tokens.signSocket({ attemptId, sessionId: this.#sessionId });
    this.connection.send({ type: "token_refresh", wsToken, expiresIn });
  }

  async #answer(work: Promise<Receipt>, input: EventInput, before: Promise<void>): Promise<void> {
    this.#begin();
    try {
      const receipt = await work;
      await before;
      this.#acknowledge(receipt, input);
    } catch (error) {
      await before;
      this.#refuse(error, correlationOf(input));
    }
    this.#end();
  }

  #begin(): void {
    if (++this.#inFlight === MAX_IN_FLIGHT) this.connection.pause();
  }

  #end(): void {
    if (this.#inFlight-- === MAX_IN_FLIGHT) this.connection.resume();
  }

  #acknowledge(receipt: Receipt, input: EventInput): void {
    const now = this.#deps.clock.now();
    this.#resumeFrom = receipt.ackUpTo + 1;
    this.#deps.onMessage(receipt.duplicate ? "duplicate" : "stored");
    this.connection.send(toAck(receipt, input, now));
    if (isTerminal(input.eventType)) this.#endedAt ??= this.#deps.clock.monotonic();
    const { gapFrom } = receipt;
    if (this.#extended && gapFrom !== null && gapFrom > this.#resendAskedFor) {
      this.#resendAskedFor = gapFrom;
      this.connection.send({ type: "resend_from", seq: gapFrom });
    }
  }

  #refuse(cause: unknown, correlation: Correlation): void {
    const error = toAppError(cause);
    if (isFault(error)) this.#deps.onFault(cause);
    this.#deps.onMessage("refused");
    this.connection.send(errorMessage(error, correlation, this.#deps.clock.now()));
    const { close } = socketErrorOf(error);
    if (close !== null) this.connection.close(close);
  }

  /** Behind the answers that are still under way. */
  #inOrder(act: () => void): void {
    this.#begin();
    this.#answered = this.#answered.then(() => {
      act();
      this.#end();
    });
  }

  #refuseBad(error: AppError, correlation: Correlation): void {
    this.#inOrder(() => this.#refuse(error, correlation));
    if (++this.#bad >= MAX_BAD_MESSAGES) this.#giveUp(CLOSE.badMessage);
  }

  #refuseFlood(retryAfterMs: number, correlation: Correlation): void {
    this.#refuseRate("Too many events, wait before the next", retryAfterMs, correlation);
    if (this.#extended && !this.#isFlooding) {
      // Long enough for some events, not for the next one only; said once for each flood.
      const ms = Math.max(retryAfterMs, MIN_PAUSE_MS);
      this.#inOrder(() => this.connection.send({ type: "pause", ms }));
    }
    this.#isFlooding = true;
    this.#countFlood();
  }

  #refuseRate(message: string, retryAfterMs: number, correlation: Correlation): void {
    const error = new AppError("RATE_LIMIT", message, { details: { retryAfterMs } });
    this.#inOrder(() => this.#refuse(error, correlation));
  }

  #countFlood(): void {
    if (++this.#floods === MAX_FLOOD_MESSAGES) this.#giveUp(CLOSE.rate);
  }

  #giveUp(close: Close): void {
    this.#isGivenUp = true;
    this.close(close);
  }

  #control(message: Control): void {
    const waitMs = this.#heardControl();
    if (waitMs > 0) return this.#refuseRate("Too many messages, wait before the next", waitMs, {});
    if (message.type === "hello") this.#greet(message);
    if (message.type !== "heartbeat") return;
    const { type: _, ...condition } = message;
    this.#line?.report(condition);
  }

  #greet({ app, resumeFrom }: Extract<Control, { type: "hello" }>): void {
    if (this.#extended) return;
    this.#extended = true;
    const serverTime = toIso(this.#deps.clock.now());
    this.connection.send({ type: "time_sync", serverTime });
    if (app !== undefined) this.#line?.report({ version: app });
    this.#line?.ready();
    if (resumeFrom === undefined) return;
    // Behind the answers under way: what they acknowledge need not be sent again.
    this.#inOrder(() => this.connection.send({ type: "resend_from", seq: this.#resumeFrom }));
  }
}

const NOTHING_BEFORE = Promise.resolve();
