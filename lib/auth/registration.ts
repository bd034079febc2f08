import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import { type Account, type Accounts, newAccount } from "./accounts.ts";
import { isCommon } from "./common_passwords.ts";
import type { Links } from "./links.ts";
import type { Login } from "./login.ts";
import { MAX_PASSWORD_CHARS, type Passwords } from "./passwords.ts";
import type { Sessions } from "./sessions.ts";

/** An address, in lower case: nobody tells two accounts apart by it. */
export const emailSchema = z.email().max(254).transform((email) => email.toLowerCase());

/** 8 to 128 characters of any kind (T-P09), and nothing that everybody tries first. */
export const newPasswordSchema = z.string().min(8).max(MAX_PASSWORD_CHARS).refine(
  (password) => !isCommon(password),
  { message: "a password that is not among the most common" },
);

export const nameSchema = z.string().trim().min(1).max(80);

/** Body of `POST /api/auth/register` (P-01). */
export const registrationSchema = z.object({
  email: emailSchema,
  password: newPasswordSchema,
  name: nameSchema,
});
export type NewPerson = z.infer<typeof registrationSchema>;

/** What is written to a person; the links are the edge's to make. */
export type Letter =
  | { readonly kind: "verify" | "reset"; readonly account: Account; readonly token: string }
  | { readonly kind: "known"; readonly account: Account };

/**
 * Accounts that people make and mend by themselves. Known and unknown addresses get the same
 * answer after the same work (T-P09); what differs is in the letter.
 */
export interface Registration {
  register(person: NewPerson): Promise<void>;
  /** Confirms an address by the link that was sent to it; false for a link that is not good. */
  verify(token: string): Promise<boolean>;
  /** Sends a link to a known address. */
  forgot(email: string): Promise<void>;
  /** Sets a new password and ends all sessions; false for a link that is not good. */
  reset(token: string, password: string): Promise<boolean>;
  /**
   * Sets another password for somebody signed in, and ends their other sessions.
   * @throws AppError AUTH_FAILED when the old one is wrong; RATE_LIMIT after too many tries
   */
  changePassword(change: PasswordChange): Promise<void>;
  /** Resolves when what was to be written is on its way. */
  settled(): Promise<void>;
}

export interface PasswordChange {
  readonly userId: string;
  readonly sessionId: string;
  readonly oldPassword: string;
  readonly newPassword: string;
  /** Of the client. */
  readonly address: string;
}

export interface RegistrationDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly accounts: Accounts;
  readonly passwords: Passwords;
  readonly login: Pick<Login, "confirm">;
  readonly sessions: Sessions;
  readonly links: Links;
  readonly write: (letter: Letter) => Promise<void>;
  /** Told of a letter that could not be written. */
  readonly onError: (error: unknown) => void;
}

export function createRegistration(deps: RegistrationDeps): Registration {
  const { clock, ids, accounts, passwords, sessions, links } = deps;
  const underWay = new Set<Promise<void>>();

  /** Behind the answer, which must not take longer for an address that is known. */
  function inBackground(work: () => Promise<void>): void {
    const done = work().catch(deps.onError).finally(() => underWay.delete(done));
    underWay.add(done);
  }

  async function writeLink(kind: "verify" | "reset", account: Account): Promise<void> {
    await deps.write({ kind, account, token: await links.open(kind, account.userId) });
  }

  function accountOf({ email, name }: NewPerson, passwordHash: string): Account {
    const now = clock.now();
    const account = newAccount({ userId: ids.user(), username: email, name, role: "user", now });
    return { ...account, email, passwordHash };
  }

  async function setPassword(userId: string, password: string): Promise<void> {
    const passwordHash = await passwords.hash(password);
    const updatedAt = clock.now();
    await accounts.update(userId, (account) => ({ ...account, passwordHash, updatedAt }));
  }

  return {
    async register(person) {
      const account = accountOf(person, await passwords.hash(person.password));
      const made = await accounts.create(account);
      inBackground(async () => {
        const known = made ? null : await accounts.findByEmail(person.email);
        if (made) await writeLink("verify", account);
        else if (known !== null) await deps.write({ kind: "known", account: known });
      });
    },
    async verify(token) {
      const userId = await links.take("verify", token);
      if (userId === null) return false;
      const emailVerifiedAt = clock.now();
      return await accounts.update(userId, (account) => ({ ...account, emailVerifiedAt })) !== null;
    },
    forgot(email) {
      inBackground(async () => {
        const account = await accounts.findByEmail(email);
        if (account !== null) await writeLink("reset", account);
      });
      return Promise.resolve();
    },
    async reset(token, password) {
      const userId = await links.take("reset", token);
      if (userId === null || await accounts.find(userId) === null) return false;
      await setPassword(userId, password);
      await sessions.endAll(userId);
      return true;
    },
    async changePassword({ userId, sessionId, oldPassword, newPassword, address }) {
      await deps.login.confirm({ userId, sessionId, password: oldPassword, address });
      await setPassword(userId, newPassword);
      await sessions.endAll(userId, sessionId);
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}
