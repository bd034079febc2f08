import type { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { Server } from "socket.io";
import { type AdapterDeps, openAdapter } from "./adapter.ts";
import { closeIo } from "./closing.ts";
import { createEngine, type Engine, type EngineDeps } from "./engine.ts";
import { type NamespaceDeps, type Namespaces, serveNamespaces } from "./namespaces.ts";
import type { IoServer } from "./types.ts";

export interface IoDeps
  extends AdapterDeps, NamespaceDeps, Pick<EngineDeps, "allowedOrigins" | "onCut"> {
  /** A client that connects to no namespace is hung up on after this. */
  readonly connectTimeoutMs?: number;
}

/** Socket.IO as it runs. */
export interface Io extends Namespaces {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** Open connections; each may carry several sockets. */
  connections(): number;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** A flood of packets is one of events, and of what goes beside them, several times over. */
const PACKETS_PER_EVENT = 4;

/** Opens Socket.IO; loading it takes 7 MiB and a tenth of a second, so nobody does before need. */
export async function openIo(deps: IoDeps): Promise<Io> {
  const { clock, events } = deps;
  const engine = createEngine({
    ...deps,
    monotonic: clock.monotonic,
    packets: {
      perSec: PACKETS_PER_EVENT * events.perSec,
      burst: PACKETS_PER_EVENT * events.burst,
    },
  });
  engine.server.on("connection", (connection) => {
    deps.strangers.arrived(connection, deps.addressOf(connection.request));
  });
  const sharing = await openAdapter(deps);
  const io: IoServer = new Server({
    serveClient: false,
    connectTimeout: deps.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    ...sharing.options,
  });
  io.bind(engine.server);
  const namespaces = serveNamespaces(io, deps);
  return {
    ...serveEngine(engine, deps),
    ...namespaces,
    async shutDown() {
      await namespaces.shutDown();
      await closeIo(io, engine);
      sharing.close();
    },
  };
}

function serveEngine({ server, connections }: Engine, { onFault }: IoDeps) {
  return {
    request(request: IncomingMessage, response: ServerResponse): void {
      try {
        server.handleRequest(request, response);
      } catch (error) {
        onFault(error);
        response.destroy();
      }
    },
    upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
      try {
        server.handleUpgrade(request, stream, head);
      } catch (error) {
        onFault(error);
        stream.destroy();
      }
    },
    connections: () => connections.size,
  };
}
