/** What travels on `/ws`: the event stream of one attempt. */

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
