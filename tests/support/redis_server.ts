import { endProcess } from "../../tools/end_process.ts";
import { eventually } from "./eventually.ts";

/** A real Redis on loopback, with a password and without a file. */
export interface RedisServer {
  readonly port: number;
  readonly password: string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Whether this machine has `redis-server`; says so where it has none. */
export function hasRedis(): boolean {
  try {
    return new Deno.Command("redis-server", { args: ["--version"] }).outputSync().success;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.log("There is no redis-server here: its tests are skipped");
    return false;
  }
}

/** @param port of one that ran before; a free one without it */
export async function startRedis(port = freePort()): Promise<RedisServer> {
  const password = "p@ss/word";
  const settings = {
    port,
    bind: "127.0.0.1",
    requirepass: password,
    save: "",
    appendonly: "no",
    daemonize: "no",
  };
  const child = new Deno.Command("redis-server", {
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    stdout: "null",
    stderr: "null",
  }).spawn();
  const stop = () => endProcess(child, "SIGTERM");
  try {
    await eventually(() => isOpen(port), "Redis listens");
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, password, [Symbol.asyncDispose]: stop };
}

async function isOpen(port: number): Promise<boolean> {
  try {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    connection.close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
