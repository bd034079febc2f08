import { START_RUNTIME } from "../tools/child_server.ts";
import { type Child, startChild } from "./child.ts";
import { signIn } from "./operator.ts";

/** Our server on a file of data, and somebody who is signed in to it. */
export interface SignedIn {
  readonly server: Child;
  /** Milliseconds from the start of the process until it has answered. */
  readonly startMs: number;
  /** Milliseconds until the answer was read; throws when it is not a success. */
  get(path: string): Promise<number>;
  post(path: string, body: unknown): Promise<void>;
  /** The answer as it comes. */
  open(path: string): Promise<Response>;
  /** Milliseconds of the longest time since the last call in which nobody else had a turn. */
  worstStall(): Promise<number>;
}

export async function startSignedIn(kvPath: string): Promise<SignedIn> {
  const began = performance.now();
  const { env, flags } = START_RUNTIME;
  const args = ["run", ...flags, "-A", "bench/server.ts", "--stalls"];
  const server = await startChild(Deno.execPath(), args, { ...env, KV_PATH: kvPath });
  await (await fetch(`${server.url}/health`)).body?.cancel();
  const startMs = performance.now() - began;
  const token = await signIn(server.url);

  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(server.url + path, { headers, ...init });
    if (response.ok) return response;
    throw new Error(`${path} was answered by ${response.status}: ${await response.text()}`);
  }

  return {
    server,
    startMs,
    open: request,
    async get(path) {
      const from = performance.now();
      await (await request(path)).arrayBuffer();
      return performance.now() - from;
    },
    async post(path, body) {
      const response = await request(path, { method: "POST", body: JSON.stringify(body) });
      await response.body?.cancel();
    },
    async worstStall() {
      return (await (await request("/bench/stall")).json()).worstMs;
    },
  };
}
