import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
// @ts-types="@types/ws"
import { type WebSocket, WebSocketServer } from "ws";

/** The few answers that the simulator needs, from memory; with faults that it must notice. */
export interface FakeServer extends AsyncDisposable {
  readonly url: string;
  /** What came, and what was answered oddly. */
  readonly counts: Record<"starts" | "limited" | "paused" | "asked" | "received", number>;
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
  const memory = createMemory(faults);
  const http = createServer((request, response) => void respond(memory, { request, response }));
  const sockets = new WebSocketServer({ server: http });
  sockets.on("connection", (socket, request) => greet(memory, { socket, request }));
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  http.listen(0, "127.0.0.1", resolve);
  await listening;
  const { port } = http.address() as AddressInfo;
  memory.wsUrl = `ws://127.0.0.1:${port}/ws`;
  return {
    url: `http://127.0.0.1:${port}`,
    counts: memory.counts,
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate();
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      http.close(() => resolve());
      http.closeAllConnections();
      await closed;
    },
  };
}

interface Memory {
  readonly faults: FakeFaults;
  readonly attempts: Map<string, Attempt>;
  readonly counts: FakeServer["counts"];
  wsUrl: string;
  start(key: string, body: Record<string, unknown>): object;
  take(attempt: Attempt, message: Message): object;
}

function createMemory(faults: FakeFaults): Memory {
  const attempts = new Map<string, Attempt>();
  const byKey = new Map<string, Attempt>();
  let serial = 0;
  return {
    faults,
    attempts,
    counts: { starts: 0, limited: 0, paused: 0, asked: 0, received: 0 },
    wsUrl: "",
    start(key, body) {
      this.counts.starts++;
      const attempt = byKey.get(key) ?? newAttempt(`attempt_${++serial}`, body);
      attempts.set(attempt.attemptId, attempt);
      byKey.set(key, attempt);
      const { attemptId } = attempt;
      return { attemptId, wsUrl: this.wsUrl, wsToken: `token_${++serial}`, expiresIn: 600 };
    },
    take(attempt, message) {
      const { clientEventId, seq, eventType } = message;
      const known = attempt.events.find((it) => it.clientEventId === clientEventId);
      const eventId = known?.eventId ?? `event_${++serial}`;
      const isStored = known === undefined ? eventType !== faults.forgets : faults.storesTwice;
      if (isStored) attempt.events.push({ ...message, eventId });
      if (known === undefined) follow(attempt, message);
      const duplicate = known !== undefined;
      return { type: "event_ack", eventId, timestamp: "", clientEventId, seq, duplicate };
    },
  };
}

function newAttempt(attemptId: string, body: Record<string, unknown>): Attempt {
  return {
    attemptId,
    body,
    events: [],
    usedTokens: new Set<string>(),
    status: "pending",
    succeeded: false,
    review: null,
  };
}

async function respond(memory: Memory, { request, response }: Exchange): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://fake");
  const [, , , id, part] = pathname.split("/");
  const body = await readBody(request);
  if (pathname === "/health") return answer(response, 200, {});
  if (id === "start") {
    if (memory.faults.limitsFirstStart && memory.counts.limited++ === 0) {
      response.setHeader("retry-after", "0");
      return answer(response, 429, null);
    }
    return answer(response, 201, memory.start(String(request.headers["idempotency-key"]), body));
  }
  const attempt = memory.attempts.get(id);
  if (attempt === undefined) return answer(response, 404, null);
  if (part === undefined) return answer(response, 200, toAttempt(attempt));
  if (part === "events") return answer(response, 200, toEvents(attempt));
  if (request.method === "POST") attempt.review ??= { reviewId: "review_1", ...body };
  answer(response, attempt.review === null ? 404 : 200, attempt.review);
}

function greet(
  memory: Memory,
  { socket, request }: { readonly socket: WebSocket; readonly request: IncomingMessage },
): void {
  const query = new URL(request.url ?? "/", "http://fake").searchParams;
  const attempt = memory.attempts.get(query.get("attemptId") ?? "");
  const token = query.get("token") ?? "";
  if (attempt === undefined) return socket.close(4404);
  if (memory.faults.tokensWorkOnce && attempt.usedTokens.has(token)) return socket.close(4401);
  attempt.usedTokens.add(token);
  if (attempt.status === "pending") attempt.status = "in_progress";
  socket.on(
    "message",
    (data) => hear(memory, { socket, attempt, message: JSON.parse(String(data)) }),
  );
  socket.send(JSON.stringify({ type: "connection_ack", attemptId: attempt.attemptId }));
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface Heard {
  readonly socket: WebSocket;
  readonly attempt: Attempt;
  readonly message: Message & { readonly type?: string };
}

function hear(
  { faults, counts, take }: Memory,
  { socket, attempt, message }: Heard,
): void {
  const say = (frame: object) => socket.send(JSON.stringify(frame));
  if (message.type === "hello") say({ type: "resend_from", seq: 1 });
  if (message.type !== undefined) return;
  const { seq } = message;
  if (faults.pauses && ++counts.received % 40 === 10) {
    counts.paused++;
    say({ type: "error", code: "RATE_LIMIT", message: "", seq, details: { retryAfterMs: 20 } });
    return say({ type: "pause", ms: 30 });
  }
  if (faults.asksForGaps && !attempt.events.some((it) => it.seq === seq - 1) && seq > 1) {
    counts.asked++;
    say({ type: "resend_from", seq: seq - 1 });
  }
  say(take(attempt, message));
}

/** Just enough of protocol E-1. */
function follow(attempt: Attempt, { eventType, data }: Message): void {
  if (eventType === "mission_complete_modal_shown") {
    attempt.succeeded = true;
    // Messages come out of order: the quit may have been here before.
    if (attempt.status === "quitted") attempt.status = "completed";
  }
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
