import { z } from "zod";
import type { Clock } from "../clock.ts";
import { sha256 } from "../digest.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { authKeys } from "./keys.ts";
import { randomToken } from "./random_token.ts";
import type { LoginClaims } from "./tokens.ts";

/** A day (M-56); it is not prolonged by use. */
export const SESSION_TTL_SEC = 86_400;

const sessionSchema = z.object({
  username: z.string(),
  role: z.literal("admin"),
  /** Goes into every form and `x-csrf-token` header of this session. */
  csrfToken: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
});

/** What the store knows of one signed-in browser. */
export type Session = z.infer<typeof sessionSchema>;

/** Signed-in browsers. The id is known to the browser alone; the store has its hash. */
export interface Sessions {
  /** Gives the id of a new session. */
  start(claims: LoginClaims): Promise<string>;
  /** Null for an id that is not known, or no longer good. */
  find(id: string): Promise<Session | null>;
  /** Ends a session, if there is one. */
  end(id: string): Promise<void>;
}

export interface SessionsDeps {
  readonly kv: Kv;
  readonly clock: Clock;
}

export function createSessions({ kv, clock }: SessionsDeps): Sessions {
  const keyOf = (id: string) => authKeys.session(sha256(id));
  return {
    async start({ username, role }) {
      const id = randomToken();
      const createdAt = clock.now();
      const expiresAt = createdAt + SESSION_TTL_SEC * 1000;
      const row: Session = { username, role, csrfToken: randomToken(), createdAt, expiresAt };
      await kv.set(keyOf(id), encodeJson(row), { expireIn: SESSION_TTL_SEC * 1000 });
      return id;
    },
    async find(id) {
      const { key, value } = await kv.get(keyOf(id));
      const session = value === null ? null : readSession(key, value);
      // The store may keep a row for a while after its time.
      return session !== null && clock.now() < session.expiresAt ? session : null;
    },
    async end(id) {
      await kv.delete(keyOf(id));
    },
  };
}

/** A session that another version wrote means to sign in again, not an error on every page. */
function readSession(key: Deno.KvKey, value: unknown): Session | null {
  try {
    return decodeJson(key, value, sessionSchema);
  } catch {
    return null;
  }
}
