import type { Clock } from "../clock.ts";
import type { Kv } from "../kv/port.ts";
import { type Account, createAccounts } from "./accounts.ts";
import { createLogin, type Login } from "./login.ts";
import { createLoginThrottle } from "./login_throttle.ts";
import type { Passwords } from "./passwords.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { createSetupLink, type SetupLink } from "./setup_link.ts";

/** How people sign in. */
export interface Auth {
  readonly login: Login;
  readonly sessions: Sessions;
  readonly setupLink: SetupLink;
}

export interface AuthDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly passwords: Passwords;
  /** The settings' account: it needs both a name and a hash. */
  readonly environment: {
    readonly adminUsername: string | null;
    readonly adminPasswordHash: string | null;
  };
}

export function createAuth({ kv, clock, passwords, environment: settings }: AuthDeps): Auth {
  const environment = environmentAccount(settings);
  const accounts = createAccounts({ kv, environment });
  const throttle = createLoginThrottle(clock);
  return {
    login: createLogin({ accounts, passwords, throttle, environment }),
    sessions: createSessions({ kv, clock }),
    setupLink: createSetupLink({ kv, clock, accounts, passwords }),
  };
}

function environmentAccount(
  { adminUsername: username, adminPasswordHash: passwordHash }: AuthDeps["environment"],
): Account | null {
  if (username === null || passwordHash === null) return null;
  return { username, passwordHash, role: "admin" };
}
