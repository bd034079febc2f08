import { z } from "zod";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Key, Kv } from "../kv/port.ts";
import { authKeys } from "./keys.ts";
import { type Role, ROLES } from "./roles.ts";

export const accountSchema = z.object({
  userId: z.string(),
  /** Signs in by it; staff have names, people their address in lower case. */
  username: z.string(),
  /** In lower case; null for staff without. */
  email: z.string().nullable(),
  /** As shown to others. */
  name: z.string(),
  role: z.enum(ROLES),
  /** Of Argon2id, or bcrypt from earlier; null for an account that nobody can sign in to by password. */
  passwordHash: z.string().nullable(),
  /** Made from `ADMIN_USERNAME`; closed when the settings no longer name it. */
  isFromSettings: z.boolean(),
  totp: z.object({
    secret: z.string(),
    confirmedAt: z.number().nullable(),
    lastStep: z.number(),
    /** Hashes of the codes that stand in for a lost telephone; a used one is taken away. */
    recoveryHashes: z.array(z.string()).default([]),
  }).nullable(),
  /** When the address was confirmed by a link sent to it. */
  emailVerifiedAt: z.number().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  lastLoginAt: z.number().nullable(),
});

/** Somebody who can sign in. Times are epoch milliseconds. */
export type Account = z.infer<typeof accountSchema>;

export interface NewAccount extends Pick<Account, "userId" | "username" | "name" | "role"> {
  readonly now: number;
}

/** An account as it begins: without a password, an address or a second factor. */
export function newAccount({ now, ...given }: NewAccount): Account {
  return {
    ...given,
    email: null,
    passwordHash: null,
    isFromSettings: false,
    totp: null,
    emailVerifiedAt: null,
    createdAt: now,
    updatedAt: now,
    lastLoginAt: null,
  };
}

const claimSchema = z.object({ userId: z.string() });

/** Adds what is to be stored together with an account. */
export type Joined = (operation: Deno.AtomicOperation) => Deno.AtomicOperation;

const alone: Joined = (operation) => operation;

/** The one store of accounts. A name and an address belong to one account at a time. */
export interface Accounts {
  find(userId: string): Promise<Account | null>;
  findByUsername(username: string): Promise<Account | null>;
  findByEmail(email: string): Promise<Account | null>;
  /** Whether anybody can sign in as administrator. */
  hasAdmin(): Promise<boolean>;
  /** In the order of their ids. */
  byRole(role: Role): AsyncGenerator<Account>;
  /** The newest first, all or those that were made before one. */
  newest(before?: string): AsyncGenerator<Account>;
  /** False when its name or address is taken, or something joined was refused. */
  create(account: Account, join?: Joined): Promise<boolean>;
  /**
   * Changes what is stored at that moment; `change` may be called again when another was quicker.
   * Null when there is no such account; "taken" when its new name or address is another's.
   */
  update(
    userId: string,
    change: (account: Account) => Account,
    options?: { readonly join?: Joined },
  ): Promise<Account | "taken" | null>;
  /** With the ways in by another house; false when there is none. */
  remove(userId: string): Promise<boolean>;
}

const MAX_TRIES = 10;

export function createAccounts(kv: Kv): Accounts {
  async function read(userId: string) {
    const entry = await kv.get(authKeys.account(userId));
    const { key, value, versionstamp } = entry;
    const account = value === null ? null : decodeJson(key, value, accountSchema);
    return { account, check: { key, versionstamp } };
  }

  async function findByClaim(key: Key): Promise<Account | null> {
    const { value } = await kv.get(key);
    return value === null ? null : await find(decodeJson(key, value, claimSchema).userId);
  }

  async function find(userId: string): Promise<Account | null> {
    return (await read(userId)).account;
  }

  /** Index and rows; whoever adds one changes the account with it, so a removal misses none. */
  async function* linksOf(userId: string): AsyncGenerator<Key> {
    for await (const { key } of kv.list({ prefix: authKeys.oauthLinksByUser(userId) })) {
      yield key;
      yield authKeys.oauthLink(String(key[3]), String(key[4]));
    }
  }

  async function* byRole(role: Role): AsyncGenerator<Account> {
    for await (const { key } of kv.list({ prefix: authKeys.accountsByRole(role) })) {
      const account = await find(String(key.at(-1)));
      if (account !== null) yield account;
    }
  }

  return {
    find,
    findByUsername: (username) => findByClaim(authKeys.usernameClaim(username)),
    findByEmail: (email) => findByClaim(authKeys.emailClaim(email)),
    byRole,
    async *newest(before) {
      const range = before === undefined
        ? { prefix: authKeys.accounts }
        : { prefix: authKeys.accounts, end: authKeys.account(before) };
      for await (const { key, value } of kv.list(range, { reverse: true })) {
        yield decodeJson(key, value, accountSchema);
      }
    },
    async hasAdmin() {
      for await (const { passwordHash } of byRole("admin")) if (passwordHash !== null) return true;
      return false;
    },
    async create(account, join = alone) {
      const operation = kv.atomic().check({
        key: authKeys.account(account.userId),
        versionstamp: null,
      });
      return (await join(stageChange(operation, null, account)).commit()).ok;
    },
    async update(userId, change, { join = alone } = {}) {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const { account, check } = await read(userId);
        if (account === null) return null;
        const changed = change(account);
        const operation = stageChange(kv.atomic().check(check), account, changed);
        const { ok } = await join(operation).commit();
        if (ok) return changed;
        if (await isTaken(changed)) return "taken";
      }
      throw new Error(`Account "${userId}" changes too often to be changed`);
    },
    async remove(userId) {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const { account, check } = await read(userId);
        if (account === null) return false;
        const operation = stageChange(kv.atomic().check(check), account, null);
        for await (const key of linksOf(userId)) operation.delete(key);
        if ((await operation.commit()).ok) return true;
      }
      throw new Error(`Account "${userId}" changes too often to be removed`);
    },
  };

  async function isTaken(account: Account): Promise<boolean> {
    for (const key of claimsOf(account)) {
      const { value } = await kv.get(key);
      if (value !== null && decodeJson(key, value, claimSchema).userId !== account.userId) {
        return true;
      }
    }
    return false;
  }
}

/** Row, claims and index from one state to the next; null is none. */
function stageChange(
  operation: Deno.AtomicOperation,
  before: Account | null,
  after: Account | null,
): Deno.AtomicOperation {
  const [held, wanted] = [claimsOf(before), claimsOf(after)];
  for (const key of without(wanted, held)) {
    operation.check({ key, versionstamp: null });
    operation.set(key, encodeJson({ userId: after?.userId }));
  }
  for (const key of without(held, wanted)) operation.delete(key);
  if (before !== null) {
    operation.delete(authKeys.accountByRole(before.role, before.userId));
    if (after === null) operation.delete(authKeys.account(before.userId));
  }
  if (after !== null) {
    operation.set(authKeys.account(after.userId), encodeJson(after));
    operation.set(authKeys.accountByRole(after.role, after.userId), null);
  }
  return operation;
}

function claimsOf(account: Account | null): Key[] {
  if (account === null) return [];
  const { username, email } = account;
  const claims = [authKeys.usernameClaim(username)];
  if (email !== null) claims.push(authKeys.emailClaim(email));
  return claims;
}

function without(keys: readonly Key[], others: readonly Key[]): Key[] {
  const known = new Set(others.map(String));
  return keys.filter((key) => !known.has(String(key)));
}
