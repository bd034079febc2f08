import { z } from "zod";
import { ACTIVITY_TYPES, type ActivityType } from "../activity_types.ts";

/** Kinds of notifications (L-17). */
export const NOTIFICATION_TYPES = [
  "achievement",
  "milestone",
  "reminder",
  "system",
  "social",
] as const;
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** What an activity is called where nobody says (L-23). */
export const ACTIVITY_TITLES: Readonly<Record<ActivityType, string>> = {
  login: "Signed in",
  log_created: "Log created",
  goal_completed: "Goal completed",
  skill_added: "Skill added",
  portfolio_updated: "Portfolio updated",
  email_sent: "Email sent",
};

const MAX_TITLE_CHARS = 200;
const MAX_TEXT_CHARS = 2_000;
/** Of an activity's `data` as JSON. */
const MAX_DATA_CHARS = 16_000;

const title = z.string().trim().min(1).max(MAX_TITLE_CHARS);
const userId = z.string().min(1).max(64);

/** Body of `POST /api/activities` (L-03). */
export const activityInputSchema = z.object({
  userId,
  type: z.enum(ACTIVITY_TYPES),
  title,
  description: z.string().trim().max(MAX_TEXT_CHARS).default(""),
  data: z.unknown().default({}).refine((data) => JSON.stringify(data).length <= MAX_DATA_CHARS, {
    message: `at most ${MAX_DATA_CHARS} characters of JSON`,
  }),
});
export type ActivityInput = z.infer<typeof activityInputSchema>;

/** A path of this site, or an address over HTTPS (T-L12): both open in a click. */
const actionUrlSchema = z.string().max(500).refine(isSafeUrl, {
  message: "a path such as /achievements, or an https:// address",
});

/** Body of `POST /api/notifications` (L-17). */
export const notificationInputSchema = z.object({
  userId,
  type: z.enum(NOTIFICATION_TYPES),
  title,
  message: z.string().trim().min(1).max(MAX_TEXT_CHARS),
  actionUrl: actionUrlSchema.nullish(),
  expiresAt: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)).optional(),
});
export type NotificationInput = z.infer<typeof notificationInputSchema>;

function isSafeUrl(text: string): boolean {
  // Browsers read a backslash as a slash, and drop control characters.
  if (/^\/(?![/\\])/.test(text)) return !/[\\\p{Cc}]/u.test(text);
  return URL.parse(text)?.protocol === "https:";
}

/** What every entry of a person's feed has. */
export const entrySchema = z.object({
  entryId: z.string(),
  userId: z.string(),
  /** 1, 2, 3 … in the person's feed; the newest is the highest. */
  sequence: z.number().int(),
  isRead: z.boolean(),
  /** Epoch milliseconds. */
  at: z.number(),
  expiresAt: z.number().nullable(),
});

export const activitySchema = entrySchema.extend({
  type: z.enum(ACTIVITY_TYPES),
  title: z.string(),
  description: z.string(),
  data: z.unknown(),
});
/** Something that a person did (L-27). */
export type Activity = z.infer<typeof activitySchema>;

export const notificationSchema = entrySchema.extend({
  type: z.enum(NOTIFICATION_TYPES),
  title: z.string(),
  message: z.string(),
  actionUrl: z.string().nullable(),
});
/** Something that a person is told (L-29). */
export type Notification = z.infer<typeof notificationSchema>;

const dayEntrySchema = z.object({
  date: z.string(),
  hoursLogged: z.number(),
  logsCount: z.number(),
});
const monthEntrySchema = z.object({
  month: z.string(),
  hoursLogged: z.number(),
  logsCount: z.number(),
});

export const learningSchema = z.object({
  userId: z.string(),
  totalLearningHours: z.number(),
  currentStreak: z.number().int(),
  longestStreak: z.number().int(),
  logsCreated: z.number().int(),
  goalsCompleted: z.number().int(),
  skillsAdded: z.number().int(),
  /** By date, oldest first; the last twelve weeks. */
  weeklyData: z.array(dayEntrySchema),
  /** Sums of those and of older ones, oldest first; the last 24 months. */
  monthlyData: z.array(monthEntrySchema),
  /** Day of the person's last activity, `YYYY-MM-DD`; the streak goes on from it. */
  lastActiveDay: z.string().nullable(),
  updatedAt: z.number(),
});
/** What a person has learned so far (L-28). */
export type Learning = z.infer<typeof learningSchema>;

/** One call adds a day at most (T-L06). */
const MAX_HOURS = 24;
const hours = z.number().min(0).max(MAX_HOURS);
const count = z.number().int().min(0).max(100_000);

export const learningHoursSchema = z.object({ hours });
export const streakSchema = z.object({ currentStreak: count, longestStreak: count });
export const STAT_NAMES = ["logsCreated", "goalsCompleted", "skillsAdded"] as const;
export const incrementSchema = z.object({
  statName: z.enum(STAT_NAMES),
  incrementBy: z.number().int().min(1).max(1_000).default(1),
});
export type Increment = z.infer<typeof incrementSchema>;
export const weeklySchema = z.object({
  date: z.iso.date(),
  hoursLogged: hours,
  logsCount: z.number().int().min(0).max(1_000),
});
export type DayEntry = z.infer<typeof weeklySchema>;
