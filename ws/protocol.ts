/**
 * What travels on sockets: types and constants, safe for browsers; `docs/realtime.md` is made of it.
 *
 * On `/ws` the first three server messages and the event message are those of the source document;
 * the rest is sent only to a client that said `hello` (protocol E-3), so a bare client gets exactly
 * the document's messages. Below stands what Socket.IO carries, by name.
 */

import type { AnalyticsData, LiveEvent, MetricsDashboard } from "../lib/metrics/view.ts";
import type {
  ActivityPage,
  ActivityView,
  FeedChange,
  LearningView,
  NotificationPage,
  NotificationView,
} from "../lib/people/view.ts";
import type {
  AnalysisCompleted,
  AnalysisFailed,
  AnalysisNews,
  AnalysisProgress,
  InterviewNews,
  ReportNews,
} from "./protocol/interviews.ts";
import type {
  ActivityRequest,
  DataAnswer,
  DataName,
  DataRequest,
  LoginAnswer,
  PublicActivity,
  TestMessage,
  UsersStatus,
} from "./protocol/people.ts";
import type {
  AnalyticsRequest,
  Answer,
  Maintenance,
  MissionEvent,
  RoomName,
  ServerShutdown,
  SocketIoError,
  Welcome,
} from "./protocol/socket_io.ts";

export * from "./protocol/frames.ts";
export * from "./protocol/interviews.ts";
export * from "./protocol/people.ts";
export * from "./protocol/socket_io.ts";

/** Server to client, by name; `user:<id>` rooms are for one person's sockets. */
export interface ServerEvents {
  connected(message: Welcome): void;
  /** What an event without a callback was refused for, and why the server hangs up. */
  error(error: SocketIoError): void;
  mission_event(event: MissionEvent): void;
  /** To the room `metrics` on entering it, every 5 s when it changed, else every 30 s (E-05). */
  dashboard_data(dashboard: MetricsDashboard): void;
  /** To the room `metrics`: new events of any kind, the oldest first, at most 100 (E-06). */
  events(events: readonly LiveEvent[]): void;
  /** To the person who did it, and to the room `people` (L-26). */
  "activity:created"(activity: ActivityView): void;
  /** To everybody who is signed in, of the kinds in `PUBLIC_ACTIVITIES`: none unless set. */
  "activity:new"(activity: PublicActivity): void;
  /** To its person, as the three that follow: an activity was read or deleted, or all were. */
  "activities:changed"(change: FeedChange): void;
  /** Something new to know, from whatever part of the server (L-26, X-13). */
  "notification:received"(notification: NotificationView): void;
  /** A notification was read or deleted, or all were. */
  "notifications:changed"(change: FeedChange): void;
  /** Learning analytics after each change (L-26). */
  "analytics:updated"(analytics: LearningView): void;
  /** To the person whose answer it is, as all up to `report:updated` (V-07). */
  "analysis:started"(news: AnalysisNews): void;
  "analysis:progress"(news: AnalysisProgress): void;
  "analysis:completed"(news: AnalysisCompleted): void;
  "analysis:failed"(news: AnalysisFailed): void;
  /** It was started, answered, left, taken up again, judged or completed. */
  "interview:updated"(news: InterviewNews): void;
  "interview:deleted"(news: InterviewNews): void;
  /** Completed, and every answer is judged. */
  "report:generated"(news: ReportNews): void;
  /** Completed, and one more answer is judged; others are still to come. */
  "report:updated"(news: ReportNews): void;
  /** Or another name that begins with `test:`, by `POST /api/v1/websocket/test/emit-to-user`. */
  "test:message"(message: TestMessage): void;
  /** To everybody when the number changed, within two seconds, and to who says `user:login`. */
  "users:status"(status: UsersStatus): void;
  /** The answers to `data:request`, beside the callback (T-L09). */
  "data:activities"(page: ActivityPage): void;
  "data:notifications"(page: NotificationPage): void;
  "data:analytics"(analytics: LearningView): void;
  "data:status"(status: UsersStatus): void;
  "maintenance:mode"(maintenance: Maintenance): void;
  "server:shutdown"(shutdown: ServerShutdown): void;
}

/** An event to clients, with what it carries. */
export type ServerEvent = {
  [Name in keyof ServerEvents]: {
    readonly event: Name;
    readonly payload: Parameters<ServerEvents[Name]>[0];
  };
}[keyof ServerEvents];

/** Client to server, by name; each is answered to its callback, if it has one. */
export interface ClientEvents {
  /** Figures of a period; who may be in the room `metrics` (T-E12). */
  "analytics:get"(query: AnalyticsRequest, answer: (answer: Answer<AnalyticsData>) => void): void;
  /** Enters a room, for those who may. */
  join(room: RoomName, answer: (answer: Answer<{ room: RoomName }>) => void): void;
  leave(room: RoomName, answer: (answer: Answer<{ room: RoomName }>) => void): void;
  /**
   * Says who is there, as document 3 has it. The token has said it before: another id is refused,
   * and without a token every one (T-L02).
   */
  "user:login"(
    userId: string | { readonly userId: string },
    answer: (answer: Answer<LoginAnswer>) => void,
  ): void;
  /** Stores an activity as `POST /api/activities` does (L-23). */
  "activity:create"(
    activity: ActivityRequest,
    answer: (answer: Answer<ActivityView>) => void,
  ): void;
  /** Asks for what the person may read over HTTP (L-24). */
  "data:request"(
    request: DataName | DataRequest,
    answer: (answer: Answer<DataAnswer>) => void,
  ): void;
}
