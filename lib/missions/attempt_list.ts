import type { Kv } from "../kv/port.ts";
import { type AttemptCounts, countOf, mayStand } from "./attempt_index.ts";
import { type AttemptIndex, type IndexPlace, missionKeys } from "./keys.ts";
import type { AttemptStatus } from "./schema.ts";

export interface ListQuery {
  readonly missionTypes: readonly string[];
  readonly statuses: readonly AttemptStatus[];
  readonly sort: AttemptIndex;
  readonly order: "asc" | "desc";
  readonly limit: number;
  /** Places before the first that is wanted; each is walked over. */
  readonly offset: number;
  /** In the place of the offset: a page costs what it shows then, wherever it is. */
  readonly beside?: ListPlace;
}

/** Next to an attempt in the order of the list, whether or not it still is there. */
export interface ListPlace extends IndexPlace {
  readonly side: "before" | "after";
}

/**
 * Ids in the order asked for; those without a value come last in both orders (T-M15).
 * @param counts of what the index holds, if they are known: no more is then read of a part than is
 *   likely needed, and what lies behind the middle is read from the end
 */
export async function listIds(
  kv: Kv,
  query: ListQuery,
  counts: AttemptCounts | null,
): Promise<string[]> {
  const sought = { ...query, partitions: partitionsOf(query, counts) };
  const { offset, limit, beside } = query;
  if (beside?.side === "after") return await readIds(kv, { ...sought, offset: 0 }, FORWARD);
  if (beside?.side === "before") return await readBackward(kv, sought, { offset: 0, limit });
  const left = counts === null ? Infinity : Math.max(0, countOf(counts, query) - offset);
  if (left === 0) return [];
  if (left > offset) return await readIds(kv, sought, FORWARD);
  return await readBackward(kv, sought, {
    offset: Math.max(0, left - limit),
    limit: Math.min(limit, left),
  });
}

interface Sought extends ListQuery {
  readonly partitions: readonly Partition[];
}

/** What an index keeps together: one mission's attempts in one status. */
interface Partition {
  readonly missionType: string;
  readonly status: AttemptStatus;
  /** Of all that the query means, 0 to 1. */
  readonly share: number;
}

/**
 * With their shares; where these are not known, all are taken to hold as many. Those that held none
 * are looked at too: an attempt may have moved there since it was counted.
 */
function partitionsOf(query: ListQuery, counts: AttemptCounts | null): Partition[] {
  const partitions = query.missionTypes.flatMap((missionType) =>
    query.statuses.map((status) => {
      const count = counts === null ? 1 : counts[missionType]?.[status] ?? 0;
      return { missionType, status, count };
    })
  );
  const total = partitions.reduce((sum, { count }) => sum + count, 0);
  return partitions.map(({ count, ...partition }) => ({
    ...partition,
    share: total === 0 ? 0 : count / total,
  }));
}

/** Those with a value, then those without. */
const FORWARD = [true, false];
const BACKWARD = [false, true];

/** @param part counted from the end; given in the query's order all the same */
async function readBackward(
  kv: Kv,
  query: Sought,
  part: Pick<ListQuery, "offset" | "limit">,
): Promise<string[]> {
  const order = query.order === "asc" ? "desc" : "asc";
  return (await readIds(kv, { ...query, ...part, order }, BACKWARD)).reverse();
}

/** Those with a value and those without, in the given turn, each group in the query's order. */
async function readIds(kv: Kv, query: Sought, groups: readonly boolean[]): Promise<string[]> {
  const { beside, limit } = query;
  const ids: string[] = [];
  let skip = query.offset;
  const first = beside === undefined ? 0 : groups.indexOf(beside.value !== null);
  for (const hasValue of groups.slice(first)) {
    for await (const { attemptId } of merged(kv, query, hasValue)) {
      if (skip > 0) skip--;
      else if (ids.push(attemptId) === limit) return ids;
    }
  }
  return ids;
}

interface Place {
  readonly value: number;
  readonly attemptId: string;
}

/** Merges the sorted partitions into one sorted stream. */
async function* merged(kv: Kv, query: Sought, hasValue: boolean): AsyncGenerator<Place> {
  const sign = query.order === "asc" ? 1 : -1;
  const partitions = query.partitions
    .filter(({ status }) => mayStand(query.sort, { status, hasValue }));
  const begun = await Promise.all(partitions.map(async (partition) => {
    const rest = places(kv, selectorOf(query, { ...partition, hasValue }), {
      reverse: query.order === "desc",
      batchSize: batchSizeOf(query, partition),
    });
    const first = await rest.next();
    return first.done ? [] : [{ place: first.value, rest }];
  }));
  const heads = begun.flat();
  while (heads.length > 0) {
    const next = heads.reduce((a, b) => sign * comparePlaces(a.place, b.place) <= 0 ? a : b);
    yield next.place;
    const following = await next.rest.next();
    if (following.done) heads.splice(heads.indexOf(next), 1);
    else next.place = following.value;
  }
}

/** All of a partition, or what lies beyond the place that the query goes on from. */
function selectorOf(
  { sort, order, beside }: ListQuery,
  { missionType, status, hasValue }: Partition & { readonly hasValue: boolean },
): Deno.KvListSelector {
  const prefix = missionKeys.partition(sort, missionType, status, hasValue);
  if (beside === undefined || hasValue !== (beside.value !== null)) return { prefix };
  const { value, attemptId } = beside;
  const place = { missionType, status, value, attemptId };
  return order === "asc"
    ? { prefix, start: missionKeys.sortedBehind(sort, place) }
    : { prefix, end: missionKeys.sorted(sort, place) };
}

async function* places(
  kv: Kv,
  selector: Deno.KvListSelector,
  options: Deno.KvListOptions,
): AsyncGenerator<Place> {
  for await (const { key } of kv.list(selector, options)) {
    yield { value: Number(key.at(-2)), attemptId: String(key.at(-1)) };
  }
}

/** Some of the newest are often alike in what is rare among all, as attempts that still run. */
const MIN_BATCH = 10;
const MAX_BATCH = 500;

/**
 * How many places of a partition are read at a time: its share of those that are walked over, and
 * twice its deviation, so that a second reading is rare and little is read for nothing.
 */
function batchSizeOf({ offset, limit }: ListQuery, { share }: Partition): number {
  const expected = (offset + limit) * share;
  const enough = Math.ceil(expected + 2 * Math.sqrt(expected));
  return Math.min(MAX_BATCH, Math.max(MIN_BATCH, enough));
}

function comparePlaces(a: Place, b: Place): number {
  return a.value - b.value || (a.attemptId < b.attemptId ? -1 : 1);
}
