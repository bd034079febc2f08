/** Something that a person did; times are ISO 8601 in UTC. */
export interface Activity {
  readonly id: string;
  readonly userId: string;
  readonly type: ActivityType;
  readonly title: string;
  readonly description: string;
  readonly data: unknown;
  readonly timestamp: string;
  readonly read: boolean;
}

export type ActivityType =
  | "login"
  | "log_created"
  | "goal_completed"
  | "skill_added"
  | "portfolio_updated"
  | "email_sent";

/** Something that a person is told. */
export interface Notification {
  readonly id: string;
  readonly userId: string;
  readonly type: NotificationType;
  readonly title: string;
  readonly message: string;
  readonly read: boolean;
  /** A path of the server's site, or an `https:` address. */
  readonly actionUrl: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

/** Something else than a new entry happened to a person's activities or notifications. */
export interface FeedChange {
  readonly userId: string;
  readonly change: "read" | "all-read" | "deleted" | "all-deleted";
  /** Of the one entry that it happened to, else null. */
  readonly id: string | null;
  /** As of after the change. */
  readonly unreadCount: number;
}

export type NotificationType = "achievement" | "milestone" | "reminder" | "system" | "social";

/** What a person has learned so far. */
export interface Analytics {
  readonly userId: string;
  readonly totalLearningHours: number;
  readonly currentStreak: number;
  readonly longestStreak: number;
  readonly logsCreated: number;
  readonly goalsCompleted: number;
  readonly skillsAdded: number;
  readonly weeklyData: readonly DayEntry[];
  readonly monthlyData: readonly MonthEntry[];
  readonly updatedAt: string;
}

export interface DayEntry {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly hoursLogged: number;
  readonly logsCount: number;
}

export interface MonthEntry {
  /** `YYYY-MM` */
  readonly month: string;
  readonly hoursLogged: number;
  readonly logsCount: number;
}

export type StatName = "logsCreated" | "goalsCompleted" | "skillsAdded";

/** One place of the leaderboard; whose it is stands there for those who chose to be named. */
export interface Leader {
  readonly rank: number;
  readonly name: string | null;
  readonly totalLearningHours: number;
  readonly currentStreak: number;
}
