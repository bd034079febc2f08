import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import { type Account, type Accounts, newAccount } from "./accounts.ts";

/** `ADMIN_USERNAME` and `ADMIN_PASSWORD_HASH`. */
export interface SettingsAccount {
  readonly username: string;
  /** Of bcrypt or Argon2id. */
  readonly passwordHash: string;
}

export interface SettingsAccountDeps {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly ids: Ids;
}

/**
 * Makes the store say what the settings say of the administrator (X-10). A name that the store
 * knows already gets the settings' password, so that a forgotten one can be replaced; an account
 * that only the settings made is closed when they no longer name it.
 */
export async function settleSettingsAccount(
  { accounts, clock, ids }: SettingsAccountDeps,
  settings: SettingsAccount | null,
): Promise<void> {
  for await (const account of accounts.byRole("admin")) {
    if (!account.isFromSettings || account.username === settings?.username) continue;
    await accounts.update(account.userId, (row) => ({ ...row, passwordHash: null }));
  }
  if (settings === null) return;
  const { username, passwordHash } = settings;
  const known = await accounts.findByUsername(username);
  if (known === null) {
    await accounts.create({
      ...newStaff({ userId: ids.user(), username, passwordHash, now: clock.now() }),
      isFromSettings: true,
    });
  } else if (known.passwordHash !== passwordHash || known.role !== "admin") {
    await accounts.update(known.userId, (row) => ({ ...row, passwordHash, role: "admin" }));
  }
}

export interface NewStaff {
  readonly userId: string;
  readonly username: string;
  readonly passwordHash: string;
  readonly now: number;
}

/** An administrator's account as it begins. */
export function newStaff({ passwordHash, ...rest }: NewStaff): Account {
  return { ...newAccount({ ...rest, name: rest.username, role: "admin" }), passwordHash };
}
