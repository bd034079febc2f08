import { createHttpListeners } from "../../lib/http_listeners.ts";
import { AppError } from "../../lib/errors.ts";
import { createFailures } from "../../ws/failures.ts";
import {
  createSocketIo,
  type SocketIdentity,
  type SocketIo,
  type SocketIoDeps,
} from "../../ws/io/mod.ts";
import { ROOMS } from "../../ws/protocol.ts";
import { type TestClock, testClock } from "./test_clock.ts";

/** Socket.IO alone on a free port; a token is `staff:<id>` or `user:<id>`. */
export interface IoServer {
  readonly url: string;
  readonly socketIo: SocketIo;
  readonly clock: TestClock;
  /** Errors that were ours. */
  readonly faults: unknown[];
  /** Reasons for which connections were cut off. */
  readonly cuts: string[];
  [Symbol.asyncDispose](): Promise<void>;
}

const NO_EVENTS: SocketIoDeps["missions"] = {
  position: () => 0,
  after: (position) => Promise.resolve({ events: [], position }),
  wait: (_position, signal) =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve())),
};

/** Metrics that are still being counted. */
export const NO_FIGURES: SocketIoDeps["metrics"] = {
  dashboard: () => new Promise(() => {}),
  analytics: () => new Promise(() => {}),
  onEvents: () => () => {},
};

/** Nobody's. */
const NO_PEOPLE: SocketIoDeps["people"] = {
  addActivity: () => new Promise(() => {}),
  findLearning: () => new Promise(() => {}),
  watch: () => () => {},
  activities: { list: () => new Promise(() => {}) },
  notifications: { list: () => new Promise(() => {}) },
};

export async function ioServer(given: Partial<SocketIoDeps> = {}): Promise<IoServer> {
  const clock = testClock();
  const faults: unknown[] = [];
  const cuts: string[] = [];
  const socketIo = createSocketIo({
    clock,
    serverName: "test",
    requireAuth: false,
    allowedOrigins: [],
    events: { perSec: 50, burst: 200 },
    redisUrl: null,
    missions: NO_EVENTS,
    metrics: NO_FIGURES,
    people: NO_PEOPLE,
    interviews: { watch: () => () => {} },
    publicActivities: [],
    identify: (credential) => Promise.resolve(identityOf(credential)),
    findIdentity: ({ id }) => Promise.resolve(identityOf({ kind: "token", token: id })),
    addressOf: ({ socket }) => socket.remoteAddress ?? "",
    countFailure: createFailures(clock, 1_000),
    isFull: () => false,
    toHttp: ({ code, message }) => ({
      status: 503,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code, message }),
    }),
    onEvent() {},
    onCut: ({ reason }) => void cuts.push(reason),
    onRedis() {},
    onFault: (error) => void faults.push(error),
    ...given,
  });
  const listeners = createHttpListeners({
    onRequest: socketIo.request,
    takesUpgrade: socketIo.takes,
    onUpgrade: socketIo.upgrade,
    onBadRequest: (_error, stream) => void stream.end("HTTP/1.1 400 Bad Request\r\n\r\n"),
  });
  const port = await listeners.listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    socketIo,
    clock,
    faults,
    cuts,
    async [Symbol.asyncDispose]() {
      await socketIo.shutDown();
      const closed = listeners.close();
      listeners.cutOff();
      await closed;
    },
  };
}

function identityOf(
  credential: Parameters<SocketIoDeps["identify"]>[0],
): SocketIdentity | null {
  if (credential.kind === "cookie") return null;
  const [role, userId] = credential.token.split(":");
  if (userId === undefined) throw new AppError("AUTH_FAILED", "Token is not valid");
  const proof = { kind: "session", id: credential.token } as const;
  return { userId, proof, rooms: role === "staff" ? ROOMS : [] };
}
