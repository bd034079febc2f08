import type { Key } from "../kv/port.ts";

export type BucketKind = "minute" | "hour";

/** Every key of the metrics. Buckets stand under their start, epoch milliseconds. */
export const metricsKeys = {
  bucket: (kind: BucketKind, start: number): Key => ["metrics", kind, start],
  /** Buckets that start in a half-open span. */
  buckets: (kind: BucketKind, { from, to }: { readonly from: number; readonly to: number }) => ({
    start: metricsKeys.bucket(kind, from),
    end: metricsKeys.bucket(kind, to),
  }),
  clientId: (source: string, clientEventId: string): Key => [
    "metrics",
    "client_ids",
    source,
    clientEventId,
  ],
  alive: (hour: number): Key => ["metrics", "alive", hour],
  aliveAll: ["metrics", "alive"] satisfies Key,
};
