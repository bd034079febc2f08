import { parse } from "hono/utils/cookie";
import { type ApiKeys, type KeyClaims, looksLikeApiKey } from "../lib/auth/api_keys.ts";
import type { Identity } from "../lib/auth/identity.ts";
import type { Auth } from "../lib/auth/mod.ts";
import { permits } from "../lib/auth/roles.ts";
import type { Session } from "../lib/auth/sessions.ts";
import { sessionCookie } from "../routes/middleware/browser_sessions.ts";
import { PEOPLE_ROOM, ROOMS } from "../ws/protocol.ts";
import type { Credential, SocketIdentity } from "../ws/io/mod.ts";

export interface SocketIdentitiesDeps {
  readonly auth: Pick<Auth, "identities" | "sessions">;
  readonly apiKeys: Pick<ApiKeys, "verify" | "list">;
  /** As the names of cookies are over HTTPS alone. */
  readonly secure: boolean;
}

/** Who proves to be whom over Socket.IO, and what they may hear there. */
export function socketIdentities({ auth, apiKeys, secure }: SocketIdentitiesDeps) {
  const { identities, sessions } = auth;

  async function ofSession(session: Session | null): Promise<SocketIdentity | null> {
    const who = session === null ? null : await identities.ofSession(session);
    return who === null ? null : toPerson(who);
  }

  return {
    async identify(credential: Credential): Promise<SocketIdentity | null> {
      if (credential.kind === "cookie") {
        const name = sessionCookie(secure);
        const cookie = parse(credential.header, name)[name] ?? "";
        return await ofSession(await sessions.findByCookie(cookie));
      }
      const { token } = credential;
      if (looksLikeApiKey(token)) return toProgram(await apiKeys.verify(token));
      return toPerson(await identities.ofToken(token));
    },
    async findIdentity({ kind, id }: SocketIdentity["proof"]): Promise<SocketIdentity | null> {
      if (kind === "session") return await ofSession(await sessions.find(id));
      const key = (await apiKeys.list()).find(({ keyId }) => keyId === id);
      return key === undefined || key.revokedAt !== null ? null : toProgram(key);
    },
  };
}

function toPerson({ userId, sessionId, role }: Identity): SocketIdentity {
  const rooms = permits(role, "administer")
    ? ROOMS
    : permits(role, "read")
    ? ROOMS.filter((room) => room !== PEOPLE_ROOM)
    : [];
  return { userId, proof: { kind: "session", id: sessionId }, rooms };
}

function toProgram({ keyId, scopes }: KeyClaims): SocketIdentity {
  const rooms = scopes.includes("metrics:read") ? ["metrics" as const] : [];
  return { userId: keyId, proof: { kind: "api_key", id: keyId }, rooms };
}
