import type { Connection, Engine } from "./engine.ts";
import type { IoServer } from "./types.ts";

/** Who has not left by then is cut off; who polls may come once more to hear of it. */
const GRACE_MS = 1_000;

/**
 * Closes every connection, after what was sent on it, and waits until all have left. A transport
 * that closes, and not a socket that was disconnected: clients then come back by themselves.
 */
export async function closeIo(io: IoServer, engine: Engine): Promise<void> {
  const { connections, streams, server } = engine;
  const left = Promise.all([...connections, ...streams.keys()].map(closed));
  for (const connection of connections) {
    hurry(connection);
    connection.close();
  }
  const grace = setTimeout(() => {
    server.close();
    for (const ws of streams.keys()) ws.terminate();
  }, GRACE_MS);
  await left;
  clearTimeout(grace);
  await io.close();
}

function closed(one: { once(event: "close", listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => one.once("close", resolve));
}

/** Between two polls, Engine.IO would wait half a minute for the next one. */
function hurry({ transport }: Connection): void {
  if ("closeTimeout" in transport) transport.closeTimeout = GRACE_MS;
}
