import { z } from "zod";
import { AppError } from "../errors.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { LoginThrottle } from "./login_throttle.ts";
import { BCRYPT_COST, type Passwords } from "./passwords.ts";
import type { LoginClaims } from "./tokens.ts";

const MAX_USERNAME_CHARS = 100;

export const credentialsSchema = z.object({
  username: z.string().min(1).max(MAX_USERNAME_CHARS),
  password: z.string().min(1).max(200),
});

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Of the client; tries are counted by name and address. */
  readonly address: string;
}

export interface Login {
  /**
   * Says who that is. Takes as long for an unknown name as for a known one.
   * @throws AppError AUTH_FAILED; RATE_LIMIT after too many tries, with the time to wait
   */
  verify(credentials: Credentials): Promise<LoginClaims>;
}

export interface LoginDeps {
  readonly accounts: Accounts;
  readonly passwords: Passwords;
  readonly throttle: LoginThrottle;
  /** The environment's account may have been hashed at another cost than ours. */
  readonly environment: Account | null;
}

export function createLogin(deps: LoginDeps): Login {
  const { accounts, passwords, throttle } = deps;
  const nobody = hashOfNobody(deps.environment);
  return {
    async verify({ username, password, address }) {
      // Nobody has such a name, and the throttle should not keep it.
      if (username.length > MAX_USERNAME_CHARS) throw refused();
      const tries = `${address} ${username}`;
      const retryAfterMs = throttle.take(tries);
      if (retryAfterMs > 0) throw tooMany(retryAfterMs);
      const account = await accounts.find(username);
      const matches = await passwords.matches(password, account?.passwordHash ?? nobody);
      if (account === null || !matches) throw refused();
      throttle.clear(tries);
      return { username: account.username, role: account.role };
    },
  };
}

/** A hash of nothing anybody knows, compared where there is no account: it costs the same time. */
function hashOfNobody(environment: Account | null): string {
  const cost = environment?.passwordHash.slice(4, 6) ?? BCRYPT_COST;
  return `$2b$${cost}$C6UzMDM.H6dfI/f/IKcEeO5yhyvS1IlRcLx1Ur3Bk5c2aOkMFv5Ha`;
}

function refused(): AppError {
  return new AppError("AUTH_FAILED", "Invalid credentials");
}

function tooMany(retryAfterMs: number): AppError {
  return new AppError("RATE_LIMIT", "Too many tries, wait before the next", {
    details: { retryAfterMs },
  });
}
