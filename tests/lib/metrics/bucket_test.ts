import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addToSum,
  type Bucket,
  bucketOf,
  mergeBucket,
  newBucket,
} from "../../../lib/metrics/bucket.ts";
import { decodeBucket, encodeBucket } from "../../../lib/metrics/bucket_row.ts";
import type { CountedEvent } from "../../../lib/metrics/mod.ts";
import { MAX_NAMES, type Tally, topOf, totalOf } from "../../../lib/metrics/tally.ts";
import { countedEvent, countedEvents, countsBy } from "../../support/counted_events.ts";

const NOW = Date.parse("2025-01-19T10:30:00.000Z");
const EVENTS = countedEvents({ from: NOW - 1_000, to: NOW });

function entriesOf({ counts, other }: Tally): [string, number][] {
  assert.equal(other, 0);
  return [...counts].sort(([a], [b]) => a < b ? -1 : 1);
}

function assertCounts(bucket: Bucket, events: readonly CountedEvent[]): void {
  assert.equal(bucket.events, events.length);
  assert.deepEqual(entriesOf(bucket.names), countsBy(events, (it) => it.eventName));
  assert.deepEqual(entriesOf(bucket.countries), countsBy(events, (it) => it.country));
  assert.deepEqual(entriesOf(bucket.devices), countsBy(events, (it) => it.device));
  assert.deepEqual(entriesOf(bucket.referrers), countsBy(events, (it) => it.referrer));
  assert.deepEqual(entriesOf(bucket.kiosks), countsBy(events, (it) => it.kioskId));
  assert.equal(bucket.people.size, countsBy(events, (it) => it.person).length);
}

Deno.test("[E-12][E-14][E-15][E-16] a bucket counts what brute force counts", () => {
  fc.assert(fc.property(EVENTS, (events) => assertCounts(bucketOf(events), events)));
});

Deno.test("[E-12] buckets that are merged in any grouping count what their events are", () => {
  fc.assert(fc.property(fc.array(EVENTS, { maxLength: 6 }), (parts) => {
    const stored = newBucket();
    const sum = newBucket();
    const nested = newBucket();
    for (const [i, events] of parts.entries()) {
      mergeBucket(stored, bucketOf(events));
      addToSum(sum, bucketOf(events));
      if (i % 2 === 1) continue;
      const pair = bucketOf(events);
      mergeBucket(pair, bucketOf(parts[i + 1] ?? []));
      mergeBucket(nested, pair);
    }
    for (const bucket of [stored, sum, nested]) assertCounts(bucket, parts.flat());
  }));
});

Deno.test("[E-12] merging leaves what is merged as it is", () => {
  const part = bucketOf([countedEvent(NOW)]);
  const before = encodeBucket({ position: 1, bucket: part });
  const sum = newBucket();
  addToSum(sum, part);
  addToSum(sum, bucketOf([countedEvent(NOW, { person: "user 2" })]));
  assert.deepEqual(encodeBucket({ position: 1, bucket: part }), before);
});

Deno.test("[E-12] a stored bucket is read back as it was, whatever the names", () => {
  fc.assert(fc.property(EVENTS, (events) => {
    const key = ["metrics", "hour", 0];
    const stored = { position: 7, bucket: bucketOf(events) };
    const read = decodeBucket(key, encodeBucket(stored));
    assert.equal(read.position, 7);
    assertCounts(read.bucket, events);
    assert.deepEqual(encodeBucket(read), encodeBucket(stored));
  }));
});

Deno.test("[E-12] whoever makes up names fills a bucket to its limit and no further", () => {
  const letters = "가".repeat(50);
  const bucket = bucketOf(Array.from({ length: 5_000 }, (_, i) =>
    countedEvent(NOW, {
      eventName: `${letters}${String(i).padStart(14, "0")}`,
      referrer: `${i}.${"a".repeat(94)}`,
      country: String.fromCharCode(65 + i % 26, 65 + i % 25),
      kioskId: `kiosk_${"k".repeat(34)}${i}`,
      person: `user ${i}`,
    })));
  assert.equal(bucket.names.counts.size, MAX_NAMES);
  assert.equal(totalOf(bucket.names), 5_000);
  assert.equal(bucket.names.other, 5_000 - MAX_NAMES);
  assert.ok(encodeBucket({ position: 1, bucket }).length < 60 * 1024);
});

Deno.test("[E-12] top lists have the most frequent first, and equals by their letters", () => {
  const names = ["b", "a", "c", "c", "d"];
  const { names: tally } = bucketOf(names.map((eventName) => countedEvent(NOW, { eventName })));
  assert.deepEqual(topOf(tally, 3), [
    { name: "c", count: 2 },
    { name: "a", count: 1 },
    { name: "b", count: 1 },
  ]);
});
