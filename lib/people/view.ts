/** What people see of their feeds and figures, in the shapes of document 3. Safe for browsers. */

import type { ActivityType } from "../activity_types.ts";
import type { Activity, Learning, Notification, NotificationType } from "./schema.ts";

/** Something that a person did (L-27). Times are ISO 8601 in UTC. */
export interface ActivityView {
  readonly id: string;
  readonly userId: string;
  readonly type: ActivityType;
  readonly title: string;
  readonly description: string;
  readonly data: unknown;
  readonly timestamp: string;
  readonly read: boolean;
}

/** Something that a person is told (L-29). */
export interface NotificationView {
  readonly id: string;
  readonly userId: string;
  readonly type: NotificationType;
  readonly title: string;
  readonly message: string;
  readonly read: boolean;
  /** A path of this site, or an `https:` address. */
  readonly actionUrl: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

/** What a person has learned so far (L-28). */
export interface LearningView {
  readonly userId: string;
  readonly totalLearningHours: number;
  readonly currentStreak: number;
  readonly longestStreak: number;
  readonly logsCreated: number;
  readonly goalsCompleted: number;
  readonly skillsAdded: number;
  /** By date, oldest first; the last twelve weeks. */
  readonly weeklyData: LearningDay[];
  /** Oldest first; the last 24 months. */
  readonly monthlyData: LearningMonth[];
  readonly updatedAt: string;
}

export interface LearningDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly hoursLogged: number;
  readonly logsCount: number;
}

export interface LearningMonth {
  /** `YYYY-MM` */
  readonly month: string;
  readonly hoursLogged: number;
  readonly logsCount: number;
}

export interface ActivityPage {
  readonly activities: ActivityView[];
  readonly total: number;
  /** There are older ones. */
  readonly hasMore: boolean;
}

export interface NotificationPage {
  readonly notifications: NotificationView[];
  readonly total: number;
  readonly unreadCount: number;
  readonly hasMore: boolean;
}

/** Something else than a new entry happened to a person's feed. */
export interface FeedChange {
  readonly userId: string;
  readonly change: "read" | "all-read" | "deleted" | "all-deleted";
  /** Of the one entry that it happened to, else null. */
  readonly id: string | null;
  /** As of after the change. */
  readonly unreadCount: number;
}

const iso = (at: number): string => new Date(at).toISOString();

export function toActivity(activity: Activity): ActivityView {
  const { entryId, userId, type, title, description, data, at, isRead } = activity;
  return {
    id: entryId,
    userId,
    type,
    title,
    description,
    data,
    timestamp: iso(at),
    read: isRead,
  };
}

export function toNotification(notification: Notification): NotificationView {
  const { entryId, userId, type, title, message, isRead, actionUrl, at, expiresAt } = notification;
  return {
    id: entryId,
    userId,
    type,
    title,
    message,
    read: isRead,
    actionUrl,
    createdAt: iso(at),
    expiresAt: expiresAt === null ? null : iso(expiresAt),
  };
}

export function toLearning({ lastActiveDay: _, updatedAt, ...rest }: Learning): LearningView {
  return { ...rest, updatedAt: iso(updatedAt) };
}

/** A page of a feed, and how many entries came before it. */
interface Listed<T> {
  readonly entries: readonly T[];
  readonly total: number;
  readonly skip: number;
}

export function toActivityPage({ entries, total, skip }: Listed<Activity>): ActivityPage {
  return { activities: entries.map(toActivity), total, hasMore: skip + entries.length < total };
}

export function toNotificationPage(
  { entries, total, skip, unread }: Listed<Notification> & { readonly unread: number },
): NotificationPage {
  return {
    notifications: entries.map(toNotification),
    total,
    unreadCount: unread,
    hasMore: skip + entries.length < total,
  };
}
