import type { Api } from "./api.ts";
import type {
  Activity,
  ActivityType,
  Analytics,
  DayEntry,
  Leader,
  Notification,
  NotificationType,
  StatName,
} from "./shapes.ts";

/** Requests about people's activities, notifications and learning (document 3, L-30). */
export function createServices({ send }: Api) {
  const page = (limit: number, skip: number) => `?limit=${limit}&skip=${skip}`;
  const id = encodeURIComponent;

  const activityService = {
    getActivities: (userId: string, limit = 20, skip = 0) =>
      send<{ activities: Activity[]; total: number; hasMore: boolean }>(
        "GET",
        `/api/activities/${id(userId)}${page(limit, skip)}`,
      ),
    getUnreadCount: (userId: string) =>
      send<{ unreadCount: number }>("GET", `/api/activities/${id(userId)}/unread/count`),
    createActivity: (
      userId: string,
      type: ActivityType,
      title: string,
      description = "",
      data: unknown = {},
    ) => send<Activity>("POST", "/api/activities", { userId, type, title, description, data }),
    markAsRead: (activityId: string) =>
      send<Activity>("PATCH", `/api/activities/${id(activityId)}/read`),
    markAllAsRead: (userId: string) =>
      send<{ modifiedCount: number }>("PATCH", `/api/activities/${id(userId)}/read-all`),
    deleteActivity: (activityId: string) =>
      send<{ message: string }>("DELETE", `/api/activities/${id(activityId)}`),
  };

  const analytics = (userId: string, rest = "") => `/api/analytics/${id(userId)}${rest}`;
  const analyticsService = {
    getAnalytics: (userId: string) => send<Analytics>("GET", analytics(userId)),
    initAnalytics: (userId: string) => send<Analytics>("POST", analytics(userId, "/init")),
    updateLearningHours: (userId: string, hours: number) =>
      send<Analytics>("PATCH", analytics(userId, "/learning-hours"), { hours }),
    updateStreak: (userId: string, currentStreak: number, longestStreak: number) =>
      send<Analytics>("PATCH", analytics(userId, "/streak"), { currentStreak, longestStreak }),
    incrementStat: (userId: string, statName: StatName, incrementBy = 1) =>
      send<Analytics>("PATCH", analytics(userId, "/increment"), { statName, incrementBy }),
    addWeeklyData: (userId: string, entry: DayEntry) =>
      send<Analytics>("POST", analytics(userId, "/weekly"), entry),
    getLeaderboard: (limit = 100, skip = 0) =>
      send<{ analytics: Leader[]; total: number; hasMore: boolean }>(
        "GET",
        `/api/analytics/leaderboard/all${page(limit, skip)}`,
      ),
  };

  const notificationService = {
    getNotifications: (userId: string, limit = 50, skip = 0) =>
      send<
        { notifications: Notification[]; total: number; unreadCount: number; hasMore: boolean }
      >("GET", `/api/notifications/${id(userId)}${page(limit, skip)}`),
    getUnreadCount: (userId: string) =>
      send<{ unreadCount: number }>("GET", `/api/notifications/${id(userId)}/unread/count`),
    createNotification: (
      userId: string,
      type: NotificationType,
      title: string,
      message: string,
      actionUrl: string | null = null,
    ) =>
      send<Notification>("POST", "/api/notifications", { userId, type, title, message, actionUrl }),
    markAsRead: (notificationId: string) =>
      send<Notification>("PATCH", `/api/notifications/${id(notificationId)}/read`),
    markAllAsRead: (userId: string) =>
      send<{ modifiedCount: number }>("PATCH", `/api/notifications/${id(userId)}/read-all`),
    deleteNotification: (notificationId: string) =>
      send<{ message: string }>("DELETE", `/api/notifications/${id(notificationId)}`),
    clearAll: (userId: string) =>
      send<{ deletedCount: number }>("DELETE", `/api/notifications/${id(userId)}/clear-all`),
  };

  return { activityService, analyticsService, notificationService };
}

export type Services = ReturnType<typeof createServices>;
