import type { Command, Condition } from "./schema.ts";

/** A socket of a kiosk: what it says there, and what it can be told there. */
export interface KioskLine {
  /** A sign of life. */
  heard(): void;
  report(condition: Condition): void;
  /** The kiosk understands commands from now on. */
  ready(): void;
  close(): void;
}

export type SendCommand = (command: Command) => void;

export interface LineEvents {
  readonly heard: (kioskId: string) => void;
  readonly report: (kioskId: string, condition: Condition) => void;
  /** Gives what waits for the kiosk; with that it is delivered. */
  readonly take: (kioskId: string) => readonly Command[];
  readonly isWaiting: (kioskId: string) => boolean;
}

/** The open sockets of all kiosks. */
export interface Lines {
  open(kioskId: string, send: SendCommand): KioskLine;
  /** Whoever has the sockets of a kiosk is not the kiosk any more. */
  detach(kioskId: string): void;
  /** Hands over what waits, where a socket is open; a kiosk that is silent may be cut off. */
  deliver(kioskId: string): void;
}

interface Open {
  readonly send: SendCommand;
  isReady: boolean;
}

export function createLines(events: LineEvents): Lines {
  const byKiosk = new Map<string, Set<Open>>();

  function handOver(kioskId: string, { send, isReady }: Open): void {
    if (!isReady || !events.isWaiting(kioskId)) return;
    for (const command of events.take(kioskId)) send(command);
  }

  function leave(kioskId: string, line: Open): void {
    const lines = byKiosk.get(kioskId);
    if (lines?.delete(line) && lines.size === 0) byKiosk.delete(kioskId);
  }

  return {
    open(kioskId, send) {
      const line: Open = { send, isReady: false };
      const lines = byKiosk.get(kioskId) ?? new Set();
      byKiosk.set(kioskId, lines.add(line));
      const isAttached = () => byKiosk.get(kioskId)?.has(line) ?? false;
      return {
        heard() {
          if (!isAttached()) return;
          events.heard(kioskId);
          handOver(kioskId, line);
        },
        report(condition) {
          if (isAttached()) events.report(kioskId, condition);
        },
        ready() {
          line.isReady = true;
          if (isAttached()) handOver(kioskId, line);
        },
        close: () => leave(kioskId, line),
      };
    },
    detach: (kioskId) => void byKiosk.delete(kioskId),
    deliver(kioskId) {
      // The newest first: an older one may be of a page that was left.
      for (const line of [...byKiosk.get(kioskId) ?? []].reverse()) handOver(kioskId, line);
    },
  };
}
