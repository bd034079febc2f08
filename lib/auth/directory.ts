import type { Audit } from "../audit/mod.ts";
import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import { stage } from "../kv/port.ts";
import { createOneAtATime } from "../one_at_a_time.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Identity } from "./identity.ts";
import { permits, type Role } from "./roles.ts";
import type { Session, Sessions } from "./sessions.ts";

/** An account without its secrets. Times are epoch milliseconds. */
export interface Person extends
  Pick<
    Account,
    | "userId"
    | "username"
    | "email"
    | "name"
    | "role"
    | "isFromSettings"
    | "emailVerifiedAt"
    | "createdAt"
    | "lastLoginAt"
  > {
  readonly hasSecondFactor: boolean;
}

export interface PersonQuery {
  /** In name, user name or address, in any case; empty for all. */
  readonly text: string;
  readonly role: Role | null;
  /** Goes on behind this account. */
  readonly before?: string;
  readonly limit: number;
}

export interface PersonPage {
  /** The newest first. */
  readonly people: readonly Person[];
  /** To go on with as `before`; null at the end. */
  readonly next: string | null;
}

/** Who administers, and whose account. */
export interface Deal {
  readonly userId: string;
  readonly by: Identity;
}

/** The accounts as administrators see and change them; what they change is in the audit log. */
export interface Directory {
  /** A page may have fewer than asked for, or none, and still say how to go on. */
  search(query: PersonQuery): Promise<PersonPage>;
  /** @throws AppError NOT_FOUND */
  get(userId: string): Promise<Person>;
  /**
   * Takes effect with the person's next request.
   * @throws AppError NOT_FOUND; FORBIDDEN for who administers no more; CONFLICT for the own role, and for the account of the settings
   */
  changeRole(deal: Deal & { readonly role: Role }): Promise<void>;
  /** The newest first. */
  sessions(userId: string): Promise<readonly Session[]>;
  /** @throws AppError NOT_FOUND for what is no session of this person */
  endSession(deal: Deal & { readonly sessionId: string }): Promise<void>;
  /** Ends all of a person's, but the one that asks. */
  endSessions(deal: Deal): Promise<void>;
}

export interface DirectoryDeps {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** Accounts that one search looks at: it holds up nobody for long, however many there are. */
const MAX_LOOKED_AT = 2_000;

export function createDirectory({ accounts, sessions, audit, clock }: DirectoryDeps): Directory {
  const turns = createOneAtATime();

  async function getAccount(userId: string): Promise<Account> {
    const account = await accounts.find(userId);
    if (account === null) throw new AppError("NOT_FOUND", "Account is not known");
    return account;
  }

  async function changeRole({ userId, role, by }: Deal & { readonly role: Role }) {
    const account = await getAccount(userId);
    if (account.role === role) return;
    if (userId === by.userId) throw new AppError("CONFLICT", "Your own role is changed by another");
    if (account.isFromSettings) {
      throw new AppError("CONFLICT", "Account of the settings stays administrator");
    }
    // Of two that take each other's role, the second one administers no more.
    if (!permits((await getAccount(by.userId)).role, "administer")) {
      throw new AppError("FORBIDDEN", "You do not administer any more");
    }
    const entry = audit.write({
      action: "account.role_changed",
      target: userId,
      by: by.username,
      detail: `${account.role} → ${role}`,
    });
    const changed = await accounts.update(
      userId,
      (row) => ({ ...row, role, updatedAt: clock.now() }),
      {
        join(operation) {
          stage(operation, [entry]);
          return operation;
        },
      },
    );
    if (changed === null) throw new AppError("NOT_FOUND", "Account is not known");
  }

  return {
    async search({ text, role, before, limit }) {
      const wanted = comparable(text.trim());
      const people: Person[] = [];
      let lookedAt = 0;
      let last: string | null = null;
      for await (const account of accounts.newest(before)) {
        if (people.length === limit || lookedAt === MAX_LOOKED_AT) return { people, next: last };
        lookedAt++;
        last = account.userId;
        if (matches(account, { wanted, role })) people.push(toPerson(account));
      }
      return { people, next: null };
    },
    get: async (userId) => toPerson(await getAccount(userId)),
    changeRole: (deal) => turns.run("role", () => changeRole(deal)),
    sessions: (userId) => sessions.list(userId),
    async endSession({ userId, sessionId, by }) {
      const session = await sessions.find(sessionId);
      if (session?.userId !== userId) throw new AppError("NOT_FOUND", "Session is not known");
      await sessions.end(sessionId);
      await audit.record({ action: "session.ended", target: userId, by: by.username });
    },
    async endSessions({ userId, by }) {
      await getAccount(userId);
      await sessions.endAll(userId, by.sessionId);
      await audit.record({ action: "sessions.ended", target: userId, by: by.username });
    },
  };
}

function matches(
  { username, email, name, role }: Account,
  filter: { readonly wanted: string; readonly role: Role | null },
): boolean {
  if (filter.role !== null && filter.role !== role) return false;
  return [username, email ?? "", name].some((text) => comparable(text).includes(filter.wanted));
}

/** Some machines type Korean letters in parts. */
function comparable(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

function toPerson(account: Account): Person {
  const { userId, username, email, name, role, isFromSettings } = account;
  const { emailVerifiedAt, createdAt, lastLoginAt, totp } = account;
  return {
    userId,
    username,
    email,
    name,
    role,
    isFromSettings,
    emailVerifiedAt,
    createdAt,
    lastLoginAt,
    hasSecondFactor: totp !== null && totp.confirmedAt !== null,
  };
}
