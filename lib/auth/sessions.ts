import { z } from "zod";
import type { Clock } from "../clock.ts";
import { sha256 } from "../digest.ts";
import type { Ids } from "../ids.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Key, Kv } from "../kv/port.ts";
import { authKeys } from "./keys.ts";
import { randomToken } from "./random_token.ts";
import { isSameText } from "./same_text.ts";

const sessionSchema = z.object({
  sessionId: z.string(),
  userId: z.string(),
  /** Of the secret in the browser's cookie: who reads the store cannot take over a session. */
  secretHash: z.string(),
  /** Goes into every form and `x-csrf-token` header of this session. */
  csrfToken: z.string(),
  /** Of the refresh token that is good; each use makes the next. */
  generation: z.number(),
  createdAt: z.number(),
  expiresAt: z.number(),
  lastUsedAt: z.number(),
  /** What it was started with, for its owner to tell it from others. */
  userAgent: z.string(),
  address: z.string(),
});

/** One sign-in, in a browser or by tokens, until it is ended or expires. Times in ms. */
export type Session = z.infer<typeof sessionSchema>;

export interface NewSession {
  readonly userId: string;
  readonly userAgent: string;
  readonly address: string;
  readonly ttlSec: number;
}

export interface Sessions {
  /** `cookie` proves the session in a browser; it is not stored and not told again. */
  start(session: NewSession): Promise<{ session: Session; cookie: string }>;
  /** Null for one that is not known, or no longer good. */
  find(sessionId: string): Promise<Session | null>;
  /** The same, of a browser's cookie. */
  findByCookie(cookie: string): Promise<Session | null>;
  /** Newest first. */
  list(userId: string): Promise<Session[]>;
  /**
   * Takes a refresh token's generation and gives the session with the next one, in one step. Null
   * when it was not the newest: the token was used twice, so the session is ended (P-04).
   */
  rotate(
    sessionId: string,
    use: { readonly generation: number; readonly ttlSec: number },
  ): Promise<Session | null>;
  /** Ends a session, if there is one. */
  end(sessionId: string): Promise<void>;
  /** Ends all of a person's, but the one named. */
  endAll(userId: string, but?: string): Promise<void>;
}

export interface SessionsDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
}

const MAX_AGENT_CHARS = 300;
/** One person's; the oldest goes when there is another. */
const MAX_SESSIONS = 50;

export function createSessions({ kv, clock, ids }: SessionsDeps): Sessions {
  function stageRow(operation: Deno.AtomicOperation, session: Session): Deno.AtomicOperation {
    const expireIn = session.expiresAt - clock.now();
    const { userId, sessionId } = session;
    return operation
      .set(authKeys.session(sessionId), encodeJson(session), { expireIn })
      .set(authKeys.sessionByUser(userId, sessionId), null, { expireIn });
  }

  async function read(sessionId: string) {
    const { key, value, versionstamp } = await kv.get(authKeys.session(sessionId));
    const session = value === null ? null : readSession(key, value);
    // The store may keep a row for a while after its time.
    const isGood = session !== null && clock.now() < session.expiresAt;
    return { session: isGood ? session : null, check: { key, versionstamp } };
  }

  async function end(sessionId: string): Promise<void> {
    const { session } = await read(sessionId);
    if (session === null) return;
    await kv.atomic()
      .delete(authKeys.session(sessionId))
      .delete(authKeys.sessionByUser(session.userId, sessionId))
      .commit();
  }

  async function list(userId: string): Promise<Session[]> {
    const sessions: Session[] = [];
    for await (const { key } of kv.list({ prefix: authKeys.sessionsByUser(userId) })) {
      const { session } = await read(String(key.at(-1)));
      if (session !== null) sessions.push(session);
    }
    return sessions.sort((a, b) =>
      b.createdAt - a.createdAt || (a.sessionId < b.sessionId ? 1 : -1)
    );
  }

  return {
    async start({ userId, userAgent, address, ttlSec }) {
      const secret = randomToken();
      const now = clock.now();
      const session: Session = {
        sessionId: ids.session(),
        userId,
        secretHash: await sha256(secret),
        csrfToken: randomToken(),
        generation: 0,
        createdAt: now,
        expiresAt: now + ttlSec * 1000,
        lastUsedAt: now,
        userAgent: userAgent.slice(0, MAX_AGENT_CHARS),
        address,
      };
      for (const old of (await list(userId)).slice(MAX_SESSIONS - 1)) await end(old.sessionId);
      await stageRow(kv.atomic(), session).commit();
      return { session, cookie: `${session.sessionId}.${secret}` };
    },
    async find(sessionId) {
      return (await read(sessionId)).session;
    },
    async findByCookie(cookie) {
      const [sessionId, secret = ""] = cookie.split(".", 2);
      const { session } = await read(sessionId);
      if (session === null) return null;
      return isSameText(session.secretHash, await sha256(secret)) ? session : null;
    },
    list,
    async rotate(sessionId, { generation, ttlSec }) {
      const { session, check } = await read(sessionId);
      if (session === null) return null;
      const now = clock.now();
      const next: Session = {
        ...session,
        generation: generation + 1,
        expiresAt: now + ttlSec * 1000,
        lastUsedAt: now,
      };
      const isNewest = session.generation === generation;
      if (isNewest && (await stageRow(kv.atomic().check(check), next).commit()).ok) return next;
      await end(sessionId);
      return null;
    },
    end,
    async endAll(userId, but) {
      for (const { sessionId } of await list(userId)) if (sessionId !== but) await end(sessionId);
    },
  };
}

/** A session that another version wrote means to sign in again, not an error on every page. */
function readSession(key: Key, value: unknown): Session | null {
  try {
    return decodeJson(key, value, sessionSchema);
  } catch {
    return null;
  }
}
