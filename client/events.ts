/** Names of what the server tells over Socket.IO, so that nobody misspells one (V-18). */
export const EVENTS = {
  connected: "connected",
  activityCreated: "activity:created",
  activityNew: "activity:new",
  activitiesChanged: "activities:changed",
  notificationReceived: "notification:received",
  notificationsChanged: "notifications:changed",
  analyticsUpdated: "analytics:updated",
  usersStatus: "users:status",
  analysisStarted: "analysis:started",
  analysisProgress: "analysis:progress",
  analysisCompleted: "analysis:completed",
  analysisFailed: "analysis:failed",
  interviewUpdated: "interview:updated",
  interviewDeleted: "interview:deleted",
  reportGenerated: "report:generated",
  reportUpdated: "report:updated",
  dataActivities: "data:activities",
  dataAnalytics: "data:analytics",
  dataNotifications: "data:notifications",
  dataStatus: "data:status",
  serverShutdown: "server:shutdown",
  maintenanceMode: "maintenance:mode",
} as const;

export type EventName = (typeof EVENTS)[keyof typeof EVENTS];
