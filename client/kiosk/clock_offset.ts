/** One question to the server and its answer. */
export interface Ping {
  /** By the kiosk's clock, milliseconds. */
  readonly sentAt: number;
  readonly answeredAt: number;
  /** By the server's clock, when it answered. */
  readonly serverAt: number;
}

/** A clock drifts: what was measured long ago says nothing of it. */
const KEPT = 8;

/** How far the kiosk's clock is ahead of the server's. */
export interface ClockOffset {
  add(ping: Ping): void;
  /** Milliseconds; null before the first ping. */
  value(): number | null;
}

/**
 * Of the newest pings the one with the shortest round trip counts: the answer came from half way,
 * give or take half the trip, so the shortest errs least.
 */
export function createClockOffset(): ClockOffset {
  const pings: { tripMs: number; offsetMs: number }[] = [];
  return {
    add({ sentAt, answeredAt, serverAt }) {
      const tripMs = answeredAt - sentAt;
      // The clock was set meanwhile.
      if (tripMs < 0) return;
      pings.push({ tripMs, offsetMs: (sentAt + answeredAt) / 2 - serverAt });
      if (pings.length > KEPT) pings.shift();
    },
    value() {
      if (pings.length === 0) return null;
      return pings.reduce((best, ping) => ping.tripMs < best.tripMs ? ping : best).offsetMs;
    },
  };
}
