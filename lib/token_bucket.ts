export interface BucketLimits {
  readonly perSec: number;
  readonly burst: number;
}

/** Allows a burst, then a steady rate; time is an argument, epoch milliseconds. */
export class TokenBucket {
  readonly #limits: BucketLimits;
  #tokens: number;
  #filledAt = 0;

  constructor(limits: BucketLimits) {
    this.#limits = limits;
    this.#tokens = limits.burst;
  }

  /**
   * Takes tokens, all or none; gives 0 when there were so many, else the milliseconds until there
   * will be. More than the burst are never there at once, so then the whole burst suffices.
   */
  take(now: number, count = 1): number {
    this.#fill(now);
    const wanted = Math.min(count, this.#limits.burst);
    if (this.#tokens >= wanted) {
      this.#tokens -= wanted;
      return 0;
    }
    return Math.ceil((wanted - this.#tokens) / this.#limits.perSec * 1000);
  }

  /** Whole tokens left. */
  left(now: number): number {
    this.#fill(now);
    return Math.floor(this.#tokens);
  }

  #fill(now: number): void {
    const { perSec, burst } = this.#limits;
    // Not less than nothing: a clock that is set back takes no tokens away.
    const elapsedMs = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(burst, this.#tokens + elapsedMs / 1000 * perSec);
    this.#filledAt = now;
  }
}

/** A bucket per key, for keys that strangers choose: at most `maxKeys`, the oldest go first. */
export function createBuckets(
  limits: BucketLimits,
  maxKeys = 20_000,
): (key: string) => TokenBucket {
  const buckets = new Map<string, TokenBucket>();
  return (key) => {
    const bucket = buckets.get(key) ?? new TokenBucket(limits);
    // Moved to the end: a key in use is not forgotten before one that is not.
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > maxKeys) {
      for (const oldest of buckets.keys()) {
        buckets.delete(oldest);
        break;
      }
    }
    return bucket;
  };
}
