/**
 * What travels on sockets: types and constants, safe for browsers; `docs/realtime.md` is made of it.
 *
 * On `/ws` the first three server messages and the event message are those of the source document;
 * the rest is sent only to a client that said `hello` (protocol E-3), so a bare client gets exactly
 * the document's messages. What Socket.IO carries stands below.
 */

import type { ActivityType } from "../lib/activity_types.ts";
import type { AnalyticsData, LiveEvent, MetricsDashboard } from "../lib/metrics/view.ts";
import type {
  ActivityPage,
  ActivityView,
  FeedChange,
  LearningView,
  NotificationPage,
  NotificationView,
} from "../lib/people/view.ts";

export interface Close {
  readonly code: number;
  readonly reason: string;
}

/** Close codes; the standard ones (1001, 1002, 1007, 1009) keep their RFC 6455 meaning. */
export const CLOSE = {
  shutdown: { code: 1001, reason: "Server shuts down" },
  superseded: { code: 4001, reason: "Superseded by a newer connection" },
  badMessage: { code: 4400, reason: "Too many messages that cannot be read" },
  token: { code: 4401, reason: "Token is not valid" },
  notThisAttempt: { code: 4403, reason: "Token is for another attempt" },
  noAttempt: { code: 4404, reason: "No such attempt" },
  timeout: { code: 4408, reason: "No sign of life, or messages are not read" },
  ended: { code: 4410, reason: "Attempt has ended" },
  rate: { code: 4429, reason: "Too many messages" },
} as const satisfies Record<string, Close>;

/** A frame is refused with 1009 above this. */
export const MAX_FRAME_BYTES = 64 * 1024;

/** Client to server: what a visitor did (requirement M-22). */
export interface EventMessage {
  readonly eventType: string;
  /** When it happened by the client's clock, ISO 8601. */
  readonly timestamp: string;
  /** Both may be left out: the token says them. */
  readonly sessionId?: string;
  readonly attemptId?: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** UUID made by the client; the same one again is stored once. */
  readonly clientEventId?: string;
  /** 1, 2, 3 … within the attempt. */
  readonly seq?: number;
  /** When it was sent by the client's clock, ISO 8601. */
  readonly sentAt?: string;
}

/** Client to server: the client knows the additions, and from where it goes on. */
export interface HelloMessage {
  readonly type: "hello";
  readonly sdk?: string;
  readonly app?: string;
  readonly kioskId?: string;
  /** The first `seq` that the client has not seen acknowledged. */
  readonly resumeFrom?: number;
}

/** Client to server: the kiosk's condition. */
export interface HeartbeatMessage {
  readonly type: "heartbeat";
  /** Events that wait on the kiosk. */
  readonly queue?: number;
  /** 0 to 1. */
  readonly battery?: number;
  readonly charging?: boolean;
  readonly page?: string;
  readonly lastTouchAt?: string;
  /** Of the application; `app` of `hello` says it as well. */
  readonly version?: string;
  /** How far the kiosk's clock is ahead of the server's. */
  readonly clockOffsetMs?: number;
}

/** Client to server: answer to `ping`, with its `t`. */
export interface PongMessage {
  readonly type: "pong";
  readonly t: number;
}

export type ControlMessage = HelloMessage | HeartbeatMessage | PongMessage;

/** Server to client: the first message, the connection stands (requirement M-24). */
export interface ConnectionAck {
  readonly type: "connection_ack";
  readonly attemptId: string;
  readonly timestamp: string;
}

/**
 * Server to client: the event is durable (requirement M-25). The last four only where the event had
 * an id or a number.
 */
export interface EventAck {
  readonly type: "event_ack";
  readonly eventId: string;
  readonly timestamp: string;
  readonly clientEventId?: string;
  readonly seq?: number;
  /** Every `seq` up to here is durable; 0 before the first. */
  readonly ackUpTo?: number;
  /** The event was here before; `eventId` is that of the first. */
  readonly duplicate?: boolean;
}

/** Server to client: a message was refused; the connection stays unless it is closed (M-26). */
export interface ErrorMessage {
  readonly type: "error";
  readonly code: string;
  readonly message: string;
  readonly timestamp: string;
  readonly details?: {
    readonly field?: string;
    readonly expected?: string;
    readonly retryAfterMs?: number;
  };
  readonly clientEventId?: string;
  readonly seq?: number;
}

/** Server to client after `hello`: asks for a sign of life, answered by `pong`. */
export interface PingMessage {
  readonly type: "ping";
  /** Epoch milliseconds. */
  readonly t: number;
}

/** Server to client, the answer to `hello`: the server's clock. */
export interface TimeSyncMessage {
  readonly type: "time_sync";
  readonly serverTime: string;
}

/** Server to client after `hello`: a new token, before the old one ends. */
export interface TokenRefreshMessage {
  readonly type: "token_refresh";
  readonly wsToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** Server to client after `hello`: events from this number on did not arrive. */
export interface ResendFromMessage {
  readonly type: "resend_from";
  readonly seq: number;
}

/** Server to client after `hello`: too many events, wait so long. */
export interface PauseMessage {
  readonly type: "pause";
  readonly ms: number;
}

/** Server to client after `hello`: an operator's word to the kiosk. */
export interface CommandMessage {
  readonly type: "command";
  /** `reload` loads the page anew, `message` shows a text to whoever stands there. */
  readonly name: "reload" | "message";
  /** Of a message. */
  readonly text?: string;
}

/** Server to client after `hello`: the server goes, come back after so long. */
export interface ServerShutdownMessage {
  readonly type: "server_shutdown";
  readonly reconnectInMs: number;
}

/** Server to client on `/ws`. */
export type ServerMessage =
  | ConnectionAck
  | EventAck
  | ErrorMessage
  | PingMessage
  | TimeSyncMessage
  | TokenRefreshMessage
  | ResendFromMessage
  | PauseMessage
  | CommandMessage
  | ServerShutdownMessage;

/** Where Engine.IO answers, each with or without a slash at the end. */
export const SOCKET_IO_PATHS = { usual: "/socket.io", metrics: "/ws/metrics" } as const;

/** Of the metrics; `/` is for everything else, and has the metrics too. */
export const METRICS_NAMESPACES = ["/ws/metrics", "/ws/metrics/"] as const;

/**
 * Rooms that staff, and of the metrics programs too, are in from the start, may leave and join;
 * `people` is for administrators alone.
 */
export const ROOMS = ["admin_monitor", "metrics", "people"] as const;
export type RoomName = (typeof ROOMS)[number];
export const METRICS_ROOM: RoomName = "metrics";
export const PEOPLE_ROOM: RoomName = "people";

/** What Socket.IO refuses: `data` of `connect_error`, `error` of an answer, and the `error` event. */
export interface SocketIoError {
  /** Of the same list as over HTTP. */
  readonly code: string;
  readonly message: string;
  readonly timestamp: string;
  readonly details?: ErrorMessage["details"];
}

/** What an acknowledgement callback is given. */
export type Answer<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: SocketIoError };

/** After each connection to a namespace (V-05). */
export interface Welcome {
  readonly message: string;
  /** Null without a token: such a socket hears what is for everybody, and is in no room. */
  readonly userId: string | null;
  readonly socketId: string;
  readonly timestamp: string;
  /** The server's `NODE_ENV`. */
  readonly server: string;
}

/** An event of a mission, to the room `admin_monitor` (M-29). */
export interface MissionEvent {
  readonly attemptId: string;
  readonly eventType: string;
  /** When it happened by the kiosk's clock. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** To everybody when maintenance begins or ends, and on connecting while it lasts (V-13). */
export interface Maintenance {
  readonly enabled: boolean;
  readonly message: string;
  /** Until when it is expected to last; null for not known. */
  readonly until: string | null;
  readonly timestamp: string;
  readonly server: string;
}

/** To everybody before the server goes (V-13); clients come back by themselves. */
export interface ServerShutdown {
  readonly reason: string;
  readonly reconnectInMs: number;
  readonly timestamp: string;
  readonly server: string;
}

/** What `analytics:get` asks for. */
export interface AnalyticsRequest {
  /** A date or an instant; seven days ago without it. */
  readonly startDate?: string;
  /** Now without it. */
  readonly endDate?: string;
  /** Of the volume. */
  readonly interval?: "hour" | "day";
}

/** What all news of an analysis have in common (document 4). */
export interface AnalysisNews {
  readonly interviewId: string;
  readonly message: string;
  readonly status: "processing" | "completed" | "failed";
  /** Of the one answer that it is about; an interview has several. */
  readonly analysisId?: string;
  readonly timestamp: string;
  readonly server: string;
}

/** How far an analysis has come (V-08). */
export interface AnalysisProgress extends AnalysisNews {
  readonly status: "processing";
  /** 0 to 100. */
  readonly percent: number;
  readonly stage: string;
}

/** What came of an analysis (V-09). */
export interface AnalysisCompleted extends AnalysisNews {
  readonly status: "completed";
  readonly analysis: {
    readonly summary: string;
    readonly analyzedAt: string;
    /** Of the answer, in bytes. */
    readonly fileSize: number;
  };
}

/** Why an analysis was given up (V-10). */
export interface AnalysisFailed extends AnalysisNews {
  readonly status: "failed";
  readonly error: string;
  /** Whether the same answer may be sent again. */
  readonly retryable: boolean;
  readonly failedAt: string;
}

/** An interview as it is now (V-11). */
export interface InterviewNews {
  readonly interviewId: string;
  readonly message: string;
  readonly status: "active" | "completed" | "abandoned" | "deleted";
  readonly timestamp: string;
  readonly server: string;
}

/** The report of a completed interview; `processing` while answers are still judged (V-12). */
export interface ReportNews {
  readonly interviewId: string;
  readonly reportId: string;
  readonly message: string;
  readonly status: "processing" | "completed";
  readonly timestamp: string;
  readonly server: string;
}

/** What an administrator sends to try a connection (V-14). */
export interface TestMessage {
  readonly message: string;
  readonly timestamp: string;
  readonly server: string;
}

/** How many persons have a connection to this process (L-25). */
export interface UsersStatus {
  readonly activeCount: number;
  readonly timestamp: string;
}

/** What everybody who is signed in may hear of an activity, where its kind is public (T-L03). */
export interface PublicActivity {
  readonly type: ActivityType;
  readonly title: string;
  readonly timestamp: string;
}

/** What `activity:create` stores. */
export interface ActivityRequest {
  readonly type: ActivityType;
  /** Whose it is: one's own without it. Only administrators name somebody else. */
  readonly userId?: string;
  /** Follows from the type without it. */
  readonly title?: string;
  readonly description?: string;
  readonly data?: unknown;
}

/** What `data:request` may ask for. */
export const DATA_NAMES = ["activities", "analytics", "notifications", "status"] as const;
export type DataName = (typeof DATA_NAMES)[number];

/** What `data:request` asks for; a bare name is one's own first page. */
export interface DataRequest {
  readonly name: DataName;
  /** One's own without it. Only administrators name somebody else. */
  readonly userId?: string;
  /** 1 to 100; 20 without it. */
  readonly limit?: number;
  /** 0 without it. */
  readonly skip?: number;
}

/** The answer to `user:login`. */
export interface LoginAnswer {
  readonly userId: string;
  readonly activeCount: number;
}

/** What `data:request` is answered with. */
export type DataAnswer = ActivityPage | NotificationPage | LearningView | UsersStatus;

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
