import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import type { Kv } from "../kv/port.ts";
import { type Account, type Accounts, createAccounts } from "./accounts.ts";
import { createIdentities, type Identities } from "./identity.ts";
import { createLogin, type Login } from "./login.ts";
import { createLoginThrottle } from "./login_throttle.ts";
import { moveNamedAccounts } from "./named_accounts.ts";
import type { Passwords } from "./passwords.ts";
import { createSessions, type NewSession, type Session, type Sessions } from "./sessions.ts";
import { type SettingsAccount, settleSettingsAccount } from "./settings_account.ts";
import { createSetupLink, type SetupLink } from "./setup_link.ts";
import type { Tokens } from "./tokens.ts";

/** Who people are, and how they sign in. */
export interface Auth {
  readonly accounts: Accounts;
  readonly identities: Identities;
  readonly login: Login;
  readonly sessions: Sessions;
  readonly setupLink: SetupLink;
  /** Begins a session of somebody whose proof was good. */
  signIn(account: Account, client: Client): Promise<SignedIn>;
}

/** What asked, and for how long it is let in. */
export type Client = Omit<NewSession, "userId">;

export interface SignedIn {
  readonly session: Session;
  /** Proves the session in a browser. */
  readonly cookie: string;
}

export interface AuthDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  /** The settings' account: it needs both a name and a hash. */
  readonly settings: {
    readonly adminUsername: string | null;
    readonly adminPasswordHash: string | null;
  };
}

/** Opens the accounts, the administrator of the settings among them. */
export async function openAuth(deps: AuthDeps): Promise<Auth> {
  const { kv, clock, ids, passwords, tokens } = deps;
  const settings = settingsAccount(deps.settings);
  const accounts = createAccounts(kv);
  await settleSettingsAccount({ accounts, clock, ids }, settings);
  await moveNamedAccounts({ kv, ids, accounts });
  const throttle = createLoginThrottle(clock);
  const sessions = createSessions({ kv, clock, ids });
  return {
    accounts,
    sessions,
    identities: createIdentities({ accounts, sessions, tokens }),
    login: createLogin({ accounts, passwords, throttle, settings }),
    setupLink: createSetupLink({ kv, clock, ids, accounts, passwords }),
    async signIn({ userId }, client) {
      const lastLoginAt = clock.now();
      await accounts.update(userId, (account) => ({ ...account, lastLoginAt }));
      return await sessions.start({ ...client, userId });
    },
  };
}

function settingsAccount(
  { adminUsername: username, adminPasswordHash: passwordHash }: AuthDeps["settings"],
): SettingsAccount | null {
  return username === null || passwordHash === null ? null : { username, passwordHash };
}
