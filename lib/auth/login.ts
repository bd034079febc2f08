import { z } from "zod";
import { AppError } from "../errors.ts";
import type { Clock } from "../clock.ts";
import type { Account, Accounts } from "./accounts.ts";
import { argon2idOfNobody } from "./argon2id.ts";
import type { LoginThrottle } from "./login_throttle.ts";
import { isDated, type Passwords } from "./passwords.ts";
import { asksCode, type SecondFactor } from "./second_factor.ts";
import type { Sessions } from "./sessions.ts";

const MAX_USERNAME_CHARS = 100;
/** A code for a lost telephone, written with spaces around its dashes. */
export const MAX_CODE_CHARS = 30;

const FRESH_MS = 10 * 60_000;

export const credentialsSchema = z.object({
  username: z.string().min(1).max(MAX_USERNAME_CHARS),
  password: z.string().min(1).max(200),
  code: z.string().max(MAX_CODE_CHARS).optional(),
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
   * Asks somebody signed in for the password once more, before what cannot be undone. Whoever has
   * none, since another house signs them in, must have signed in a moment ago.
   * @throws AppError AUTH_FAILED; RATE_LIMIT as `verify`
   */
  confirm(proof: Proof): Promise<void>;
  /**
   * Asks for the code of the second factor, where it is on, of somebody whom another house signs in.
   * @throws AppError AUTH_FAILED; RATE_LIMIT as `verify`
   */
  requireCode(account: Account, proof: CodeProof): Promise<void>;
  /** Whether a session began so lately that it proves who sits there. */
  isFresh(sessionId: string): Promise<boolean>;
}

export interface Proof {
  readonly userId: string;
  readonly sessionId: string;
  readonly password: string;
  /** Of the client; tries are counted by account and address. */
  readonly address: string;
}

export interface CodeProof {
  readonly code?: string;
  /** Of the client; tries are counted by account and address. */
  readonly address: string;
}

export interface LoginDeps {
  readonly accounts: Accounts;
  readonly passwords: Passwords;
  readonly throttle: LoginThrottle;
  readonly secondFactor: SecondFactor;
  readonly sessions: Pick<Sessions, "find">;
  readonly clock: Clock;
  readonly requireVerifiedEmail: boolean;
  /** Of the settings' account; it may be of an older form, which takes longer to compare. */
  readonly settingsHash: string | null;
}

export function createLogin(deps: LoginDeps): Login {
  const { accounts, passwords, throttle } = deps;
  /** Compared where there is no account: it costs the same time. */
  const nobody = argon2idOfNobody();
  /** One of each form that an account may have. */
  const forms = [nobody, deps.settingsHash].filter((hash) => hash !== null);

  /** Compares with the other forms too, so that no name is known by the time of a refusal. */
  async function takeAsLong(password: string, compared: string): Promise<void> {
    for (const hash of forms) {
      if (isDated(hash) !== isDated(compared)) await passwords.matches(password, hash);
    }
  }

  /** Gives the tries, for `throttle.clear`. */
  function takeTry(address: string, name: string): string {
    const tries = `${address} ${name}`;
    const retryAfterMs = throttle.take(tries);
    if (retryAfterMs > 0) throw tooMany(retryAfterMs);
    return tries;
  }

  /** Replaces a hash of an older form, now that the password is known. */
  async function renewHash({ userId, passwordHash }: Account, password: string): Promise<void> {
    if (passwordHash === null || !isDated(passwordHash)) return;
    const renewed = await passwords.hash(password);
    await accounts.update(userId, (row) => {
      // Another password may have been set meanwhile.
      return row.passwordHash === passwordHash ? { ...row, passwordHash: renewed } : row;
    });
  }

  async function isFresh(sessionId: string): Promise<boolean> {
    const session = await deps.sessions.find(sessionId);
    return session !== null && deps.clock.now() - session.createdAt < FRESH_MS;
  }

  return {
    async verify({ username, password, code, address }) {
      // Nobody has such a name, and the throttle should not keep it.
      if (username.length > MAX_USERNAME_CHARS) throw refused();
      const tries = takeTry(address, username);
      const account = await accounts.findByUsername(username) ??
        await accounts.findByEmail(username.toLowerCase());
      const hash = account?.passwordHash ?? nobody;
      const matches = await passwords.matches(password, hash);
      if (account === null || !matches) {
        await takeAsLong(password, hash);
        throw refused();
      }
      // A wrong code counts as a try: there are only a million of them.
      await deps.secondFactor.require(account, code);
      throttle.clear(tries);
      await renewHash(account, password);
      if (deps.requireVerifiedEmail && account.role === "user" && !account.emailVerifiedAt) {
        throw new AppError(
          "FORBIDDEN",
          "Address is not confirmed yet, open the link that was sent to it",
        );
      }
      return account;
    },
    async confirm({ userId, sessionId, password, address }) {
      const tries = takeTry(address, userId);
      const hash = (await accounts.find(userId))?.passwordHash ?? null;
      if (hash === null && !(await isFresh(sessionId))) {
        throw new AppError("AUTH_FAILED", "Sign-in is too long ago, sign in again first");
      }
      if (hash !== null && !(await passwords.matches(password, hash))) {
        throw new AppError("AUTH_FAILED", "Password is wrong");
      }
      throttle.clear(tries);
    },
    async requireCode(account, { code, address }) {
      if (!asksCode(account)) return;
      const tries = takeTry(address, account.userId);
      await deps.secondFactor.require(account, code);
      throttle.clear(tries);
    },
    isFresh,
  };
}

function refused(): AppError {
  return new AppError("AUTH_FAILED", "Invalid credentials");
}

function tooMany(retryAfterMs: number): AppError {
  return new AppError("RATE_LIMIT", "Too many tries, wait before the next", {
    details: { retryAfterMs },
  });
}
