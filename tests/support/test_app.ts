import { compose, type Docent, type Parts } from "../../compose/mod.ts";
import { parseConfig } from "../../lib/config/mod.ts";
import { silentLogger } from "../../lib/logger.ts";
import { type Assets, createAssets } from "../../routes/assets.ts";
import { ADMIN, ADMIN_PASSWORD_HASH } from "../../tools/known_admin.ts";

export { ADMIN, ADMIN_PASSWORD_HASH };

export interface TestApp {
  readonly docent: Docent;
  /** Asks the app without a network, as the client at an address would. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Listens on a free port of loopback, once; gives `http://127.0.0.1:port`. */
  listen(): Promise<string>;
  /** A bearer token of the administrator. */
  adminToken(): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface TestAppOptions {
  readonly env?: Record<string, string>;
  readonly parts?: Parts;
}

/** Read and compressed once for all tests of a file. */
let sharedAssets: Promise<Assets> | undefined;

/** The whole program on a store in memory; `await using` takes it down. */
export async function testApp({ env = {}, parts = {} }: TestAppOptions = {}): Promise<TestApp> {
  const config = parseConfig({
    NODE_ENV: "test",
    PORT: "0",
    KV_PATH: ":memory:",
    ADMIN_USERNAME: ADMIN.username,
    ADMIN_PASSWORD_HASH,
    ...env,
  });
  const assets = await (sharedAssets ??= createAssets("static"));
  const docent = await compose(config, { logger: silentLogger, assets, ...parts });
  let listening: Promise<number> | null = null;
  return {
    docent,
    async request(path, init) {
      const url = new URL(path, "http://localhost");
      return await docent.app.fetch(new Request(url, init), loopback);
    },
    async listen() {
      listening ??= docent.listen();
      return `http://127.0.0.1:${await listening}`;
    },
    async adminToken() {
      const account = await docent.auth.accounts.findByUsername(ADMIN.username);
      if (account === null) throw new Error("There is no administrator");
      const client = { userAgent: "", address: "", ttlSec: docent.tokens.loginTtlSec };
      const { session } = await docent.auth.sessions.start({ ...client, userId: account.userId });
      return await docent.tokens.signLogin(session);
    },
    [Symbol.asyncDispose]: () => docent[Symbol.asyncDispose](),
  };
}

/** What the HTTP server would tell about the connection. */
const loopback = { incoming: { socket: { remoteAddress: "127.0.0.1" } } };

/** A JSON request. */
export function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}

export const SESSION_ID = "550e8400-e29b-41d4-a716-446655440000";

export interface Started {
  readonly attemptId: string;
  readonly wsUrl: string;
  readonly wsToken: string;
  readonly expiresIn: number;
}

/** Starts an attempt through the API. */
export async function startMission(
  app: TestApp,
  { missionType = "portfolio", timestamp = new Date().toISOString(), sessionId = SESSION_ID } = {},
): Promise<Started> {
  const body = { sessionId, missionType, timestamp };
  const response = await app.request("/api/missions/start", post(body));
  const { data } = await response.json();
  if (response.status !== 201) throw new Error(`Start failed with ${response.status}`);
  return data;
}
