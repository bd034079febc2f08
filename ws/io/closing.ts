import type { Engine } from "./engine.ts";
import type { IoServer } from "./types.ts";

/** Who has not left by then is cut off; who polls may come once more to hear of it. */
const GRACE_MS = 1_000;

/**
 * Closes every connection, after what was sent on it, and waits until all have left. A transport
 * that closes, and not a socket that was disconnected: clients then come back by themselves.
 */
export async function closeIo(io: IoServer, { connections, server }: Engine): Promise<void> {
  const left = [...connections].map((connection) =>
    new Promise((resolve) => connection.once("close", resolve))
  );
  for (const connection of connections) connection.close();
  const grace = setTimeout(() => server.close(), GRACE_MS);
  await Promise.all(left);
  clearTimeout(grace);
  await io.close();
}
