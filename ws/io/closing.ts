import { type Clock, toIso } from "../../lib/clock.ts";
import type { Engine } from "./engine.ts";
import type { IoNamespace, IoServer } from "./types.ts";

export interface ClosingDeps {
  readonly clock: Clock;
  readonly serverName: string;
  readonly io: IoServer;
  readonly engine: Engine;
  readonly namespaces: readonly IoNamespace[];
}

const RECONNECT_AFTER_SHUTDOWN_MS = 2_000;
/** Who has not left by then is cut off; who polls may come once more to hear of it. */
const GRACE_MS = 1_000;

/** Tells everybody of this process that the server goes (V-13), and waits until they have left. */
export async function shutDown(deps: ClosingDeps): Promise<void> {
  const { clock, serverName, io, engine, namespaces } = deps;
  for (const namespace of namespaces) {
    namespace.local.emit("server:shutdown", {
      reason: "Server shuts down",
      reconnectInMs: RECONNECT_AFTER_SHUTDOWN_MS,
      timestamp: toIso(clock.now()),
      server: serverName,
    });
  }
  const { connections, server } = engine;
  const left = [...connections].map((connection) =>
    new Promise((resolve) => connection.once("close", resolve))
  );
  // A transport that closes, and not a socket that was disconnected: clients then come back.
  for (const connection of connections) connection.close();
  const grace = setTimeout(() => server.close(), GRACE_MS);
  await Promise.all(left);
  clearTimeout(grace);
  await io.close();
}
