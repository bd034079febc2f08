import { AppError } from "../errors.ts";
import type { Accounts } from "./accounts.ts";
import type { Role } from "./roles.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { Tokens } from "./tokens.ts";

/** Who is signed in, as the accounts say at this moment. */
export interface Identity {
  readonly userId: string;
  readonly username: string;
  readonly role: Role;
  readonly sessionId: string;
}

export interface Identities {
  /** @throws AppError AUTH_FAILED for a bad token, an ended session, a removed account */
  ofToken(token: string): Promise<Identity>;
  /** Null where a token would be refused. */
  ofSession(session: Session): Promise<Identity | null>;
}

export interface IdentitiesDeps {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
}

/** A token or a cookie names a session; who that is stands in the account alone. */
export function createIdentities({ accounts, sessions, tokens }: IdentitiesDeps): Identities {
  async function ofSession({ userId, sessionId }: Session): Promise<Identity | null> {
    const account = await accounts.find(userId);
    if (account === null) return null;
    return { userId, username: account.username, role: account.role, sessionId };
  }

  return {
    ofSession,
    async ofToken(token) {
      const { userId, sessionId } = await tokens.verifyLogin(token);
      const session = await sessions.find(sessionId);
      const identity = session?.userId === userId ? await ofSession(session) : null;
      if (identity === null) throw new AppError("AUTH_FAILED", "Session of the token has ended");
      return identity;
    },
  };
}
