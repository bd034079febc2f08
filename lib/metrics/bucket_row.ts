import type { Key } from "../kv/port.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import { type Bucket, TALLIES } from "./bucket.ts";
import { Distinct } from "./distinct.ts";
import { type BucketRow, bucketRowSchema } from "./schema.ts";
import type { Tally } from "./tally.ts";

/** A bucket, and up to which fact it counts. */
export interface StoredBucket {
  readonly position: number;
  readonly bucket: Bucket;
}

/** At most some 40 KiB: five times a hundred names, and a thousand hashes or the registers. */
export function encodeBucket({ position, bucket }: StoredBucket): Uint8Array {
  const tallies = TALLIES.map((name) => [name, storeTally(bucket[name])]);
  return encodeJson({
    position,
    events: bucket.events,
    ...Object.fromEntries(tallies),
    people: bucket.people.store(),
  });
}

/** @throws AppError DATABASE_ERROR naming the key */
export function decodeBucket(key: Key, value: unknown): StoredBucket {
  const { position, people, ...row } = decodeJson(key, value, bucketRowSchema);
  return {
    position,
    bucket: {
      events: row.events,
      names: restoreTally(row.names),
      countries: restoreTally(row.countries),
      devices: restoreTally(row.devices),
      referrers: restoreTally(row.referrers),
      kiosks: restoreTally(row.kiosks),
      people: Distinct.restore(people),
    },
  };
}

/** Pairs and not an object: a name may be any text, `__proto__` too. */
function storeTally({ counts, other }: Tally): BucketRow["names"] {
  return { counts: [...counts], other };
}

function restoreTally({ counts, other }: BucketRow["names"]): Tally {
  return { counts: new Map(counts), other };
}
