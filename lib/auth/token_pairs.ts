import { AppError } from "../errors.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { Tokens } from "./tokens.ts";

/** What an application signs in with: a short token for requests, a long one for the next pair. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Of the access token, seconds. */
  readonly expiresIn: number;
}

export interface TokenPairs {
  of(session: Session): Promise<TokenPair>;
  /**
   * The next pair, and the end of the refresh token (P-04).
   * @throws AppError AUTH_FAILED for a token that is not good; one that was used before ends the
   *   session, because either its owner or a thief has the other one
   */
  refresh(refreshToken: string): Promise<TokenPair & { readonly account: Account }>;
}

export interface TokenPairsDeps {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
}

export function createTokenPairs({ accounts, sessions, tokens }: TokenPairsDeps): TokenPairs {
  async function of(session: Session): Promise<TokenPair> {
    return {
      accessToken: await tokens.signLogin(session, tokens.accessTtlSec),
      refreshToken: await tokens.signRefresh(session),
      expiresIn: tokens.accessTtlSec,
    };
  }

  return {
    of,
    async refresh(refreshToken) {
      const { sessionId, generation } = await tokens.verifyRefresh(refreshToken);
      const use = { generation, ttlSec: tokens.refreshTtlSec };
      const session = await sessions.rotate(sessionId, use);
      const account = session === null ? null : await accounts.find(session.userId);
      if (session === null || account === null) {
        throw new AppError(
          "AUTH_FAILED",
          "Refresh token was used before, or its session has ended",
        );
      }
      return { ...await of(session), account };
    },
  };
}
