import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import type { Kv } from "../kv/port.ts";
import { dateOf } from "../time_zone.ts";
import type { Watcher } from "./changes.ts";
import { createFeedStore } from "./feed_store.ts";
import { createLearners } from "./learners.ts";
import { openLearningStore } from "./learning_store.ts";
import { createPictures } from "./pictures.ts";
import { createProfileStore } from "./profile.ts";
import { createReading } from "./reading.ts";
import { activitySchema, notificationSchema } from "./schema.ts";
import { createTelling } from "./telling.ts";

export { type Avatar, MAX_AVATAR_BYTES } from "./avatar.ts";
export type { Change, Page, Watcher } from "./changes.ts";
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

export interface PeopleDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Of the exhibition, where a person has set no other; IANA name. */
  readonly timeZone: string;
  readonly isPerson: (userId: string) => Promise<boolean>;
}

export type People = Awaited<ReturnType<typeof openPeople>>;

/** People's activities, learning analytics and notifications (document 3). */
export async function openPeople(deps: PeopleDeps) {
  const { kv, ids } = deps;
  const { now } = deps.clock;
  const activities = createFeedStore({ kv, now, feed: "activities", schema: activitySchema });
  const notifications = createFeedStore({
    kv,
    now,
    feed: "notifications",
    schema: notificationSchema,
  });
  const profiles = createProfileStore(kv);
  const pictures = createPictures(kv, profiles);
  const learning = await openLearningStore(kv);
  const watchers = new Set<Watcher>();
  const tell: Watcher = (userId, change) => {
    for (const watcher of watchers) watcher(userId, change);
  };

  /** @throws AppError NOT_FOUND */
  async function requirePerson(userId: string): Promise<void> {
    if (!(await deps.isPerson(userId))) throw new AppError("NOT_FOUND", "Person is not known");
  }

  const today = () => dateOf(now(), deps.timeZone);
  const telling = { now, requirePerson, tell };
  const { countDay, ...learners } = createLearners({ store: learning, today, ...telling });
  const feeds = { activities, notifications };
  return {
    ...learners,
    ...createTelling({ ids, ...feeds, profiles, countDay, ...telling }),
    ...pictures,
    profiles,
    activities: createReading({ store: activities, feed: "activities", tell }),
    notifications: createReading({ store: notifications, feed: "notifications", tell }),
    /** Tells of every change after it is stored, until the result is called. */
    watch(watcher: Watcher): () => void {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    /** Removes what has expired; the timer's step. */
    removeExpired: notifications.removeExpired,
    /** Forgets everything about a person (P-31). */
    async forget(userId: string): Promise<void> {
      for (const store of [activities, notifications]) await store.removeAll(userId);
      await learning.remove(userId);
      await profiles.remove(userId);
      await pictures.removePicture(userId);
    },
  };
}
