/**
 * How far a kiosk's clock is ahead of ours, milliseconds; negative when behind (trap T-M09).
 * A message sent at client time s and received at server time r gives s − r, which is the offset
 * less the way's delay. The delay only ever makes it smaller, so the largest is the best.
 */
export function clockOffset(known: number | null, sentAt: number, receivedAt: number): number {
  const seen = sentAt - receivedAt;
  return known === null ? seen : Math.max(known, seen);
}

/** Later than this after it happened, an event counts as delivered from a queue. */
const QUEUED_AFTER_MS = 5_000;

export interface Delivery {
  readonly delivery: "live" | "queued";
  /** Milliseconds from the event, by our clock, to its receipt; never negative. */
  readonly processingTime: number;
}

export function deliveryOf(at: number, receivedAt: number, offsetMs: number): Delivery {
  const processingTime = Math.max(0, receivedAt - (at - offsetMs));
  return { delivery: processingTime > QUEUED_AFTER_MS ? "queued" : "live", processingTime };
}
