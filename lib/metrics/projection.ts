import { encodeJson } from "../kv/json_value.ts";
import type { Write } from "../kv/port.ts";
import type { Fact, LogRecord, ProjectionSpec } from "../log/mod.ts";
import type { Clock } from "../clock.ts";
import { type Bucket, countEvent, mergeBucket, newBucket } from "./bucket.ts";
import type { StoredBucket } from "./bucket_row.ts";
import { type BucketStore, floorTo, HOUR_MS, MINUTE_MS, MINUTES_KEPT_MS } from "./bucket_store.ts";
import { toCounted } from "./arrival.ts";
import type { CountedEvent } from "./event.ts";
import { metricsKeys } from "./keys.ts";
import { CLIENT_ID_KEPT_MS } from "./repeats.ts";
import { isMetricsFact } from "./schema.ts";

export interface ProjectionDeps {
  readonly clock: Clock;
  readonly buckets: BucketStore;
  readonly readEvent: ReadForeign;
  /** What was just stored, in the order of the log; each event once. */
  readonly onStored: (events: readonly CountedEvent[]) => void;
}

/** The event that a fact of another domain is; null when it is none. */
export type ReadForeign = (fact: Fact) => Promise<CountedEvent | null>;

/** Reads facts of our own, and those of others as they say. */
export function eventReader(readForeign: ReadForeign): ReadForeign {
  return (fact) => isMetricsFact(fact) ? Promise.resolve(toCounted(fact)) : readForeign(fact);
}

interface Placed {
  readonly position: number;
  readonly event: CountedEvent;
}

type Changed = Map<number, StoredBucket>;

/**
 * Follows the log and counts its events into minutes and hours, and keeps the clients' ids. An hour
 * and its minutes are written in one group, and the hour says up to which fact they are counted.
 */
export function bucketsProjection(deps: ProjectionDeps): ProjectionSpec {
  const { clock, buckets } = deps;
  /** Of a step that has not come to its end. */
  let unsettled: readonly Placed[] | null = null;

  /** What the last step left in memory counts only when all of it was stored. */
  function settle(next: number): void {
    if (unsettled === null) return;
    buckets.forget();
    // The log goes on behind these: they were stored, though the answer was lost.
    tell(unsettled.filter(({ position }) => position < next));
    unsettled = null;
  }

  function tell(placed: readonly Placed[]): void {
    deps.onStored(placed.map(({ event }) => event));
  }

  async function eventsOf(records: readonly LogRecord[]): Promise<Placed[]> {
    const placed: Placed[] = [];
    for (const { position, fact } of records) {
      const event = await deps.readEvent(fact);
      if (event !== null) placed.push({ position, event });
    }
    return placed;
  }

  /** Minutes that are not kept any more are counted in their hour alone. */
  async function minutesOf(placed: readonly Placed[], changed: Changed): Promise<Bucket[]> {
    const keptSince = clock.now() - MINUTES_KEPT_MS;
    const added: Bucket[] = [];
    for (const [start, each] of Map.groupBy(placed, ({ event }) => floorTo(event.at, MINUTE_MS))) {
      const delta = newBucket();
      for (const { event } of each) countEvent(delta, event);
      added.push(delta);
      if (start < keptSince) continue;
      const known = await buckets.read("minute", { from: start, to: start + MINUTE_MS });
      const position = each[each.length - 1].position;
      changed.set(start, { position, bucket: together(known.get(start)?.bucket, [delta]) });
    }
    return added;
  }

  return {
    name: "metrics",
    version: 1,

    async stage(records) {
      settle(records[0].position);
      const events = await eventsOf(records);
      unsettled = events;
      const hours: Changed = new Map();
      const minutes: Changed = new Map();
      const groups: Write[][] = records.flatMap(clientIdGroup);
      for (const [start, each] of Map.groupBy(events, ({ event }) => floorTo(event.at, HOUR_MS))) {
        const known = (await buckets.read("hour", { from: start, to: start + HOUR_MS })).get(start);
        // Stored by a step that did not come to its end.
        const fresh = each.filter(({ position }) => position > (known?.position ?? 0));
        if (fresh.length === 0) continue;
        const changed: Changed = new Map();
        const added = await minutesOf(fresh, changed);
        const position = fresh[fresh.length - 1].position;
        const hour = { position, bucket: together(known?.bucket, added) };
        hours.set(start, hour);
        const group = [buckets.write("hour", start, hour)];
        for (const [minute, stored] of changed) {
          minutes.set(minute, stored);
          group.push(buckets.write("minute", minute, stored));
        }
        groups.push(group);
      }
      return {
        groups,
        committed() {
          unsettled = null;
          buckets.keep("hour", hours);
          buckets.keep("minute", minutes);
          tell(events);
        },
      };
    },

    /** The buckets are what is kept for ever; the log does not reach back to their beginning. */
    rebuild() {
      buckets.forget();
      return Promise.resolve();
    },
  };
}

/** A new bucket: those in memory are shared with readers. */
function together(known: Bucket | undefined, added: readonly Bucket[]): Bucket {
  const bucket = newBucket();
  if (known !== undefined) mergeBucket(bucket, known);
  for (const delta of added) mergeBucket(bucket, delta);
  return bucket;
}

function clientIdGroup({ fact }: LogRecord): Write[][] {
  if (!isMetricsFact(fact) || fact.clientEventId === null) return [];
  const { source, clientEventId, eventId } = fact;
  return [[{
    kind: "set",
    key: metricsKeys.clientId(source, clientEventId),
    value: encodeJson({ eventId }),
    expireInMs: CLIENT_ID_KEPT_MS,
  }]];
}
