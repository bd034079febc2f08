import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
// @ts-types="@types/ws"
import { type WebSocket, WebSocketServer } from "ws";

/** The few answers that the simulator needs, from memory; with faults that it must notice. */
export interface FakeServer extends AsyncDisposable {
  readonly url: string;
  /** Events and starts that were taken. */
  readonly counts: { starts: number; limited: number; paused: number; asked: number };
}

export interface FakeFaults {
  /** Events of this type are acknowledged and forgotten. */
  readonly forgets?: string;
  /** Repeats are stored again. */
  readonly storesTwice?: boolean;
  /** The first start is answered with 429. */
  readonly limitsFirstStart?: boolean;
  /** The tenth event is refused for a moment, and a pause asked for. */
  readonly pauses?: boolean;
  /** A gap in `seq` is asked for. */
  readonly asksForGaps?: boolean;
  /** A token opens one connection and no more. */
  readonly tokensWorkOnce?: boolean;
}

interface Message {
  readonly eventType: string;
  readonly timestamp: string;
  readonly data: Record<string, unknown>;
  readonly clientEventId: string;
  readonly seq: number;
}

interface Attempt {
  readonly attemptId: string;
  readonly body: Record<string, unknown>;
  readonly events: (Message & { readonly eventId: string })[];
  readonly usedTokens: Set<string>;
  status: string;
  succeeded: boolean;
  review: Record<string, unknown> | null;
}

export async function startFakeServer(faults: FakeFaults = {}): Promise<FakeServer> {
  const attempts = new Map<string, Attempt>();
  const byKey = new Map<string, Attempt>();
  const counts = { starts: 0, limited: 0, paused: 0, asked: 0 };
  let serial = 0;
  let received = 0;

  const start = (key: string, body: Record<string, unknown>) => {
    counts.starts++;
    const known = byKey.get(key);
    const attempt = known ?? {
      attemptId: `attempt_${++serial}`,
      body,
      events: [],
      usedTokens: new Set<string>(),
      status: "pending",
      succeeded: false,
      review: null,
    };
    attempts.set(attempt.attemptId, attempt);
    byKey.set(key, attempt);
    const wsToken = `token_${++serial}`;
    return { attemptId: attempt.attemptId, wsUrl: wsUrl(), wsToken, expiresIn: 600 };
  };

  const take = (attempt: Attempt, message: Message) => {
    const known = attempt.events.find((it) => it.clientEventId === message.clientEventId);
    const duplicate = known !== undefined;
    const eventId = known?.eventId ?? `event_${++serial}`;
    const forgotten = message.eventType === faults.forgets;
    if (!forgotten && (!duplicate || faults.storesTwice)) {
      attempt.events.push({ ...message, eventId });
    }
    if (!duplicate) follow(attempt, message);
    const { clientEventId, seq } = message;
    return { type: "event_ack", eventId, timestamp: "", clientEventId, seq, duplicate };
  };

  const onMessage = (socket: WebSocket, attempt: Attempt, text: string) => {
    const message = JSON.parse(text);
    if (message.type !== undefined) return;
    const say = (frame: object) => socket.send(JSON.stringify(frame));
    const { seq } = message;
    if (faults.pauses && ++received % 40 === 10) {
      counts.paused++;
      say({ type: "error", code: "RATE_LIMIT", message: "", seq, details: { retryAfterMs: 20 } });
      return say({ type: "pause", ms: 30 });
    }
    if (faults.asksForGaps && !attempt.events.some((it) => it.seq === seq - 1) && seq > 1) {
      counts.asked++;
      say({ type: "resend_from", seq: seq - 1 });
    }
    say(take(attempt, message));
  };

  const http = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://fake");
    const [, , , id, part] = pathname.split("/");
    const body = await readBody(request);
    if (pathname === "/health") return answer(response, 200, {});
    if (id === "start") {
      if (faults.limitsFirstStart && counts.limited++ === 0) {
        response.setHeader("retry-after", "0");
        return answer(response, 429, null);
      }
      return answer(response, 201, start(String(request.headers["idempotency-key"]), body));
    }
    const attempt = attempts.get(id);
    if (attempt === undefined) return answer(response, 404, null);
    if (part === undefined) return answer(response, 200, toAttempt(attempt));
    if (part === "events") return answer(response, 200, toEvents(attempt));
    if (request.method === "POST") attempt.review ??= { reviewId: "review_1", ...body };
    answer(response, attempt.review === null ? 404 : 200, attempt.review);
  });
  const sockets = new WebSocketServer({ server: http });
  sockets.on("connection", (socket, request) => {
    const query = new URL(request.url ?? "/", "http://fake").searchParams;
    const attempt = attempts.get(query.get("attemptId") ?? "");
    const token = query.get("token") ?? "";
    if (attempt === undefined) return socket.close(4404);
    if (faults.tokensWorkOnce && attempt.usedTokens.has(token)) return socket.close(4401);
    attempt.usedTokens.add(token);
    if (attempt.status === "pending") attempt.status = "in_progress";
    socket.on("message", (data) => onMessage(socket, attempt, String(data)));
    socket.send(JSON.stringify({ type: "connection_ack", attemptId: attempt.attemptId }));
  });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  http.listen(0, "127.0.0.1", resolve);
  await listening;
  const port = () => (http.address() as AddressInfo).port;
  const wsUrl = () => `ws://127.0.0.1:${port()}/ws`;

  return {
    url: `http://127.0.0.1:${port()}`,
    counts,
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate();
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      http.close(() => resolve());
      http.closeAllConnections();
      await closed;
    },
  };
}

/** Just enough of protocol E-1. */
function follow(attempt: Attempt, { eventType, data }: Message): void {
  if (eventType === "mission_complete_modal_shown") attempt.succeeded = true;
  if (eventType === "mission_completed") attempt.status = "completed";
  if (eventType === "mission_quitted") {
    attempt.status = attempt.succeeded ? "completed" : "quitted";
  }
  if (eventType === "mission_rating_submitted") {
    const { rating, ratingText, feedback, hasFeedback } = data;
    attempt.review ??= {
      reviewId: "review_1",
      rating,
      ratingText,
      feedback: feedback || null,
      hasFeedback,
    };
  }
}

function toAttempt({ attemptId, body, status, events, review }: Attempt): object {
  const { sessionId, missionType, timestamp: startTime } = body;
  return {
    attemptId,
    sessionId,
    missionType,
    startTime,
    status,
    eventCount: events.length,
    review,
  };
}

function toEvents({ attemptId, events }: Attempt): object {
  const sorted = [...events].sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
  return { attemptId, eventCount: events.length, events: sorted };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text === "" ? {} : JSON.parse(text);
}

function answer(response: ServerResponse, status: number, data: unknown): void {
  const body = status < 400
    ? { success: true, data }
    : { success: false, error: { code: `FAKE_${status}`, message: "Refused" } };
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
