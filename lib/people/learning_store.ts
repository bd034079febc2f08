import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { readRows } from "../kv/rows.ts";
import { createOneAtATime } from "../one_at_a_time.ts";
import { peopleKeys } from "./keys.ts";
import { type Learning, learningSchema } from "./schema.ts";

/** What people have learned, and their order by it. */
export interface LearningStore {
  find(userId: string): Promise<Learning | null>;
  /** Stores the next row of a person, unless it is the one that is there. */
  change(
    userId: string,
    change: (learning: Learning | null) => Learning,
  ): Promise<{ readonly before: Learning | null; readonly after: Learning }>;
  /** The most hours first, then the longest streak under way, then by id (T-L08). */
  leaders(page: { readonly limit: number; readonly skip: number }): Promise<Learning[]>;
  /** How many people have a row. */
  total(): number;
  remove(userId: string): Promise<void>;
}

export async function openLearningStore(kv: Kv): Promise<LearningStore> {
  const turns = createOneAtATime();
  let total = 0;
  for await (const _ of kv.list({ prefix: peopleKeys.allLearningByHours }, { batchSize: 500 })) {
    total++;
  }

  async function find(userId: string): Promise<Learning | null> {
    const { key, value } = await kv.get(peopleKeys.learning(userId));
    return value === null ? null : decodeJson(key, value, learningSchema);
  }

  async function findMany(userIds: readonly string[]): Promise<Learning[]> {
    const found = await readRows(kv, userIds.map(peopleKeys.learning), learningSchema);
    return found.filter((learning) => learning !== null);
  }

  return {
    find,
    total: () => total,
    change: (userId, change) =>
      turns.run(userId, async () => {
        const before = await find(userId);
        const after = change(before);
        if (after === before) return { before, after };
        const operation = kv.atomic();
        if (before !== null) operation.delete(peopleKeys.learningByHours(before));
        await operation
          .set(peopleKeys.learningByHours(after), null)
          .set(peopleKeys.learning(userId), encodeJson(after))
          .commit();
        if (before === null) total++;
        return { before, after };
      }),
    async leaders({ limit, skip }) {
      const userIds: string[] = [];
      const options = { batchSize: Math.min(500, limit + skip), limit: limit + skip };
      for await (const { key } of kv.list({ prefix: peopleKeys.allLearningByHours }, options)) {
        userIds.push(String(key.at(-1)));
      }
      return await findMany(userIds.slice(skip));
    },
    remove: (userId) =>
      turns.run(userId, async () => {
        const before = await find(userId);
        if (before === null) return;
        await kv.atomic()
          .delete(peopleKeys.learning(userId))
          .delete(peopleKeys.learningByHours(before))
          .commit();
        total--;
      }),
  };
}
