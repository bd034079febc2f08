import { z } from "@hono/zod-openapi";
import { toIso } from "../../../lib/clock.ts";
import {
  type Activity,
  ACTIVITY_TYPES,
  type Learning,
  type Notification,
  NOTIFICATION_TYPES,
} from "../../../lib/people/mod.ts";

export const activitySchema = z.object({
  id: z.string(),
  userId: z.string(),
  type: z.enum(ACTIVITY_TYPES),
  title: z.string(),
  description: z.string(),
  data: z.unknown(),
  timestamp: z.iso.datetime(),
  read: z.boolean(),
}).openapi("Activity");

/** An activity as document 3 shows it (L-27). */
export function toActivity(
  { entryId, userId, type, title, description, data, at, isRead }: Activity,
) {
  return {
    id: entryId,
    userId,
    type,
    title,
    description,
    data,
    timestamp: toIso(at),
    read: isRead,
  };
}

export const notificationSchema = z.object({
  id: z.string(),
  userId: z.string(),
  type: z.enum(NOTIFICATION_TYPES),
  title: z.string(),
  message: z.string(),
  read: z.boolean(),
  actionUrl: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
}).openapi("Notification");

/** A notification as document 3 shows it (L-29). */
export function toNotification(notification: Notification) {
  const { entryId, userId, type, title, message, isRead, actionUrl, at, expiresAt } = notification;
  return {
    id: entryId,
    userId,
    type,
    title,
    message,
    read: isRead,
    actionUrl,
    createdAt: toIso(at),
    expiresAt: expiresAt === null ? null : toIso(expiresAt),
  };
}

export const learningSchema = z.object({
  userId: z.string(),
  totalLearningHours: z.number(),
  currentStreak: z.number(),
  longestStreak: z.number(),
  logsCreated: z.number(),
  goalsCompleted: z.number(),
  skillsAdded: z.number(),
  weeklyData: z.array(
    z.object({ date: z.string(), hoursLogged: z.number(), logsCount: z.number() }),
  ),
  monthlyData: z.array(
    z.object({ month: z.string(), hoursLogged: z.number(), logsCount: z.number() }),
  ),
  updatedAt: z.iso.datetime(),
}).openapi("LearningAnalytics");

/** Learning analytics as document 3 shows them (L-28). */
export function toLearning({ lastActiveDay: _, updatedAt, ...rest }: Learning) {
  return { ...rest, updatedAt: toIso(updatedAt) };
}
