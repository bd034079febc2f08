import { z } from "@hono/zod-openapi";
import { ACTIVITY_TYPES } from "../../../lib/activity_types.ts";
import { NOTIFICATION_TYPES } from "../../../lib/people/mod.ts";

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
