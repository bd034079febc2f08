import { setTimeout as sleep } from "node:timers/promises";
import { type Clock, toIso } from "../../lib/clock.ts";
import { connect, type Connection } from "./connection.ts";
import type { Ledger, LedgerEntry } from "./ledger.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import type { Patience } from "./patience.ts";
import { type ConnectionEnd, decideNext } from "./reconnect.ts";
import { countError, type Tally } from "./tally.ts";
import type { Frame } from "./wire.ts";

export interface LinkDeps {
  /** The address without query. */
  readonly wsUrl: string;
  readonly attemptId: string;
  readonly sessionId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly saysHello: boolean;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly tally: Tally;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  token(): string;
  tokenRefreshed(token: string): void;
  /** Gets another token for the same attempt, by starting it again. */
  renewToken(): Promise<void>;
}

/** Without an answer to anything for this long, a connection counts as dead. */
const STALL_MS = 10_000;
const HEARTBEAT_MS = 20_000;
/** Refusals that are no verdict on the event: it is sent again later. */
const PASSING_CODES: ReadonlySet<string> = new Set([
  "RATE_LIMIT",
  "PROCESSING_ERROR",
  "DATABASE_ERROR",
  "INTERNAL_ERROR",
  "WS_ERROR",
  "UNAVAILABLE",
]);
const DEFAULT_PAUSE_MS = 500;

/**
 * Keeps one attempt connected until all its events are acknowledged, over as many connections as it
 * takes. The only place that reconnects. What waits is in the ledger; nothing else is queued here.
 */
export class Link {
  readonly #deps: LinkDeps;
  #connection: Connection | null = null;
  /** The server has greeted this connection, so it takes events. */
  #greeted = false;
  #connections = 0;
  readonly #outbox: Outbox;
  #lastFrameAtMs = 0;
  #lastHeartbeatAtMs = 0;
  #shutdownWaitMs: number | null = null;
  #plannedDrop: { readonly downMs: number; readonly newToken: boolean } | null = null;
  #closed = false;
  /** Why the server wants nothing more of this attempt. */
  #stopped: string | null = null;
  #settled: (() => void)[] = [];

  constructor(deps: LinkDeps) {
    this.#deps = deps;
    this.#outbox = createOutbox(deps.ledger);
  }

  /** Connects and stays; returns when closed or not wanted any more. @throws PatienceError */
  async run(): Promise<void> {
    const { patience, renewToken } = this.#deps;
    while (!this.#closed && this.#stopped === null) {
      const end = await this.#connectOnce();
      if (this.#closed) return;
      const next = decideNext(end);
      if (next.kind === "stop") return this.#stop(next.code);
      const drop = this.#plannedDrop;
      this.#plannedDrop = null;
      if (drop !== null) {
        await sleep(drop.downMs, undefined, { signal: this.#deps.signal });
      } else {
        countError(this.#deps.tally, nameEnd(end));
        const waitMs = next.waitMs ?? this.#shutdownWaitMs;
        await patience.wait({ why: `connection ended: ${nameEnd(end)}`, waitMs });
      }
      this.#shutdownWaitMs = null;
      if (next.newToken || drop?.newToken) await renewToken();
    }
  }

  /** Sends an event of the ledger now if possible; else it goes with the next connection. */
  send(seq: number, then?: () => void): void {
    const { ledger, clock, tally } = this.#deps;
    const entry = ledger.find(seq);
    if (entry === null) return;
    if (this.#stopped !== null) return this.#refuseWaiting(this.#stopped);
    const now = clock.monotonic();
    if (this.#connection === null || !this.#greeted || this.#outbox.isPaused(now)) return;
    if (entry.sends > 0) tally.repeats++;
    tally.sends++;
    this.#outbox.sent(seq, now);
    this.#connection.send(this.#toMessage(entry), then);
  }

  /** Sends it and breaks the connection as soon as the bytes are out. */
  sendAndCut(seq: number): void {
    const connection = this.#connection;
    this.send(seq, () => connection !== null && this.#break(connection, 0, false));
  }

  drop(downMs: number, newToken: boolean): void {
    if (this.#connection !== null) this.#break(this.#connection, downMs, newToken);
  }

  /** Resolves at the next moment at which nothing waits for an acknowledgement. */
  drained(): Promise<void> {
    if (this.#deps.ledger.waiting().length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#settled.push(resolve));
  }

  /** The visitor is done, or gone without a word. */
  async close(silently: boolean): Promise<void> {
    this.#closed = true;
    const connection = this.#connection;
    if (connection === null) return;
    if (silently) connection.destroy();
    else connection.close();
    await connection.ended;
  }

  async #connectOnce(): Promise<ConnectionEnd> {
    const { wsUrl, attemptId, headers, clock, tally, token, signal } = this.#deps;
    tally.connections++;
    if (this.#connections++ > 0) tally.reconnects++;
    this.#greeted = false;
    this.#outbox.clear();
    this.#lastFrameAtMs = clock.monotonic();
    const connection = connect({
      url: `${wsUrl}?attemptId=${encodeURIComponent(attemptId)}&token=${
        encodeURIComponent(token())
      }`,
      headers,
      clock,
      onFrame: (frame) => this.#connection === connection && this.#onFrame(frame),
      onStrange: (text) => countError(tally, `STRANGE_FRAME ${text.slice(0, 40)}`),
    });
    this.#connection = connection;
    const destroy = () => connection.destroy();
    signal.addEventListener("abort", destroy, { once: true });
    const watch = setInterval(() => this.#watch(connection), 250);
    try {
      return await connection.ended;
    } finally {
      clearInterval(watch);
      signal.removeEventListener("abort", destroy);
      this.#connection = null;
      this.#greeted = false;
    }
  }

  /** Public timers call this step: dead connections, the end of a pause, heartbeats. */
  #watch(connection: Connection): void {
    const now = this.#deps.clock.monotonic();
    const silent = now - this.#lastFrameAtMs > STALL_MS;
    if (silent && (this.#outbox.isBusy() || !this.#greeted)) {
      countError(this.#deps.tally, "STALLED");
      return connection.destroy();
    }
    if (!this.#greeted) return;
    this.#flush();
    if (this.#deps.saysHello && now - this.#lastHeartbeatAtMs > HEARTBEAT_MS) {
      this.#beat(connection);
    }
  }

  #onFrame(frame: Frame): void {
    const { tally, tokenRefreshed } = this.#deps;
    this.#lastFrameAtMs = this.#deps.clock.monotonic();
    switch (frame.type) {
      case "connection_ack":
        return this.#greet();
      case "event_ack":
        return this.#acknowledge(frame);
      case "error":
        return this.#onError(frame);
      case "ping":
        return this.#connection?.send({ type: "pong", t: frame.t });
      case "token_refresh":
        return tokenRefreshed(frame.wsToken);
      case "pause":
        tally.pauses++;
        return this.#pause(frame.ms);
      case "resend_from":
        tally.resendRequests++;
        this.#outbox.resendFrom(frame.seq);
        return this.#flush();
      case "server_shutdown":
        this.#shutdownWaitMs = frame.reconnectInMs ?? null;
        return;
      default:
        return;
    }
  }

  #greet(): void {
    const { ledger, saysHello, patience } = this.#deps;
    this.#greeted = true;
    const waiting = ledger.waiting();
    if (waiting.length === 0) patience.reset();
    if (saysHello && this.#connection !== null) {
      const resumeFrom = waiting[0]?.seq ?? ledger.entries.length + 1;
      this.#connection.send({
        type: "hello",
        sdk: "simulator",
        app: "docent-simulate",
        resumeFrom,
      });
      this.#beat(this.#connection);
    }
    this.#flush();
  }

  #acknowledge(frame: Extract<Frame, { type: "event_ack" }>): void {
    const { ledger, clock, tally, patience } = this.#deps;
    tally.acks++;
    if (frame.duplicate === true) tally.duplicateAcks++;
    const done = ledger.acknowledge(frame, clock.monotonic());
    if (done !== null) this.#outbox.answered(done.seq);
    if (typeof done?.waitedMs === "number") tally.ackMs.push(done.waitedMs);
    patience.reset();
    this.#settle();
  }

  #onError(frame: Extract<Frame, { type: "error" }>): void {
    const { ledger, tally } = this.#deps;
    countError(tally, frame.code);
    if (!PASSING_CODES.has(frame.code)) {
      ledger.refuse(frame, frame.code);
      return this.#settle();
    }
    this.#outbox.answered(frame.seq);
    this.#pause(frame.details?.retryAfterMs ?? DEFAULT_PAUSE_MS);
  }

  /** Everything that waits and is not under way, in the order of seq. */
  #flush(): void {
    for (const { seq } of this.#outbox.due(this.#deps.clock.monotonic())) this.send(seq);
  }

  #beat(connection: Connection): void {
    const { ledger, clock } = this.#deps;
    this.#lastHeartbeatAtMs = clock.monotonic();
    const lastTouchAt = toIso(clock.now());
    connection.send({ type: "heartbeat", queue: ledger.waiting().length, lastTouchAt });
  }

  #toMessage({ seq, clientEventId, eventType, timestamp, data }: LedgerEntry): object {
    const { attemptId, sessionId, clock } = this.#deps;
    const sentAt = toIso(clock.now());
    return { eventType, timestamp, sessionId, attemptId, data, clientEventId, seq, sentAt };
  }

  #break(connection: Connection, downMs: number, newToken: boolean): void {
    if (this.#connection !== connection || this.#plannedDrop !== null) return;
    this.#plannedDrop = { downMs, newToken };
    this.#deps.tally.drops++;
    connection.destroy();
  }

  #stop(code: string): void {
    this.#stopped = code;
    this.#refuseWaiting(code);
  }

  #refuseWaiting(code: string): void {
    const { ledger, tally } = this.#deps;
    for (const entry of ledger.waiting()) {
      countError(tally, code);
      ledger.refuse(entry, code);
    }
    this.#settle();
  }

  #settle(): void {
    if (this.#deps.ledger.waiting().length > 0) return;
    const settled = this.#settled;
    this.#settled = [];
    for (const resolve of settled) resolve();
  }

  #pause(ms: number): void {
    this.#outbox.pause(this.#deps.clock.monotonic() + ms);
  }
}

function nameEnd({ closeCode, httpStatus }: ConnectionEnd): string {
  return httpStatus === null ? `CLOSE_${closeCode}` : `UPGRADE_${httpStatus}`;
}
