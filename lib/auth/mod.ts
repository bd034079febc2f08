import type { Audit } from "../audit/mod.ts";
import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import type { Kv } from "../kv/port.ts";
import { type Account, type Accounts, createAccounts } from "./accounts.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { createIdentities, type Identities } from "./identity.ts";
import { createLogin, type Login } from "./login.ts";
import { createLoginThrottle } from "./login_throttle.ts";
import { createLinks } from "./links.ts";
import { moveNamedAccounts } from "./named_accounts.ts";
import { createOAuth, type OAuth, type OAuthDeps } from "./oauth.ts";
import type { Passwords } from "./passwords.ts";
import { createRegistration, type Registration, type RegistrationDeps } from "./registration.ts";
import { createSecondFactor, type SecondFactor } from "./second_factor.ts";
import { createSessions, type NewSession, type Session, type Sessions } from "./sessions.ts";
import { type SettingsAccount, settleSettingsAccount } from "./settings_account.ts";
import { createSetupLink, type SetupLink } from "./setup_link.ts";
import { createTokenPairs, type TokenPairs } from "./token_pairs.ts";
import type { Tokens } from "./tokens.ts";

/** Who people are, and how they sign in. */
export interface Auth {
  readonly accounts: Accounts;
  readonly directory: Directory;
  readonly identities: Identities;
  readonly login: Login;
  readonly sessions: Sessions;
  readonly secondFactor: SecondFactor;
  readonly setupLink: SetupLink;
  readonly registration: Registration;
  readonly tokenPairs: TokenPairs;
  readonly oauth: OAuth;
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
  readonly audit: Audit;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  /** The settings' account: it needs both a name and a hash. */
  readonly settings: {
    readonly adminUsername: string | null;
    readonly adminPasswordHash: string | null;
  };
  readonly oauthClients: OAuthDeps["clients"];
  /** Whether people sign in only after they confirmed their address. */
  readonly requireVerifiedEmail: boolean;
  readonly write: RegistrationDeps["write"];
  /** Told of everybody who signs in; nobody waits for it. */
  readonly onSignIn: (userId: string) => void;
  /** Told of a letter that could not be written. */
  readonly onLetterError: (error: unknown) => void;
}

/** Opens the accounts, the administrator of the settings among them. */
export async function openAuth(deps: AuthDeps): Promise<Auth> {
  const { kv, clock, ids, passwords, tokens } = deps;
  const settings = settingsAccount(deps.settings);
  const accounts = createAccounts(kv);
  await settleSettingsAccount({ accounts, clock, ids }, settings);
  await moveNamedAccounts({ kv, ids, accounts });
  const throttle = createLoginThrottle(clock);
  const secondFactor = createSecondFactor({ accounts, clock });
  const sessions = createSessions({ kv, clock, ids });
  const login = createLogin({
    ...deps,
    secondFactor,
    accounts,
    sessions,
    throttle,
    settingsHash: settings?.passwordHash ?? null,
  });
  return {
    accounts,
    sessions,
    secondFactor,
    directory: createDirectory({ accounts, sessions, audit: deps.audit, clock }),
    identities: createIdentities({ accounts, sessions, tokens }),
    login,
    setupLink: createSetupLink({ kv, clock, ids, accounts, passwords }),
    registration: createRegistration({
      ...deps,
      accounts,
      login,
      sessions,
      links: createLinks({ kv, clock }),
      onError: deps.onLetterError,
    }),
    oauth: createOAuth({ kv, clock, ids, accounts, login, sessions, clients: deps.oauthClients }),
    tokenPairs: createTokenPairs({ accounts, sessions, tokens }),
    async signIn({ userId }, client) {
      const lastLoginAt = clock.now();
      await accounts.update(userId, (account) => ({ ...account, lastLoginAt }));
      const signedIn = await sessions.start({ ...client, userId });
      deps.onSignIn(userId);
      return signedIn;
    },
  };
}

function settingsAccount(
  { adminUsername: username, adminPasswordHash: passwordHash }: AuthDeps["settings"],
): SettingsAccount | null {
  return username === null || passwordHash === null ? null : { username, passwordHash };
}
