import { deepEqual } from "node:assert/strict";
import { openKv } from "../../../lib/kv/open.ts";
import { createFeedStore } from "../../../lib/people/feed_store.ts";
import { activitySchema } from "../../../lib/people/schema.ts";

const USER = "user_1";

async function feedOf(size: number) {
  const { kv, close } = await openKv(":memory:");
  const feed = createFeedStore({ kv, now: () => 1, feed: "activities", schema: activitySchema });
  for (let i = 1; i <= size; i++) {
    await feed.add(USER, (sequence) => ({
      entryId: `activity_${i}`,
      userId: USER,
      sequence,
      isRead: false,
      at: i,
      expiresAt: null,
      type: "login",
      title: "Signed in",
      description: "",
      data: {},
    }));
  }
  const page = async (skip: number, limit: number) =>
    (await feed.list(USER, { skip, limit })).map(({ at }) => at);
  return { feed, page, [Symbol.dispose]: close };
}

/** As a list of the numbers from the newest to the oldest would be cut. */
const cut = (numbers: readonly number[], skip: number, limit: number) =>
  numbers.slice(skip, skip + limit);

for (const removed of [[], [30], [1], [7, 8, 20], [30, 29, 1, 2]]) {
  Deno.test(`[L-01][T-L05] every page is right when ${removed.length || "none"} were removed: ${removed}`, async () => {
    using it = await feedOf(30);
    for (const at of removed) {
      const entry = await it.feed.find(`activity_${at}`);
      await it.feed.remove(entry!);
    }
    const left = Array.from({ length: 30 }, (_, i) => 30 - i)
      .filter((at) => !removed.includes(at));
    for (const limit of [1, 7, 100]) {
      for (let skip = 0; skip <= 32; skip++) {
        deepEqual(await it.page(skip, limit), cut(left, skip, limit), `${skip} ${limit}`);
      }
    }
  });
}
