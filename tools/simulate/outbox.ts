import type { Ledger, LedgerEntry } from "./ledger.ts";

/**
 * What may go out on the present connection. The ledger says what waits for an answer; this says
 * what of it is on its way already, and whether the server wants to be left alone. Times are
 * milliseconds of a monotonic clock.
 */
export interface Outbox {
  /** A new connection: nothing is on its way any more. */
  clear(): void;
  /** Something was sent and has no answer yet. */
  isBusy(): boolean;
  /** Whether one more may go out: no pause, and the window is not full. */
  mayGo(nowMs: number): boolean;
  /** The server wants fewer: nothing until then, afterwards one, and twice as many by each answer. */
  pause(untilMs: number): void;
  /** What waits and may go out now, by `seq`. */
  due(nowMs: number): readonly LedgerEntry[];
  sent(seq: number, nowMs: number): void;
  /** The event has its answer. */
  acknowledged(seq: number): void;
  /** This sending was rejected and the event still waits; without a number, all of them. */
  rejected(seq: number | undefined): void;
  /** Everything from here on is to be sent again, unless it is acknowledged. */
  resendFrom(seq: number): void;
}

/** From here on the server has shown that it keeps up. */
const WIDEST_WINDOW = 64;

export function createOutbox(ledger: Ledger): Outbox {
  const underWay = new Set<number>();
  let pausedUntilMs = 0;
  let window = Infinity;
  const mayGo = (nowMs: number) => nowMs >= pausedUntilMs && underWay.size < window;
  return {
    mayGo,
    clear: () => underWay.clear(),
    isBusy: () => underWay.size > 0,
    pause(untilMs) {
      pausedUntilMs = Math.max(pausedUntilMs, untilMs);
      window = 1;
    },
    due(nowMs) {
      if (!mayGo(nowMs)) return [];
      const waiting = ledger.waiting().filter((it) => !underWay.has(it.seq));
      return waiting.slice(0, window - underWay.size);
    },
    sent(seq, nowMs) {
      ledger.sent(seq, nowMs);
      underWay.add(seq);
    },
    acknowledged(seq) {
      underWay.delete(seq);
      window = window >= WIDEST_WINDOW ? Infinity : window * 2;
    },
    rejected(seq) {
      if (seq === undefined) underWay.clear();
      else underWay.delete(seq);
    },
    resendFrom(first) {
      for (const seq of [...underWay]) if (seq >= first) underWay.delete(seq);
    },
  };
}
