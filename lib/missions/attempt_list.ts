import type { Kv } from "../kv/port.ts";
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
 * @param total of all that the query means, if it is known: what lies behind the middle is then
 *   read from the end
 */
export async function listIds(kv: Kv, query: ListQuery, total = Infinity): Promise<string[]> {
  const { offset, limit, beside } = query;
  if (beside?.side === "after") return await readIds(kv, { ...query, offset: 0 }, FORWARD);
  if (beside?.side === "before") return await readBackward(kv, query, { offset: 0, limit });
  const left = Math.max(0, total - offset);
  if (left === 0) return [];
  if (left > offset) return await readIds(kv, query, FORWARD);
  return await readBackward(kv, query, {
    offset: Math.max(0, left - limit),
    limit: Math.min(limit, left),
  });
}

/** Those with a value, then those without. */
const FORWARD = [true, false];
const BACKWARD = [false, true];

/** @param part counted from the end; given in the query's order all the same */
async function readBackward(
  kv: Kv,
  query: ListQuery,
  part: Pick<ListQuery, "offset" | "limit">,
): Promise<string[]> {
  const order = query.order === "asc" ? "desc" : "asc";
  return (await readIds(kv, { ...query, ...part, order }, BACKWARD)).reverse();
}

/** Those with a value and those without, in the given turn, each group in the query's order. */
async function readIds(kv: Kv, query: ListQuery, groups: readonly boolean[]): Promise<string[]> {
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

/** Merges the sorted partitions (one per mission and status) into one sorted stream. */
async function* merged(kv: Kv, query: ListQuery, hasValue: boolean): AsyncGenerator<Place> {
  const sign = query.order === "asc" ? 1 : -1;
  const partitions = query.missionTypes.flatMap((missionType) =>
    query.statuses.map((status) => ({ missionType, status, hasValue }))
  );
  const begun = await Promise.all(partitions.map(async (partition) => {
    const rest = places(kv, query, selectorOf(query, partition));
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

interface Partition {
  readonly missionType: string;
  readonly status: AttemptStatus;
  readonly hasValue: boolean;
}

/** All of a partition, or what lies beyond the place that the query goes on from. */
function selectorOf(
  { sort, order, beside }: ListQuery,
  { missionType, status, hasValue }: Partition,
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
  { missionTypes, statuses, offset, limit, order }: ListQuery,
  selector: Deno.KvListSelector,
): AsyncGenerator<Place> {
  // Each partition's share of what is read, were they alike: there are ten of them.
  const share = Math.ceil((offset + limit) / (missionTypes.length * statuses.length));
  const batchSize = Math.min(500, Math.max(MIN_BATCH, share));
  for await (const { key } of kv.list(selector, { reverse: order === "desc", batchSize })) {
    yield { value: Number(key.at(-2)), attemptId: String(key.at(-1)) };
  }
}

const MIN_BATCH = 20;

function comparePlaces(a: Place, b: Place): number {
  return a.value - b.value || (a.attemptId < b.attemptId ? -1 : 1);
}
