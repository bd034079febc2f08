import type { Clock } from "../clock.ts";
import { sha256 } from "../digest.ts";
import { AppError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import type { Kv } from "../kv/port.ts";
import { dateOf } from "../time_zone.ts";
import { createAvatarStore, parseAvatar } from "./avatar.ts";
import type { FeedName } from "./keys.ts";
import { createProfileStore } from "./profile.ts";
import { createFeedStore, type FeedStore } from "./feed_store.ts";
import { addHours, asOf, countDay, increment, newLearning, setDay, setStreak } from "./learning.ts";
import { openLearningStore } from "./learning_store.ts";
import {
  type Activity,
  type ActivityInput,
  activitySchema,
  type DayEntry,
  type Increment,
  type Learning,
  type Notification,
  type NotificationInput,
  notificationSchema,
} from "./schema.ts";
import type { FeedChange } from "./view.ts";

export { type Avatar, MAX_AVATAR_BYTES } from "./avatar.ts";
export { preferencesSchema, type Profile, settingsSchema } from "./profile.ts";
export {
  type Activity,
  ACTIVITY_TITLES,
  type ActivityInput,
  activityInputSchema,
  incrementSchema,
  type Learning,
  learningHoursSchema,
  type Notification,
  NOTIFICATION_TYPES,
  type NotificationInput,
  notificationInputSchema,
  STAT_NAMES,
  streakSchema,
  weeklySchema,
} from "./schema.ts";

/** What changed for a person; each is pushed to their sockets (L-26, L-34). */
export type Change =
  | { readonly kind: "activity"; readonly activity: Activity }
  | { readonly kind: "notification"; readonly notification: Notification }
  | { readonly kind: "learning"; readonly learning: Learning }
  | { readonly kind: FeedName; readonly change: FeedChange };

export type Watcher = (userId: string, change: Change) => void;

export interface Page {
  readonly limit: number;
  readonly skip: number;
}

export interface PeopleDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Of the exhibition, where a person has set no other; IANA name. */
  readonly timeZone: string;
  readonly isPerson: (userId: string) => Promise<boolean>;
}

export type People = Awaited<ReturnType<typeof openPeople>>;

/** A notification ends by itself after so long (T-L10). */
const NOTIFICATION_TTL_MS = 30 * 86_400_000;

/** People's activities, learning analytics and notifications (document 3). */
export async function openPeople(deps: PeopleDeps) {
  const { kv, clock, ids } = deps;
  const { now } = clock;
  const activities = createFeedStore({ kv, now, feed: "activities", schema: activitySchema });
  const notifications = createFeedStore({
    kv,
    now,
    feed: "notifications",
    schema: notificationSchema,
  });
  const profiles = createProfileStore(kv);
  const avatars = createAvatarStore(kv);
  const learning = await openLearningStore(kv);
  const watchers = new Set<Watcher>();
  const today = () => dateOf(now(), deps.timeZone);

  function tell(userId: string, change: Change): void {
    for (const watcher of watchers) watcher(userId, change);
  }

  /** @throws AppError NOT_FOUND */
  async function requirePerson(userId: string): Promise<void> {
    if (!(await deps.isPerson(userId))) throw new AppError("NOT_FOUND", "Person is not known");
  }

  async function changeLearning(
    userId: string,
    change: (learning: Learning) => Learning,
  ): Promise<Learning> {
    await requirePerson(userId);
    const changed = await learning.change(userId, (known) => {
      const before = known ?? newLearning(userId, now());
      const after = change(before);
      return after === known ? known : { ...after, updatedAt: now() };
    });
    const seen = asOf(changed.after, today());
    if (changed.after !== changed.before) tell(userId, { kind: "learning", learning: seen });
    return seen;
  }

  /** @throws AppError NOT_FOUND for an unknown person */
  async function addActivity({ userId, ...input }: ActivityInput): Promise<Activity> {
    await requirePerson(userId);
    const activity = await activities.add(userId, (sequence) => ({
      ...input,
      entryId: ids.activity(),
      userId,
      sequence,
      isRead: false,
      at: now(),
      expiresAt: null,
    }));
    tell(userId, { kind: "activity", activity });
    await changeLearning(userId, (known) => countDay(known, today()));
    return activity;
  }

  /**
   * Tells a person something, whichever part of the program has it to say.
   * @throws AppError NOT_FOUND for an unknown person; VALIDATION_ERROR for an expiry in the past
   */
  async function notify({ userId, expiresAt, ...input }: NotificationInput): Promise<Notification> {
    await requirePerson(userId);
    const at = now();
    if (expiresAt !== undefined && expiresAt <= at) {
      throw new AppError("VALIDATION_ERROR", "Notification would have expired already", {
        details: { field: "expiresAt", expected: "a time to come" },
      });
    }
    const notification = await notifications.add(userId, (sequence) => ({
      ...input,
      entryId: ids.notification(),
      actionUrl: input.actionUrl ?? null,
      userId,
      sequence,
      isRead: false,
      at,
      expiresAt: expiresAt ?? at + NOTIFICATION_TTL_MS,
    }));
    tell(userId, { kind: "notification", notification });
    return notification;
  }

  return {
    addActivity,
    notify,
    /** Tells of every change after it is stored, until the result is called. */
    watch(watcher: Watcher): () => void {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    profiles,
    findPicture: avatars.find,
    /** @throws AppError PAYLOAD_TOO_LARGE; UNSUPPORTED_MEDIA for what is no picture of a known kind */
    async setPicture(userId: string, bytes: Uint8Array): Promise<void> {
      const avatar = parseAvatar(bytes);
      await avatars.set(userId, avatar);
      const avatarHash = (await sha256(avatar.bytes)).slice(0, 16);
      await profiles.change(userId, (profile) => ({ ...profile, avatarHash }));
    },
    activities: createReading({ store: activities, feed: "activities", entry: "Activity", tell }),
    notifications: createReading({
      store: notifications,
      feed: "notifications",
      entry: "Notification",
      tell,
    }),

    /** Zeros for a person who has not begun (T-L04). @throws AppError NOT_FOUND */
    async findLearning(userId: string): Promise<Learning> {
      await requirePerson(userId);
      return asOf(await learning.find(userId) ?? newLearning(userId, now()), today());
    },
    /** Begins, if that has not been; changes nothing otherwise (L-09). */
    beginLearning: (userId: string) => changeLearning(userId, (known) => known),
    addHours: (userId: string, hours: number) =>
      changeLearning(userId, (known) => addHours(known, hours)),
    setStreak: (userId: string, streak: { currentStreak: number; longestStreak: number }) =>
      changeLearning(userId, (known) => setStreak(known, streak, today())),
    increment: (userId: string, by: Increment) =>
      changeLearning(userId, (known) => increment(known, by)),
    setDay: (userId: string, entry: DayEntry) =>
      changeLearning(userId, (known) => setDay(known, entry, today())),
    async leaders(page: Page): Promise<{ learners: Learning[]; total: number }> {
      const day = today();
      const learners = (await learning.leaders(page)).map((row) => asOf(row, day));
      return { learners, total: learning.total() };
    },

    /** Removes what has expired; the timer's step. */
    removeExpired: notifications.removeExpired,
    /** Forgets everything about a person (P-31). */
    async forget(userId: string): Promise<void> {
      await activities.removeAll(userId);
      await notifications.removeAll(userId);
      await learning.remove(userId);
      await profiles.remove(userId);
      await avatars.remove(userId);
    },
  };
}

interface ReadingDeps<T extends Activity | Notification> {
  readonly store: FeedStore<T>;
  readonly feed: FeedName;
  /** Names an entry in messages. */
  readonly entry: string;
  readonly tell: Watcher;
}

/** What a person does with the entries of a feed. */
function createReading<T extends Activity | Notification>(
  { store, feed, entry, tell }: ReadingDeps<T>,
) {
  const unknown = () => new AppError("NOT_FOUND", `${entry} is not known`);

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
