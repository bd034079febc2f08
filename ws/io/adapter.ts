import type { ServerOptions } from "socket.io";
import type { Clock } from "../../lib/clock.ts";
import { recoveringAdapter, RECOVERY_MS } from "./recovery.ts";
import type { RedisLinkDeps } from "./redis.ts";

export interface AdapterDeps {
  readonly clock: Clock;
  /** Over which several processes share their rooms; null for one alone. */
  readonly redisUrl: string | null;
  /** Told when it is reached, and when it is lost. */
  readonly onRedis: RedisLinkDeps["onState"];
  readonly onFault: (error: unknown) => void;
}

/** Where a broadcast goes. */
export interface RoomSharing {
  readonly options: Partial<ServerOptions>;
  close(): void;
}

/**
 * One process keeps what a socket has missed; with several, over Redis, nobody does: the adapter of
 * the package has no recovery.
 */
export async function openAdapter(deps: AdapterDeps): Promise<RoomSharing> {
  const { clock, redisUrl: url, onRedis: onState, onFault } = deps;
  if (url === null) {
    return {
      options: {
        connectionStateRecovery: { maxDisconnectionDuration: RECOVERY_MS, skipMiddlewares: false },
        adapter: recoveringAdapter(clock.monotonic),
      },
      close() {},
    };
  }
  // Loaded by need, as all of this.
  const { createRedisLink } = await import("./redis.ts");
  const { adapter, close } = createRedisLink({ url, onState, onFault });
  return { options: { adapter }, close };
}
