import type { Span } from "../time_zone.ts";
import { type Bucket, newBucket } from "./bucket.ts";
import {
  type BucketStore,
  ceilTo,
  floorTo,
  HOUR_MS,
  MINUTE_MS,
  MINUTES_KEPT_MS,
  STEP_MS,
} from "./bucket_store.ts";
import type { BucketKind } from "./keys.ts";

/** One run of buckets that belong to a span. */
export interface Part {
  readonly kind: BucketKind;
  readonly span: Span;
}

/** Room between what is asked for and what the store begins to forget. */
const SAFETY_MS = 30 * MINUTE_MS;

/**
 * The buckets of a span: whole hours, and minutes at its ends. Where minutes are not kept any more
 * the end is rounded outwards to the hour. Nothing lies behind `now`, so the hour under way is
 * whole when the span reaches up to it.
 */
export function cover(span: Span, now: number): Part[] {
  const { from, to } = rounded(span, now);
  const firstHour = ceilTo(from, HOUR_MS);
  const lastHour = to >= floorTo(now, MINUTE_MS) ? ceilTo(to, HOUR_MS) : floorTo(to, HOUR_MS);
  if (firstHour >= lastHour) return nonEmpty([{ kind: "minute", span: { from, to } }]);
  return nonEmpty([
    { kind: "minute", span: { from, to: firstHour } },
    { kind: "hour", span: { from: firstHour, to: lastHour } },
    { kind: "minute", span: { from: lastHour, to } },
  ]);
}

/**
 * What is counted of a span: whole minutes, and whole hours where minutes are not kept. What happens
 * now belongs to a span that ends now.
 */
export function rounded({ from, to }: Span, now: number): Span {
  const keptSince = now - MINUTES_KEPT_MS + SAFETY_MS;
  const end = to >= now ? now + 1 : to;
  return {
    from: floorTo(from, from < keptSince ? HOUR_MS : MINUTE_MS),
    to: ceilTo(end, end < keptSince ? HOUR_MS : MINUTE_MS),
  };
}

function nonEmpty(parts: readonly Part[]): Part[] {
  return parts.filter(({ span }) => span.from < span.to);
}

export interface Placed {
  readonly start: number;
  readonly bucket: Bucket;
}

/** Read together; more would crowd memory in a query over months. */
const MAX_READ = 200;

/** A span as of a moment. */
export interface Asked {
  readonly span: Span;
  readonly now: number;
}

/** The buckets of a span, in the order of time within each part of it. */
export async function* bucketsIn(
  store: BucketStore,
  { span, now }: Asked,
): AsyncGenerator<Placed> {
  for (const { kind, span: { from, to } } of cover(span, now)) {
    const stepMs = MAX_READ * STEP_MS[kind];
    for (let at = from; at < to; at += stepMs) {
      const found = await store.read(kind, { from: at, to: Math.min(to, at + stepMs) });
      for (const [start, { bucket }] of found) yield { start, bucket };
    }
  }
}

/** @param add puts a bucket into the sum: `addToSum`, or `addCounts` where people do not matter */
export async function sumSpan(
  store: BucketStore,
  { add, ...asked }: Asked & { readonly add: (sum: Bucket, bucket: Bucket) => void },
): Promise<Bucket> {
  const sum = newBucket();
  for await (const { bucket } of bucketsIn(store, asked)) add(sum, bucket);
  return sum;
}
