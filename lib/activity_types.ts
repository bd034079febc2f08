/** Kinds of people's activities (L-04). */
export const ACTIVITY_TYPES = [
  "login",
  "log_created",
  "goal_completed",
  "skill_added",
  "portfolio_updated",
  "email_sent",
] as const;
export type ActivityType = (typeof ACTIVITY_TYPES)[number];
