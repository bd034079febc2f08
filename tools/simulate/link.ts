import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../lib/clock.ts";
import { connect, type Connection } from "./connection.ts";
import type { Dialogue } from "./dialogue.ts";
import type { Patience } from "./patience.ts";
import { type ConnectionEnd, decideNext } from "./reconnect.ts";
import { countError, type Tally } from "./tally.ts";

export interface LinkDeps {
  /** The address without query. */
  readonly wsUrl: string;
  readonly attemptId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dialogue: Dialogue;
  readonly clock: Clock;
  readonly tally: Tally;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  token(): string;
  /** Gets another token for the same attempt, by starting it again. */
  renewToken(): Promise<void>;
}

/** Keeps one attempt connected, over as many connections as it takes. */
export interface Link {
  /** Connects and stays; returns when closed or not wanted any more. @throws PatienceError */
  run(): Promise<void>;
  /** Breaks the connection that there is, if any, for a while. */
  drop(planned: PlannedDrop): void;
  /** Sends an event and breaks the connection as soon as the bytes are out. */
  sendAndCut(seq: number): void;
  /** The visitor is done; or gone without a word, then the connection just breaks. */
  close(silently: boolean): Promise<void>;
}

export interface PlannedDrop {
  readonly downMs: number;
  readonly newToken: boolean;
}

/** Without an answer to anything for this long, a connection counts as dead. */
const STALL_MS = 10_000;
const TICK_MS = 250;

interface State {
  connection: Connection | null;
  connections: number;
  planned: PlannedDrop | null;
  isClosed: boolean;
}

/** The only place that reconnects. */
export function createLink(deps: LinkDeps): Link {
  const state: State = { connection: null, connections: 0, planned: null, isClosed: false };
  const breakOff = (broken: Connection | null, drop: PlannedDrop) => {
    if (broken === null || broken !== state.connection || state.planned !== null) return;
    state.planned = drop;
    deps.tally.drops++;
    broken.destroy();
  };
  return {
    run: () => stayConnected(state, deps),
    drop: (drop) => breakOff(state.connection, drop),
    sendAndCut(seq) {
      const own = state.connection;
      deps.dialogue.send(seq, () => breakOff(own, { downMs: 0, newToken: false }));
    },
    async close(silently) {
      state.isClosed = true;
      const own = state.connection;
      if (own === null) return;
      if (silently) own.destroy();
      else own.close();
      await own.ended;
    },
  };
}

async function stayConnected(state: State, deps: LinkDeps): Promise<void> {
  const { dialogue, patience, tally, signal } = deps;
  while (!state.isClosed) {
    const end = await connectOnce(state, deps);
    if (state.isClosed) return;
    const next = decideNext(end);
    if (next.kind === "stop") return dialogue.stop(next.code);
    const drop = state.planned;
    state.planned = null;
    const askedMs = next.waitMs ?? dialogue.takeReconnectWait();
    if (drop !== null) await sleep(drop.downMs, undefined, { signal });
    else {
      countError(tally, nameEnd(end));
      await patience.wait({ why: `connection ended: ${nameEnd(end)}`, waitMs: askedMs });
    }
    if (next.newToken || drop?.newToken) await deps.renewToken();
  }
}

async function connectOnce(state: State, deps: LinkDeps): Promise<ConnectionEnd> {
  const { dialogue, tally, signal } = deps;
  tally.connections++;
  if (state.connections++ > 0) tally.reconnects++;
  const own = open(deps);
  state.connection = own;
  dialogue.connected(own.send);
  const timer = setInterval(() => watch(own, deps), TICK_MS);
  signal.addEventListener("abort", own.destroy, { once: true });
  try {
    return await own.ended;
  } finally {
    clearInterval(timer);
    signal.removeEventListener("abort", own.destroy);
    dialogue.disconnected();
    state.connection = null;
  }
}

function open({ wsUrl, attemptId, headers, dialogue, clock, tally, token }: LinkDeps): Connection {
  const query = new URLSearchParams({ attemptId, token: token() });
  return connect({
    url: `${wsUrl}?${query}`,
    headers,
    clock,
    onFrame: dialogue.hear,
    onStrange: (text) => countError(tally, `STRANGE_FRAME ${text.slice(0, 40)}`),
  });
}

function watch(connection: Connection, { dialogue, tally }: LinkDeps): void {
  if (!dialogue.isStalled(STALL_MS)) return dialogue.tick();
  countError(tally, "STALLED");
  connection.destroy();
}

function nameEnd({ closeCode, httpStatus }: ConnectionEnd): string {
  return httpStatus === null ? `CLOSE_${closeCode}` : `UPGRADE_${httpStatus}`;
}
