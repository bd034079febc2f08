import type { Clock } from "./clock.ts";

/** What the server did in the last hour, or since its start. */
export interface Measured {
  /** Since when, epoch milliseconds. */
  readonly from: number;
  readonly requests: number;
  /** Milliseconds, of all requests together. */
  readonly responseMs: number;
  /** Requests that were answered with our own failure. */
  readonly failures: number;
  /** Events that came, over sockets and HTTP, and those of them that were refused. */
  readonly received: number;
  readonly refused: number;
}

/** Sums of the last sixty minutes, one for each. */
export interface RecentWork {
  request(ms: number, isFailure: boolean): void;
  events(counts: { readonly received: number; readonly refused: number }): void;
  measured(): Measured;
}

type Sums = { -readonly [Name in Exclude<keyof Measured, "from">]: number };

const MINUTE_MS = 60_000;
const MINUTES = 60;

export function createRecentWork(clock: Clock): RecentWork {
  // Not the wall clock: set back by an hour, it would bring old minutes back.
  const startedAt = clock.monotonic();
  const minutes = new Map<number, Sums>();
  const minuteOf = (at: number) => Math.floor((at - startedAt) / MINUTE_MS);

  /** The sums of this minute; older ones than an hour are dropped. */
  function current(): Sums {
    const minute = minuteOf(clock.monotonic());
    const known = minutes.get(minute);
    if (known !== undefined) return known;
    const sums = nothing();
    minutes.set(minute, sums);
    for (const old of minutes.keys()) if (old <= minute - MINUTES) minutes.delete(old);
    return sums;
  }

  return {
    request(ms, isFailure) {
      const sums = current();
      sums.requests++;
      sums.responseMs += ms;
      if (isFailure) sums.failures++;
    },
    events({ received, refused }) {
      const sums = current();
      sums.received += received;
      sums.refused += refused;
    },
    measured() {
      const now = clock.monotonic();
      const first = Math.max(0, minuteOf(now) - MINUTES + 1);
      const total = nothing();
      for (const [minute, sums] of minutes) {
        if (minute < first) continue;
        total.requests += sums.requests;
        total.responseMs += sums.responseMs;
        total.failures += sums.failures;
        total.received += sums.received;
        total.refused += sums.refused;
      }
      const sinceMs = now - startedAt - first * MINUTE_MS;
      return { from: Math.round(clock.now() - sinceMs), ...total };
    },
  };
}

function nothing(): Sums {
  return { requests: 0, responseMs: 0, failures: 0, received: 0, refused: 0 };
}
