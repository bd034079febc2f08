import { AppError } from "../errors.ts";
import type { FeedStore } from "./feed_store.ts";
import type { FeedName } from "./keys.ts";
import type { Page, Watcher } from "./changes.ts";
import type { Activity, Notification } from "./schema.ts";
import type { FeedChange } from "./view.ts";

interface ReadingDeps<T extends Activity | Notification> {
  readonly store: FeedStore<T>;
  readonly feed: FeedName;
  readonly tell: Watcher;
}

/** Of an entry, in messages. */
const NAMES: Readonly<Record<FeedName, string>> = {
  activities: "Activity",
  notifications: "Notification",
};

/** What a person does with the entries of a feed. */
export function createReading<T extends Activity | Notification>(
  { store, feed, tell }: ReadingDeps<T>,
) {
  const unknown = () => new AppError("NOT_FOUND", `${NAMES[feed]} is not known`);

  /** @throws AppError NOT_FOUND */
  async function get(entryId: string): Promise<T> {
    const found = await store.find(entryId);
    if (found === null) throw unknown();
    return found;
  }

  async function told(userId: string, change: FeedChange["change"], entryId: string | null = null) {
    const { unread: unreadCount } = await store.counts(userId);
    tell(userId, { kind: feed, change: { userId, change, id: entryId, unreadCount } });
  }

  return {
    /** Null when there is none of that id, or it has expired. */
    find: store.find,
    get,
    /** Newest first, with the counts of that moment; what has expired is gone before. */
    async list(userId: string, page: Page) {
      await store.removeExpired();
      const [entries, counts] = await Promise.all([store.list(userId, page), store.counts(userId)]);
      return { entries, ...counts };
    },
    async unread(userId: string): Promise<number> {
      await store.removeExpired();
      return (await store.counts(userId)).unread;
    },
    async markRead(entryId: string): Promise<T> {
      const before = await get(entryId);
      const read = await store.markRead(before);
      if (read === null) throw unknown();
      if (!before.isRead) await told(read.userId, "read", entryId);
      return read;
    },
    /** How many were unread. */
    async markAllRead(userId: string): Promise<number> {
      const count = await store.markAllRead(userId);
      if (count > 0) await told(userId, "all-read");
      return count;
    },
    async remove(entryId: string): Promise<void> {
      const entry = await get(entryId);
      if (!(await store.remove(entry))) throw unknown();
      await told(entry.userId, "deleted", entryId);
    },
    /** How many there were. */
    async removeAll(userId: string): Promise<number> {
      const count = await store.removeAll(userId);
      if (count > 0) await told(userId, "all-deleted");
      return count;
    },
  };
}
