import { AppError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import type { Watcher } from "./changes.ts";
import type { FeedStore } from "./feed_store.ts";
import type { ProfileStore } from "./profile.ts";
import type { Activity, ActivityInput, Notification, NotificationInput } from "./schema.ts";

/** A notification ends by itself after so long (T-L10). */
const NOTIFICATION_TTL_MS = 30 * 86_400_000;

export interface TellingDeps {
  readonly ids: Ids;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly activities: FeedStore<Activity>;
  readonly notifications: FeedStore<Notification>;
  readonly profiles: Pick<ProfileStore, "find">;
  readonly countDay: (userId: string) => Promise<unknown>;
  /** @throws AppError NOT_FOUND */
  readonly requirePerson: (userId: string) => Promise<void>;
  readonly tell: Watcher;
}

/** What is new for a person: stored first, then told. */
export function createTelling(deps: TellingDeps) {
  const { ids, now, activities, notifications, requirePerson, tell } = deps;

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
    await deps.countDay(userId);
    return activity;
  }

  /**
   * Tells a person something.
   * @throws AppError NOT_FOUND for an unknown person; VALIDATION_ERROR for an expiry in the past
   */
  async function notify({ userId, expiresAt, ...input }: NotificationInput): Promise<Notification> {
    await requirePerson(userId);
    const at = now();
    refusePast(expiresAt, at);
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

  /**
   * Tells a person what another part of the program has to say. Who has switched
   * notifications off is told nothing, and nothing is kept: then null.
   */
  async function report(input: NotificationInput): Promise<Notification | null> {
    const { preferences } = await deps.profiles.find(input.userId);
    return preferences.notifications ? await notify(input) : null;
  }

  return { addActivity, notify, report };
}

function refusePast(expiresAt: number | undefined, now: number): void {
  if (expiresAt === undefined || expiresAt > now) return;
  throw new AppError("VALIDATION_ERROR", "Notification would have expired already", {
    details: { field: "expiresAt", expected: "a time to come" },
  });
}
