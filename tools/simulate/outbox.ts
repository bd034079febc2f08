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
  isPaused(nowMs: number): boolean;
  pause(untilMs: number): void;
  /** What waits and is not on its way, by `seq`; nothing while paused. */
  due(nowMs: number): readonly LedgerEntry[];
  sent(seq: number, nowMs: number): void;
  /** An answer came that settles or rejects this sending; without a number, all of them. */
  answered(seq: number | undefined): void;
  /** Everything from here on is to be sent again, unless it is acknowledged. */
  resendFrom(seq: number): void;
}

export function createOutbox(ledger: Ledger): Outbox {
  const underWay = new Set<number>();
  let pausedUntilMs = 0;
  const isPaused = (nowMs: number) => nowMs < pausedUntilMs;
  return {
    isPaused,
    clear: () => underWay.clear(),
    isBusy: () => underWay.size > 0,
    pause: (untilMs) => void (pausedUntilMs = Math.max(pausedUntilMs, untilMs)),
    due: (nowMs) => isPaused(nowMs) ? [] : ledger.waiting().filter((it) => !underWay.has(it.seq)),
    sent(seq, nowMs) {
      ledger.sent(seq, nowMs);
      underWay.add(seq);
    },
    answered(seq) {
      if (seq === undefined) underWay.clear();
      else underWay.delete(seq);
    },
    resendFrom(first) {
      for (const seq of [...underWay]) if (seq >= first) underWay.delete(seq);
    },
  };
}
