import type { KioskClock } from "./ports.ts";

/** A clock drifts: what was measured long ago says nothing of it. */
const KEPT = 8;

/** How far the kiosk's clock is ahead of the server's. */
export interface ClockOffset {
  /**
   * An answer has come just now.
   * @param sentAt when it was asked for, by the kiosk's clock
   * @param serverTime when it was given, ISO 8601
   */
  answered(sentAt: number, serverTime: string): void;
  /** Milliseconds; null before the first answer. */
  value(): number | null;
}

/**
 * Of the newest answers the one with the shortest round trip counts: it came from half way, give or
 * take half the trip, so the shortest errs least.
 */
export function createClockOffset(clock: Pick<KioskClock, "now">): ClockOffset {
  const pings: { tripMs: number; offsetMs: number }[] = [];
  return {
    answered(sentAt, serverTime) {
      const tripMs = clock.now() - sentAt;
      // The clock was set meanwhile.
      if (tripMs < 0) return;
      pings.push({ tripMs, offsetMs: sentAt + tripMs / 2 - Date.parse(serverTime) });
      if (pings.length > KEPT) pings.shift();
    },
    value() {
      if (pings.length === 0) return null;
      return pings.reduce((best, ping) => ping.tripMs < best.tripMs ? ping : best).offsetMs;
    },
  };
}
