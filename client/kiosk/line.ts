import type { ClockOffset } from "./clock_offset.ts";
import { isPassing, messageOf, refusalOf } from "./messages.ts";
import type { KioskClock, Net, Socket, Timers } from "./ports.ts";
import type { Command } from "./registry.ts";
import type { KioskEvent } from "./shapes.ts";

export interface LineDeps {
  readonly net: Net;
  readonly clock: KioskClock;
  readonly timers: Timers;
  readonly offset: ClockOffset;
  readonly app: string | undefined;
  /** The event with this number is stored, or refused for good. */
  readonly onSettled: (seq: number, taken: boolean) => void;
  /** Nothing is to be sent for so long. */
  readonly onWait: (ms: number) => void;
  readonly obey: (command: Command) => void;
  readonly onClosed: (code: number) => void;
}

/** Sent and not yet answered. */
const WINDOW = 100;
/** A line on which an answer takes longer is dead. */
const ANSWER_MS = 10_000;
const SDK = "docent-kiosk/1";

/** One WebSocket of one attempt. */
export interface Line {
  isReady(): boolean;
  /** Sends what is not under way yet, as far as the window goes. */
  send(events: Iterable<KioskEvent>, now: () => number): void;
  /** What is under way has to be sent again. */
  again(): void;
  close(): void;
}

/**
 * Opens a line; resolves when the server is there.
 * @returns null when it could not be opened
 */
export function openLine(url: string, resumeFrom: number, deps: LineDeps): Promise<Line | null> {
  const { clock, timers } = deps;
  /** By number, when it was sent by the monotonic clock and by the wall clock. */
  const underway = new Map<number, { at: number; wall: number }>();
  let socket: Socket;
  let ready = false;
  let isOver = false;
  let saidHelloAt = 0;
  let stopWatch = () => {};

  /** While something is under way; the oldest of it stands first. */
  function watch(): void {
    stopWatch();
    stopWatch = timers.after(ANSWER_MS, () => {
      const [oldest] = underway.values();
      if (oldest === undefined) return;
      if (clock.monotonic() - oldest.at >= ANSWER_MS) socket.close();
      else watch();
    });
  }

  function settle(seq: number, taken: boolean): void {
    underway.delete(seq);
    if (underway.size === 0) stopWatch();
    deps.onSettled(seq, taken);
  }

  // deno-lint-ignore no-explicit-any
  function take(message: any): void {
    switch (message.type) {
      case "event_ack": {
        const sent = underway.get(message.seq);
        if (sent !== undefined) deps.offset.answered(sent.wall, message.timestamp);
        return settle(message.seq, true);
      }
      case "error": {
        const refusal = refusalOf(message);
        if (isPassing(refusal)) return deps.onWait(refusal.retryAfterMs ?? 1_000);
        if (message.seq !== undefined) settle(message.seq, false);
        return;
      }
      case "time_sync":
        return deps.offset.answered(saidHelloAt, message.serverTime);
      case "ping":
        return socket.send(JSON.stringify({ type: "pong", t: message.t }));
      case "pause":
        return deps.onWait(message.ms);
      case "command":
        return deps.obey(message);
    }
  }

  const line: Line = {
    isReady: () => ready && !isOver,
    send(events, now) {
      for (const event of events) {
        if (underway.size >= WINDOW) break;
        if (underway.has(event.seq)) continue;
        underway.set(event.seq, { at: clock.monotonic(), wall: clock.now() });
        socket.send(JSON.stringify(messageOf(event, now())));
        if (underway.size === 1) watch();
      }
    },
    again: () => underway.clear(),
    close: () => socket.close(),
  };

  return new Promise((resolve) => {
    const stopOpening = timers.after(ANSWER_MS, () => socket.close());
    socket = deps.net.open(url, {
      message(text) {
        const message = JSON.parse(text);
        if (message.type !== "connection_ack") return take(message);
        stopOpening();
        ready = true;
        saidHelloAt = clock.now();
        socket.send(JSON.stringify({ type: "hello", sdk: SDK, app: deps.app, resumeFrom }));
        resolve(line);
      },
      closed(code) {
        stopOpening();
        stopWatch();
        isOver = true;
        resolve(null);
        deps.onClosed(code);
      },
    });
  });
}
