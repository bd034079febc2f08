import { encodeJson } from "../kv/json_value.ts";
import type { Write } from "../kv/port.ts";
import type { Fact, LogRecord, ProjectionSpec } from "../log/mod.ts";
import type { Clock } from "../clock.ts";
import { type Bucket, bucketOf, mergeBucket, newBucket } from "./bucket.ts";
import { type BucketStore, floorTo, HOUR_MS, MINUTE_MS, MINUTES_KEPT_MS } from "./bucket_store.ts";
import { toCounted } from "./arrival.ts";
import type { CountedEvent } from "./event.ts";
import { metricsKeys } from "./keys.ts";
import { CLIENT_ID_KEPT_MS } from "./repeats.ts";
import { isMetricsFact } from "./schema.ts";

export interface ProjectionDeps {
  readonly clock: Clock;
  readonly buckets: BucketStore;
  readonly readEvents: ReadForeign;
  /** What was just stored, in the order of the log; each event once. */
  readonly onStored: (events: readonly CountedEvent[]) => void;
}

/** The event that each of the facts of other domains is; null for one that is none. */
export type ReadForeign = (facts: readonly Fact[]) => Promise<readonly (CountedEvent | null)[]>;

/** Reads facts of our own, and those of others as they say. */
export function eventReader(readForeign: ReadForeign): ReadForeign {
  return async (facts) => {
    const foreign = await readForeign(facts);
    return facts.map((fact, i) => isMetricsFact(fact) ? toCounted(fact) : foreign[i]);
  };
}

interface Placed {
  readonly position: number;
  readonly event: CountedEvent;
}

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
    const events = await deps.readEvents(records.map(({ fact }) => fact));
    const placed: Placed[] = [];
    events.forEach((event, i) => {
      if (event !== null) placed.push({ position: records[i].position, event });
    });
    return placed;
  }

  /** The hour and its minutes, with events that are not in them yet; empty when all are. */
  async function hourGroup(
    start: number,
    placed: readonly Placed[],
    late: boolean,
  ): Promise<Write[]> {
    const known = (await buckets.read("hour", { from: start, to: start + HOUR_MS })).get(start);
    const upTo = known?.position ?? 0;
    // The others were stored by a step that did not come to its end.
    const fresh = placed.filter(({ position }) => late || position > upTo);
    if (fresh.length === 0) return [];
    const position = Math.max(upTo, fresh[fresh.length - 1].position);
    const keptSince = clock.now() - MINUTES_KEPT_MS;
    const deltas: Bucket[] = [];
    const group: Write[] = [];
    for (const [minute, each] of Map.groupBy(fresh, ({ event }) => floorTo(event.at, MINUTE_MS))) {
      const delta = bucketOf(each.map(({ event }) => event));
      deltas.push(delta);
      if (minute < keptSince) continue;
      const before = await buckets.read("minute", { from: minute, to: minute + MINUTE_MS });
      const bucket = together(before.get(minute)?.bucket, [delta]);
      group.push(buckets.write("minute", minute, { position, bucket }));
    }
    const bucket = together(known?.bucket, deltas);
    return [...group, buckets.write("hour", start, { position, bucket })];
  }

  return {
    name: "metrics",
    version: 1,

    async stage(records, { late } = { late: false }) {
      settle(records[0].position);
      // From here on memory may be ahead of the store, also when this does not come to its end.
      unsettled = [];
      const events = await eventsOf(records);
      const groups: Write[][] = records.flatMap(clientIdGroup);
      for (const [start, each] of Map.groupBy(events, ({ event }) => floorTo(event.at, HOUR_MS))) {
        const group = await hourGroup(start, each, late);
        if (group.length > 0) groups.push(group);
      }
      unsettled = events;
      return {
        groups,
        committed() {
          unsettled = null;
          buckets.keep();
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
