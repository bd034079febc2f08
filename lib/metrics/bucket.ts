import { Distinct } from "./distinct.ts";
import type { CountedEvent } from "./event.ts";
import { hash53 } from "./hash.ts";
import { MAX_NAMES, mergeTally, newTally, type Tally, tally } from "./tally.ts";

/** What is counted of the events of a minute, an hour, or of many of them together. */
export interface Bucket {
  events: number;
  readonly names: Tally;
  readonly countries: Tally;
  readonly devices: Tally;
  readonly referrers: Tally;
  readonly kiosks: Tally;
  readonly people: Distinct;
}

/** Names kept apart in the sum of many buckets: more than any page shows. */
const MAX_NAMES_IN_SUM = 5_000;

export function newBucket(): Bucket {
  return {
    events: 0,
    names: newTally(),
    countries: newTally(),
    devices: newTally(),
    referrers: newTally(),
    kiosks: newTally(),
    people: new Distinct(),
  };
}

/** Events that belong together, counted. */
export function bucketOf(events: Iterable<CountedEvent>): Bucket {
  const bucket = newBucket();
  // Somebody does many things in a minute, and a hash costs more than all the counting.
  const people = new Set<string>();
  for (const event of events) {
    bucket.events++;
    tally(bucket.names, event.eventName);
    tally(bucket.countries, event.country);
    tally(bucket.devices, event.device);
    tally(bucket.referrers, event.referrer);
    if (event.kioskId !== null) tally(bucket.kiosks, event.kioskId);
    if (event.person !== null) people.add(event.person);
  }
  for (const person of people) bucket.people.add(hash53(person));
  return bucket;
}

/** Adds one bucket to another; what is added stays as it is. */
export function mergeBucket(into: Bucket, from: Bucket): void {
  mergeCounts(into, from, { maxNames: MAX_NAMES });
  into.people.merge(from.people);
}

function mergeCounts(into: Bucket, from: Bucket, limits: { readonly maxNames: number }): void {
  into.events += from.events;
  for (const name of TALLIES) mergeTally(into[name], from[name], limits);
}

export const TALLIES = ["names", "countries", "devices", "referrers", "kiosks"] as const;

/** Adds a bucket to a sum that is not stored. */
export function addToSum(sum: Bucket, bucket: Bucket): void {
  addCounts(sum, bucket);
  sum.people.merge(bucket.people);
}

/** The same without the people, who cost most of it. */
export function addCounts(sum: Bucket, bucket: Bucket): void {
  mergeCounts(sum, bucket, { maxNames: MAX_NAMES_IN_SUM });
}
