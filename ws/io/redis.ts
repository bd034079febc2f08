import type { Buffer } from "node:buffer";
import { createAdapter } from "@socket.io/redis-adapter";
import { Redis } from "ioredis";
import type { Server } from "socket.io";

export interface RedisLinkDeps {
  readonly url: string;
  /** Told when Redis is reached, and when it is lost or cannot be reached. */
  readonly onState: (isUp: boolean, reason?: unknown) => void;
  /** Told of a message that could not be read. */
  readonly onFault: (error: unknown) => void;
}

/** What several processes share their rooms over (V-19). */
export interface RedisLink {
  readonly adapter: Parameters<Server["adapter"]>[0];
  close(): void;
}

/** Before the names of our channels: others may use the same Redis. */
const KEY = "docent.socket.io";
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Two connections to Redis that come back by themselves, after waits that grow to five seconds.
 * While it is away, what is sent reaches the sockets of this process and no others; nothing waits.
 */
export function createRedisLink({ url, onState, onFault }: RedisLinkDeps): RedisLink {
  const options = { connectTimeout: CONNECT_TIMEOUT_MS, maxRetriesPerRequest: null };
  const publisher = new Redis(url, { ...options, enableOfflineQueue: false });
  const subscriber = new Redis(url, options);
  let isUp: boolean | null = null;

  function changed(now: boolean, reason?: unknown): void {
    // Each failed try is an error; the first one says it all.
    if (isUp === now) return;
    isUp = now;
    onState(now, reason);
  }

  /** Rooms are shared once both are back, and Redis has answered what the subscriber asked for. */
  async function reached(): Promise<void> {
    if (publisher.status !== "ready" || subscriber.status !== "ready") return;
    // Answered in turn, so after the subscriptions that were sent before.
    await subscriber.ping();
    changed(true);
  }

  for (const client of [publisher, subscriber]) {
    client.on("error", (error) => changed(false, error));
    client.on("close", () => changed(false));
    // A connection that is lost meanwhile says so by itself, and comes here again.
    client.on("ready", () => void reached().catch(ignore));
  }
  return {
    adapter: createAdapter(guardPublisher(publisher), guardSubscriber(subscriber, onFault), {
      key: KEY,
    }),
    close() {
      for (const client of [publisher, subscriber]) {
        client.removeAllListeners();
        client.on("error", ignore);
        client.disconnect();
      }
    },
  };
}

/** The adapter leaves the promises of its client alone: one that fails would end the process. */
function guardPublisher(client: Redis) {
  return {
    publish: (channel: string, message: string | Buffer) =>
      void client.publish(channel, message).catch(ignore),
    on: ignore,
    off: ignore,
  };
}

type Listener = (...args: unknown[]) => unknown;

/** What another program sends on our channels must not end the process either. */
function guardSubscriber(client: Redis, onFault: (error: unknown) => void) {
  const guarded = new Map<Listener, Listener>();

  function guard(listener: Listener): Listener {
    const safe: Listener = (...args) => {
      try {
        Promise.resolve(listener(...args)).catch(onFault);
      } catch (error) {
        onFault(error);
      }
    };
    guarded.set(listener, safe);
    return safe;
  }

  return {
    psubscribe: (pattern: string) => void client.psubscribe(pattern).catch(ignore),
    subscribe: (channels: string[]) => void client.subscribe(...channels).catch(ignore),
    punsubscribe: (pattern: string) => void client.punsubscribe(pattern).catch(ignore),
    unsubscribe: (channels: string[]) => void client.unsubscribe(...channels).catch(ignore),
    on(event: string, listener: Listener) {
      if (event !== "error") client.on(event, guard(listener));
    },
    off(event: string, listener: Listener) {
      client.off(event, guarded.get(listener) ?? listener);
      guarded.delete(listener);
    },
  };
}

function ignore(): void {}
