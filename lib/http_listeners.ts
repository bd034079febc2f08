import type { Buffer } from "node:buffer";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

/** The ports on which the program listens, all with the same handlers. */
export interface HttpListeners {
  /**
   * Listens; gives the port, which the machine chooses for port 0.
   * @throws Error with one sentence for the operator
   */
  listen(port: number): Promise<number>;
  /** Accepts nobody any more; resolves when all connections have ended. */
  close(): Promise<void>;
  /** Ends the connections that wait for a request, or are at one. */
  cutOff(): void;
}

export interface HttpListenersDeps {
  readonly onRequest: RequestListener;
  /** False for an upgrade that is not known: it is ignored, as RFC 9110 allows. */
  readonly takesUpgrade: (request: IncomingMessage) => boolean;
  readonly onUpgrade: (request: IncomingMessage, stream: Duplex, head: Buffer) => void;
  /** Answers what cannot be read as a request, and lets go of the connection. */
  readonly onBadRequest: (error: Error, stream: Socket) => void;
  /** A client that has not sent its headers by then is a bad request, at the next look. */
  readonly headersTimeoutMs?: number;
}

const HEADERS_TIMEOUT_MS = 10_000;
/** For an import; other bodies have `bodyDeadline`. */
const REQUEST_TIMEOUT_MS = 3_600_000;
/** How often one looks for them; by itself it would be every half minute. */
const LOOK_MS = 1_000;

export function createHttpListeners(deps: HttpListenersDeps): HttpListeners {
  const headersTimeout = deps.headersTimeoutMs ?? HEADERS_TIMEOUT_MS;
  const options = {
    // `onRequest` answers a request without a Host; by itself the server would say nothing.
    requireHostHeader: false,
    shouldUpgradeCallback: deps.takesUpgrade,
    headersTimeout,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: Math.min(headersTimeout, LOOK_MS),
  };
  const servers: Server[] = [];
  const answers = new WeakMap<Duplex, ServerResponse>();

  function serve(request: IncomingMessage, response: ServerResponse): void {
    answers.set(request.socket, response);
    deps.onRequest(request, response);
  }

  /** In the middle of an answer, ours would be read as a part of it. */
  function refuse(error: Error, stream: Socket): void {
    const answer = answers.get(stream);
    const isAmidst = answer !== undefined && answer.headersSent && !answer.writableEnded;
    if (isAmidst) stream.destroy();
    else deps.onBadRequest(error, stream);
  }

  return {
    listen(port) {
      const server = createServer(options, serve)
        .on("upgrade", deps.onUpgrade)
        .on("clientError", refuse);
      servers.push(server);
      return new Promise((resolve, reject) => {
        server.once("error", (cause) => reject(cannotListen(port, cause)));
        server.listen(port, () => {
          const address = server.address();
          resolve(typeof address === "object" && address !== null ? address.port : port);
        });
      });
    },
    async close() {
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
    cutOff() {
      for (const server of servers) server.closeAllConnections();
    },
  };
}

function cannotListen(port: number, cause: Error & { code?: string }): Error {
  const reason = cause.code === "EADDRINUSE" ? "another program uses it" : cause.message;
  return new Error(`Cannot listen on port ${port}: ${reason}`, { cause });
}
