/** Allows a burst, then a steady rate; time is an argument. */
export interface TokenBucket {
  /** Takes one token; gives 0 when there was one, else the milliseconds until there will be. */
  take(now: number): number;
  /** Whole tokens left. */
  left(now: number): number;
}

export interface BucketLimits {
  readonly perSec: number;
  readonly burst: number;
}

export function createBucket({ perSec, burst }: BucketLimits): TokenBucket {
  let tokens = burst;
  let filledAt = 0;
  const fill = (now: number): void => {
    if (filledAt !== 0) tokens = Math.min(burst, tokens + (now - filledAt) / 1000 * perSec);
    filledAt = now;
  };
  return {
    take(now) {
      fill(now);
      if (tokens >= 1) {
        tokens--;
        return 0;
      }
      return Math.ceil((1 - tokens) / perSec * 1000);
    },
    left(now) {
      fill(now);
      return Math.floor(tokens);
    },
  };
}

/** A bucket per key, for keys that strangers choose: at most `maxKeys`, the oldest go first. */
export function createBuckets(
  limits: BucketLimits,
  maxKeys = 20_000,
): (key: string) => TokenBucket {
  const buckets = new Map<string, TokenBucket>();
  return (key) => {
    const bucket = buckets.get(key) ?? createBucket(limits);
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
