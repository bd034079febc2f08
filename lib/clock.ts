/** The only place that reads the machine's clock. */
export interface Clock {
  /** Milliseconds since the epoch (wall clock). */
  now(): number;
  /** Milliseconds from an arbitrary start, never running backwards. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** Epoch milliseconds to ISO 8601 in UTC with milliseconds (requirement X-15). */
export function toIso(atMs: number): string {
  return new Date(atMs).toISOString();
}
