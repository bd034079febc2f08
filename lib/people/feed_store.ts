import { z } from "zod";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Key, Kv } from "../kv/port.ts";
import { readRows } from "../kv/rows.ts";
import { createOneAtATime } from "../one_at_a_time.ts";
import { type FeedName, peopleKeys } from "./keys.ts";
import type { entrySchema } from "./schema.ts";

type Entry = z.infer<typeof entrySchema>;

const countsSchema = z.object({
  total: z.number().int(),
  unread: z.number().int(),
  /** Of the newest entry there ever was. */
  lastSequence: z.number().int(),
  /** All up to it were read at once: so reading all costs one write, however many there are. */
  readUpTo: z.number().int(),
});
export type Counts = Readonly<z.infer<typeof countsSchema>>;

const NONE: Counts = { total: 0, unread: 0, lastSequence: 0, readUpTo: 0 };
/** Removed together: row and two indexes each, counts once. */
const MAX_REMOVED = 200;

/** The entries of people's feeds with counters that are always right (L-02, L-16). */
export interface FeedStore<T extends Entry> {
  /** Puts an entry on top of a person's feed. */
  add(userId: string, make: (sequence: number) => T): Promise<T>;
  /** Null when there is none, or it has expired. */
  find(entryId: string): Promise<T | null>;
  /** Newest first. */
  list(userId: string, page: { readonly limit: number; readonly skip: number }): Promise<T[]>;
  counts(userId: string): Promise<Counts>;
  /** The entry as read; null when it is gone. */
  markRead(entry: T): Promise<T | null>;
  /** How many were unread. */
  markAllRead(userId: string): Promise<number>;
  /** False when it was gone already. */
  remove(entry: T): Promise<boolean>;
  /** How many there were. */
  removeAll(userId: string): Promise<number>;
  /** Removes what has expired; how many that were. */
  removeExpired(): Promise<number>;
}

export interface FeedStoreDeps<T extends Entry> {
  readonly kv: Kv;
  readonly now: () => number;
  readonly feed: FeedName;
  readonly schema: z.ZodType<T>;
}

export function createFeedStore<T extends Entry>(
  { kv, now, feed, schema }: FeedStoreDeps<T>,
): FeedStore<T> {
  /** One change at a time for each person: counters are read, changed and written. */
  const turns = createOneAtATime();

  async function counts(userId: string): Promise<Counts> {
    const { key, value } = await kv.get(peopleKeys.counts(feed, userId));
    return value === null ? NONE : decodeJson(key, value, countsSchema);
  }

  function findMany(entryIds: readonly string[]): Promise<(T | null)[]> {
    return readRows(kv, entryIds.map((entryId) => peopleKeys.entry(feed, entryId)), schema);
  }

  /** As a reader sees it: read by itself or with all others. */
  function seen(entry: T, { readUpTo }: Counts): T {
    return { ...entry, isRead: entry.isRead || entry.sequence <= readUpTo };
  }

  function setCounts(operation: Deno.AtomicOperation, userId: string, value: Counts) {
    return operation.set(peopleKeys.counts(feed, userId), encodeJson(value));
  }

  function deleteEntry(operation: Deno.AtomicOperation, entry: T): void {
    for (const key of keysOf(entry)) operation.delete(key);
  }

  function keysOf(entry: T): Key[] {
    const { entryId, expiresAt } = entry;
    const keys = [peopleKeys.entry(feed, entryId), peopleKeys.entryByUser(feed, entry)];
    if (expiresAt !== null) keys.push(peopleKeys.entryByExpiry(feed, expiresAt, entryId));
    return keys;
  }

  async function* ids(
    place: Deno.KvListSelector,
    options: { readonly reverse?: boolean; readonly batchSize: number },
  ): AsyncGenerator<string> {
    for await (const { key } of kv.list(place, options)) {
      yield String(key.at(-1));
    }
  }

  /** Removes those of one person that are still there. */
  function removeThose(userId: string, entryIds: readonly string[]): Promise<number> {
    return turns.run(userId, async () => {
      const before = await counts(userId);
      const entries = (await findMany(entryIds)).filter((entry) => entry !== null);
      if (entries.length === 0) return 0;
      const unread = entries.filter((entry) => !seen(entry, before).isRead).length;
      const operation = kv.atomic();
      for (const entry of entries) deleteEntry(operation, entry);
      const after = {
        ...before,
        total: before.total - entries.length,
        unread: before.unread - unread,
      };
      await setCounts(operation, userId, after).commit();
      return entries.length;
    });
  }

  async function take(source: AsyncGenerator<string>, most: number): Promise<string[]> {
    const taken: string[] = [];
    for await (const entryId of source) {
      if (taken.push(entryId) === most) break;
    }
    return taken;
  }

  return {
    counts,
    add(userId, make) {
      return turns.run(userId, async () => {
        const before = await counts(userId);
        const entry = make(before.lastSequence + 1);
        const operation = kv.atomic();
        const [rowKey, ...indexes] = keysOf(entry);
        operation.set(rowKey, encodeJson(entry));
        for (const key of indexes) operation.set(key, null);
        await setCounts(operation, userId, {
          ...before,
          total: before.total + 1,
          unread: before.unread + 1,
          lastSequence: entry.sequence,
        }).commit();
        return entry;
      });
    },
    async find(entryId) {
      const [entry] = await findMany([entryId]);
      if (entry === null || (entry.expiresAt ?? Infinity) <= now()) return null;
      return seen(entry, await counts(entry.userId));
    },
    async list(userId, { limit, skip }) {
      const known = await counts(userId);
      const { total, lastSequence } = known;
      const start = peopleKeys.entriesByUser(feed, userId);
      // Where none was ever removed, the sequence tells the place; else one has to count.
      const skipped = total === lastSequence ? Math.min(skip, total) : 0;
      const end = [...start, lastSequence - skipped + 1];
      const most = limit + skip - skipped;
      const source = ids({ start, end }, { reverse: true, batchSize: Math.min(500, most) });
      const wanted = (await take(source, most)).slice(skip - skipped);
      const entries = (await findMany(wanted)).filter((entry) => entry !== null);
      return entries.map((entry) => seen(entry, known));
    },
    markRead({ userId, entryId }) {
      return turns.run(userId, async () => {
        const [entry] = await findMany([entryId]);
        if (entry === null) return null;
        const before = await counts(userId);
        const read = { ...entry, isRead: true };
        if (seen(entry, before).isRead) return read;
        const operation = kv.atomic().set(peopleKeys.entry(feed, entryId), encodeJson(read));
        await setCounts(operation, userId, { ...before, unread: before.unread - 1 }).commit();
        return read;
      });
    },
    markAllRead(userId) {
      return turns.run(userId, async () => {
        const before = await counts(userId);
        if (before.unread === 0) return 0;
        const after = { ...before, unread: 0, readUpTo: before.lastSequence };
        await setCounts(kv.atomic(), userId, after).commit();
        return before.unread;
      });
    },
    async remove({ userId, entryId }) {
      return await removeThose(userId, [entryId]) === 1;
    },
    async removeAll(userId) {
      const prefix = peopleKeys.entriesByUser(feed, userId);
      const { lastSequence } = await counts(userId);
      let removed = 0;
      while (true) {
        const some = await take(ids({ prefix }, { batchSize: MAX_REMOVED }), MAX_REMOVED);
        const entries = (await findMany(some)).filter((entry) => entry !== null);
        // What comes meanwhile stays.
        const old = entries.filter(({ sequence }) => sequence <= lastSequence);
        if (old.length === 0) return removed;
        removed += await removeThose(userId, old.map(({ entryId }) => entryId));
      }
    },
    async removeExpired() {
      const range = {
        start: peopleKeys.entriesByExpiry(feed),
        end: [...peopleKeys.entriesByExpiry(feed), now() + 1],
      };
      const due: string[] = [];
      for await (const { key } of kv.list(range, { limit: MAX_REMOVED })) {
        due.push(String(key.at(-1)));
      }
      let removed = 0;
      for (const entry of await findMany(due)) {
        if (entry !== null) removed += await removeThose(entry.userId, [entry.entryId]);
      }
      return removed;
    },
  };
}
