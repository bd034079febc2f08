import type { Kv, Write } from "../kv/port.ts";
import type { Span } from "../time_zone.ts";
import { decodeBucket, encodeBucket, type StoredBucket } from "./bucket_row.ts";
import { type BucketKind, metricsKeys } from "./keys.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const STEP_MS: Record<BucketKind, number> = { minute: MINUTE_MS, hour: HOUR_MS };
const KINDS = ["minute", "hour"] as const;

/**
 * How long minutes are kept: today and the same span of yesterday begin at most 49 hours ago, on
 * the day when the clocks are set back.
 */
export const MINUTES_KEPT_MS = 50 * HOUR_MS;

/** Buckets of each kind in memory: two days of hours, and the ends of the windows in minutes. */
const MAX_CACHED = 400;

/** Null where there is none. */
type Known = StoredBucket | null;

export interface BucketStore {
  /** Those of a span that hold anything, by their start; ends are rounded outwards. */
  read(kind: BucketKind, span: Span): Promise<ReadonlyMap<number, StoredBucket>>;
  /** To be committed; until `keep` it is not known whether it was, and the store is asked. */
  write(kind: BucketKind, start: number, stored: StoredBucket): Write;
  /** All that was to be written is stored. */
  keep(): void;
  /** Changes may have been stored of which nothing was heard. */
  forget(): void;
}

/** Reads what is asked for again and again from memory. Buckets are never changed, but replaced. */
export function createBucketStore(kv: Kv): BucketStore {
  const caches = { minute: new Map<number, Known>(), hour: new Map<number, Known>() };
  /** On their way to the store. */
  const written = { minute: new Map<number, Known>(), hour: new Map<number, Known>() };
  /** Of what is stored: a read that began before a change is not remembered. */
  let version = 0;

  async function load(kind: BucketKind, span: Span): Promise<Map<number, StoredBucket>> {
    const found = new Map<number, StoredBucket>();
    const before = version;
    for await (const { key, value } of kv.list(metricsKeys.buckets(kind, span))) {
      found.set(Number(key.at(-1)), decodeBucket(key, value));
    }
    if (version !== before || countOf(kind, span) > MAX_CACHED / 2) return found;
    for (let at = span.from; at < span.to; at += STEP_MS[kind]) {
      if (!written[kind].has(at)) remember(kind, at, found.get(at) ?? null);
    }
    return found;
  }

  function remember(kind: BucketKind, start: number, stored: Known): void {
    const cache = caches[kind];
    // Moved to the end: the map's order is that of the last use.
    cache.delete(start);
    cache.set(start, stored);
    if (cache.size > MAX_CACHED) cache.delete(cache.keys().next().value!);
  }

  /** Null when one of them has to be read. */
  function cached(kind: BucketKind, span: Span): Map<number, StoredBucket> | null {
    const found = new Map<number, StoredBucket>();
    for (let at = span.from; at < span.to; at += STEP_MS[kind]) {
      const stored = caches[kind].get(at);
      if (stored === undefined) return null;
      if (stored !== null) found.set(at, stored);
    }
    for (let at = span.from; at < span.to; at += STEP_MS[kind]) {
      remember(kind, at, found.get(at) ?? null);
    }
    return found;
  }

  return {
    async read(kind, span) {
      const step = STEP_MS[kind];
      const whole = { from: floorTo(span.from, step), to: ceilTo(span.to, step) };
      return cached(kind, whole) ?? await load(kind, whole);
    },
    write(kind, start, stored) {
      caches[kind].delete(start);
      written[kind].set(start, stored);
      const write = { key: metricsKeys.bucket(kind, start), value: encodeBucket(stored) };
      if (kind === "hour") return { kind: "set", ...write };
      return { kind: "set", ...write, expireInMs: MINUTES_KEPT_MS };
    },
    keep() {
      version++;
      for (const kind of KINDS) {
        for (const [start, stored] of written[kind]) remember(kind, start, stored);
        written[kind].clear();
      }
    },
    forget() {
      version++;
      for (const kind of KINDS) {
        caches[kind].clear();
        written[kind].clear();
      }
    },
  };
}

function countOf(kind: BucketKind, { from, to }: Span): number {
  return (to - from) / STEP_MS[kind];
}

export function floorTo(at: number, step: number): number {
  return Math.floor(at / step) * step;
}

export function ceilTo(at: number, step: number): number {
  return Math.ceil(at / step) * step;
}
