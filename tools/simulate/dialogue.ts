import { type Clock, toIso } from "../../lib/clock.ts";
import type { Ledger, LedgerEntry } from "./ledger.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { countError, type Tally } from "./tally.ts";
import type { Frame } from "./wire.ts";

/** Sends a message; `then` runs when the bytes have left this process. */
export type Say = (message: object, then?: () => void) => void;

export interface DialogueDeps {
  readonly attemptId: string;
  readonly sessionId: string;
  readonly saysHello: boolean;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly tally: Tally;
  tokenRefreshed(token: string): void;
  /** Something went forward: the server is there and takes what we send. */
  progressed(): void;
}

/** What client and server say to each other over one attempt, whichever connection carries it. */
export interface Dialogue {
  /** A connection is open; nothing is said before the server greets. */
  connected(say: Say): void;
  disconnected(): void;
  hear(frame: Frame): void;
  /** Sends an event of the ledger now if possible; else it goes when it can. */
  send(seq: number, then?: () => void): void;
  /** The regular step: what a pause held back, and heartbeats. */
  tick(): void;
  /** True when an answer, or the greeting, is due and nothing was heard for so long. */
  isStalled(limitMs: number): boolean;
  /** The server wants nothing more: what waits, and what comes yet, is refused. */
  stop(code: string): void;
  /** Resolves at the next moment at which nothing waits for an acknowledgement. */
  drained(): Promise<void>;
  /** What the server asked to wait before the next connection; asked once. */
  takeReconnectWait(): number | null;
}

const HEARTBEAT_MS = 20_000;
const DEFAULT_PAUSE_MS = 500;
/** A server that does not answer `hello` with `resend_from` is sent to all the same after this. */
const RESUME_WAIT_MS = 1000;
/** Refusals that are no verdict on the event: it is sent again later. */
const PASSING_CODES: ReadonlySet<string> = new Set([
  "RATE_LIMIT",
  "PROCESSING_ERROR",
  "DATABASE_ERROR",
  "INTERNAL_ERROR",
  "WS_ERROR",
  "UNAVAILABLE",
]);

export function createDialogue(deps: DialogueDeps): Dialogue {
  const { ledger, clock, saysHello } = deps;
  const outbox = createOutbox(ledger);
  const state: State = {
    say: null,
    isGreeted: false,
    resumeAtMs: 0,
    heardAtMs: 0,
    beatAtMs: 0,
    stopped: null,
    reconnectWaitMs: null,
    settled: [],
  };

  const { send, flush } = createSending({ state, deps, outbox });
  const hear = createHearing({ state, deps, outbox, flush });
  return {
    send,
    hear,
    connected(say) {
      outbox.clear();
      Object.assign(state, { say, isGreeted: false, heardAtMs: clock.monotonic() });
    },
    disconnected: () => void Object.assign(state, { say: null, isGreeted: false }),
    tick() {
      if (!state.isGreeted) return;
      flush();
      if (saysHello && clock.monotonic() - state.beatAtMs > HEARTBEAT_MS) beat(state, deps);
    },
    isStalled: (limitMs) =>
      clock.monotonic() - state.heardAtMs > limitMs && (outbox.isBusy() || !state.isGreeted),
    stop(code) {
      state.stopped = code;
      refuseWaiting({ state, deps }, code);
    },
    drained() {
      if (ledger.waiting().length === 0) return Promise.resolve();
      return new Promise((resolve) => state.settled.push(resolve));
    },
    takeReconnectWait() {
      const waitMs = state.reconnectWaitMs;
      state.reconnectWaitMs = null;
      return waitMs;
    },
  };
}

interface State {
  say: Say | null;
  /** The server has greeted this connection, so it takes events. */
  isGreeted: boolean;
  /** Until then the server may still say from where it wants the events. */
  resumeAtMs: number;
  heardAtMs: number;
  beatAtMs: number;
  /** Why the server wants nothing more of this attempt. */
  stopped: string | null;
  reconnectWaitMs: number | null;
  settled: (() => void)[];
}

interface Parts {
  readonly state: State;
  readonly deps: DialogueDeps;
  readonly outbox: Outbox;
}

interface Sending {
  readonly send: Dialogue["send"];
  /** Sends all that may go out now. */
  flush(): void;
}

function createSending({ state, deps, outbox }: Parts): Sending {
  const { ledger, clock, tally } = deps;
  const send: Dialogue["send"] = (seq, then) => {
    const entry = ledger.find(seq);
    if (state.stopped !== null) return refuseWaiting({ state, deps }, state.stopped);
    const now = clock.monotonic();
    if (entry === null || state.say === null || !state.isGreeted) return;
    if (now < state.resumeAtMs || !outbox.mayGo(now)) return;
    if (entry.sends > 0) tally.repeats++;
    tally.sends++;
    outbox.sent(seq, now);
    state.say(toMessage(entry, deps), then);
  };
  const flush = () => {
    for (const { seq } of outbox.due(clock.monotonic())) send(seq);
  };
  return { send, flush };
}

function createHearing(
  { state, deps, outbox, flush }: Parts & Pick<Sending, "flush">,
): (frame: Frame) => void {
  const { clock, tally, tokenRefreshed } = deps;
  return (frame) => {
    state.heardAtMs = clock.monotonic();
    switch (frame.type) {
      case "connection_ack":
        greet(state, deps);
        return flush();
      case "event_ack": {
        const seq = acknowledge(frame, deps);
        if (seq !== null) outbox.acknowledged(seq);
        settle(state, deps);
        return flush();
      }
      case "error":
        countError(tally, frame.code);
        if (PASSING_CODES.has(frame.code)) {
          outbox.rejected(frame.seq);
          return outbox.pause(state.heardAtMs + (frame.details?.retryAfterMs ?? DEFAULT_PAUSE_MS));
        }
        deps.ledger.refuse(frame, frame.code);
        return settle(state, deps);
      case "ping":
        return state.say?.({ type: "pong", t: frame.t });
      case "token_refresh":
        return tokenRefreshed(frame.wsToken);
      case "pause":
        tally.pauses++;
        return outbox.pause(state.heardAtMs + frame.ms);
      case "resend_from":
        tally.resendRequests++;
        state.resumeAtMs = 0;
        outbox.resendFrom(frame.seq);
        return flush();
      case "server_shutdown":
        state.reconnectWaitMs = frame.reconnectInMs ?? null;
        return;
      default:
        return;
    }
  };
}

function greet(state: State, deps: DialogueDeps): void {
  const { ledger, saysHello, progressed, clock } = deps;
  state.isGreeted = true;
  state.resumeAtMs = 0;
  const waiting = ledger.waiting();
  if (waiting.length === 0) progressed();
  if (!saysHello) return;
  const resumeFrom = waiting[0]?.seq ?? ledger.entries.length + 1;
  state.resumeAtMs = clock.monotonic() + RESUME_WAIT_MS;
  state.say?.({ type: "hello", sdk: "simulator", app: "docent-simulate", resumeFrom });
  beat(state, deps);
}

function beat(state: State, { ledger, clock }: DialogueDeps): void {
  state.beatAtMs = clock.monotonic();
  const lastTouchAt = toIso(clock.now());
  state.say?.({ type: "heartbeat", queue: ledger.waiting().length, lastTouchAt });
}

/** Returns the `seq` that it is for; null when for nothing in the ledger. */
function acknowledge(
  frame: Extract<Frame, { type: "event_ack" }>,
  { ledger, clock, tally, progressed }: DialogueDeps,
): number | null {
  tally.acks++;
  if (frame.duplicate === true) tally.duplicateAcks++;
  const done = ledger.acknowledge(frame, clock.monotonic());
  if (typeof done?.waitedMs === "number") tally.ackMs.push(done.waitedMs);
  progressed();
  return done?.seq ?? null;
}

function toMessage(entry: LedgerEntry, { attemptId, sessionId, clock }: DialogueDeps): object {
  const { seq, clientEventId, eventType, timestamp, data } = entry;
  const sentAt = toIso(clock.now());
  return { eventType, timestamp, sessionId, attemptId, data, clientEventId, seq, sentAt };
}

function refuseWaiting({ state, deps }: Omit<Parts, "outbox">, code: string): void {
  for (const entry of deps.ledger.waiting()) {
    countError(deps.tally, code);
    deps.ledger.refuse(entry, code);
  }
  settle(state, deps);
}

function settle(state: State, { ledger }: DialogueDeps): void {
  if (ledger.waiting().length > 0) return;
  const { settled } = state;
  state.settled = [];
  for (const resolve of settled) resolve();
}
