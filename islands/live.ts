import type { KioskMessages } from "../lib/kiosks/view.ts";
import type { MetricsMessages } from "../lib/metrics/view.ts";
import type { LiveMessages } from "../lib/missions/view.ts";
import type { BrowserClock } from "./clock.ts";

/** `stale`: nothing was heard for so long that what is shown may be wrong. */
export type LiveState = "connecting" | "connected" | "reconnecting" | "stale";

type Messages = LiveMessages & MetricsMessages & KioskMessages;

export type LiveMessage = {
  [Name in keyof Messages]: { readonly name: Name; readonly data: Messages[Name] };
}[keyof Messages];

/** The part of `EventSource` that is used. */
export interface EventStream {
  readonly readyState: number;
  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface LiveDeps {
  readonly open: (url: string) => EventStream;
  readonly clock: BrowserClock;
  readonly onState: (state: LiveState) => void;
  readonly onMessage: (message: LiveMessage) => void;
  /** The server answered with something that is no stream: perhaps nobody is signed in. */
  readonly onRefused: () => void;
}

/** The one connection of a page, to `/admin/live/events` or another stream of the server's. */
export interface Live {
  /** Follows an address; another one than before starts anew, with a snapshot. */
  follow(url: string): void;
  /** Tries at once, when the machine says that the network is back. */
  retryNow(): void;
  /** Ends the connection; `follow` or `retryNow` takes it up again where it was. */
  rest(): void;
}

/** The server beats every 15 s; two beats may be lost. */
export const STALE_AFTER_MS = 40_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** `EventSource.CLOSED`: the browser has given up and will not try again by itself. */
const CLOSED = 2;
const NAMES = [
  "snapshot",
  "mission_event",
  "overview",
  "dashboard_data",
  "events",
  "kiosks",
  "beat",
] as const;

/**
 * Reconnecting has one owner, this one. A broken connection is taken up by the browser, with
 * `Last-Event-ID`; one that it gave up (an answer that is no stream) or that went silent is opened
 * anew after a pause that doubles, with the id in `after`, as a new `EventSource` forgets it.
 */
export function createLive({ open, clock, onState, onMessage, onRefused }: LiveDeps): Live {
  let url: string | null = null;
  let stream: EventStream | null = null;
  let lastEventId = "";
  let failures = 0;
  let state: LiveState | null = null;
  /** Calls the next try off; null while none is planned. */
  let cancelRetry: (() => void) | null = null;
  let cancelWatch = () => {};

  function enter(next: LiveState): void {
    // Attempts to come back do not make old figures new.
    if (next === state || (state === "stale" && next !== "connected")) return;
    state = next;
    onState(next);
  }

  function connect(): void {
    disconnect();
    if (url === null) return;
    const current = open(withId(url, lastEventId));
    stream = current;
    current.addEventListener("open", () => hear(current));
    current.addEventListener("error", () => lose(current));
    for (const name of NAMES) {
      current.addEventListener(name, (event) => receive(current, name, event));
    }
  }

  function disconnect(): void {
    cancelRetry?.();
    cancelRetry = null;
    stream?.close();
    stream = null;
  }

  function hear(from: EventStream): void {
    if (from !== stream) return;
    failures = 0;
    enter("connected");
    watch();
  }

  function receive(from: EventStream, name: LiveMessage["name"], event: MessageEvent<string>) {
    if (from !== stream) return;
    hear(from);
    if (event.lastEventId) lastEventId = event.lastEventId;
    // Our own server wrote it, from the types that both sides share.
    onMessage({ name, data: JSON.parse(event.data) } as LiveMessage);
  }

  function lose(from: EventStream): void {
    if (from !== stream) return;
    enter("reconnecting");
    if (from.readyState !== CLOSED) return;
    retryLater();
    onRefused();
  }

  function retryLater(): void {
    const pause = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
    failures++;
    disconnect();
    // Between half and the whole: a hall of dashboards must not come back in one moment.
    cancelRetry = clock.after(pause * (0.5 + clock.random() / 2), connect);
  }

  function watch(): void {
    cancelWatch();
    cancelWatch = clock.after(STALE_AFTER_MS, () => {
      enter("stale");
      // A stream that says nothing is dead, whatever the browser thinks of it.
      if (cancelRetry === null) retryLater();
      watch();
    });
  }

  return {
    follow(next) {
      if (next !== url) lastEventId = "";
      url = next;
      enter("connecting");
      connect();
      watch();
    },
    retryNow() {
      if (url === null || state === "connected") return;
      connect();
      watch();
    },
    rest() {
      disconnect();
      cancelWatch();
      enter("reconnecting");
    },
  };
}

function withId(url: string, lastEventId: string): string {
  if (lastEventId === "") return url;
  return `${url}${url.includes("?") ? "&" : "?"}after=${encodeURIComponent(lastEventId)}`;
}
