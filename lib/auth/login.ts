import { z } from "zod";
import { AppError } from "../errors.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { LoginThrottle } from "./login_throttle.ts";
import { BCRYPT_COST, type Passwords } from "./passwords.ts";
import type { SecondFactor } from "./second_factor.ts";
import type { SettingsAccount } from "./settings_account.ts";

const MAX_USERNAME_CHARS = 100;

export const credentialsSchema = z.object({
  username: z.string().min(1).max(MAX_USERNAME_CHARS),
  password: z.string().min(1).max(200),
  code: z.string().max(10).optional(),
});

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Of the second factor, where it is on. */
  readonly code?: string;
  /** Of the client; tries are counted by name and address. */
  readonly address: string;
}

export interface Login {
  /**
   * Gives the account of that name, or of that address. Takes as long for an unknown name as for a known one.
   * @throws AppError AUTH_FAILED; FORBIDDEN before the address is confirmed; RATE_LIMIT after too many tries, with the time to wait
   */
  verify(credentials: Credentials): Promise<Account>;
  /**
   * Asks somebody signed in for the password once more, before what cannot be undone.
   * @throws AppError AUTH_FAILED, also where the account has none; RATE_LIMIT as `verify`
   */
  confirm(proof: PasswordProof): Promise<void>;
}

export interface PasswordProof {
  readonly userId: string;
  readonly password: string;
  /** Of the client; tries are counted by account and address. */
  readonly address: string;
}

export interface LoginDeps {
  readonly accounts: Accounts;
  readonly passwords: Passwords;
  readonly throttle: LoginThrottle;
  readonly secondFactor: SecondFactor;
  readonly requireVerifiedEmail: boolean;
  /** The settings' account may have been hashed at another cost than ours. */
  readonly settings: SettingsAccount | null;
}

export function createLogin(deps: LoginDeps): Login {
  const { accounts, passwords, throttle } = deps;
  const nobody = hashOfNobody(deps.settings);

  /** Gives the tries, for `throttle.clear`. */
  function takeTry(address: string, name: string): string {
    const tries = `${address} ${name}`;
    const retryAfterMs = throttle.take(tries);
    if (retryAfterMs > 0) throw tooMany(retryAfterMs);
    return tries;
  }

  return {
    async verify({ username, password, code, address }) {
      // Nobody has such a name, and the throttle should not keep it.
      if (username.length > MAX_USERNAME_CHARS) throw refused();
      const tries = takeTry(address, username);
      const account = await accounts.findByUsername(username) ??
        await accounts.findByEmail(username.toLowerCase());
      const matches = await passwords.matches(password, account?.passwordHash ?? nobody);
      if (account === null || !matches) throw refused();
      // A wrong code counts as a try: there are only a million of them.
      await deps.secondFactor.require(account, code);
      throttle.clear(tries);
      if (deps.requireVerifiedEmail && account.role === "user" && !account.emailVerifiedAt) {
        throw new AppError(
          "FORBIDDEN",
          "Address is not confirmed yet, open the link that was sent to it",
        );
      }
      return account;
    },
    async confirm({ userId, password, address }) {
      const tries = takeTry(address, userId);
      const hash = (await accounts.find(userId))?.passwordHash ?? null;
      if (hash === null || !(await passwords.matches(password, hash))) {
        throw new AppError("AUTH_FAILED", "Password is wrong");
      }
      throttle.clear(tries);
    },
  };
}

/** A hash of nothing anybody knows, compared where there is no account: it costs the same time. */
function hashOfNobody(settings: SettingsAccount | null): string {
  const cost = settings?.passwordHash.slice(4, 6) ?? BCRYPT_COST;
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
