import { isPasswordHash } from "../auth/passwords.ts";
import type { Reader } from "./readers.ts";
import { parseUrl } from "./url.ts";

const MIN_SECRET_CHARS = 32;

/** Who may sign in, and for how long. */
export interface AuthSettings {
  readonly jwtSecret: string | null;
  readonly loginTtlSec: number;
  readonly accessTtlSec: number;
  readonly refreshTtlSec: number;
  /** Whether a person signs in only after they confirmed their address. */
  readonly requireVerifiedEmail: boolean;
  readonly wsTokenTtlSec: number;
  readonly adminUsername: string | null;
  /** Of bcrypt or Argon2id. */
  readonly adminPasswordHash: string | null;
  /** Kiosk id by key. */
  readonly kioskKeys: ReadonlyMap<string, string>;
  readonly requireKioskKey: boolean;
}

export interface OAuthClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export function parseAuth(read: Reader): AuthSettings {
  const adminPasswordHash = read.optional("ADMIN_PASSWORD_HASH");
  if (adminPasswordHash !== null && !isPasswordHash(adminPasswordHash)) {
    const expected = "a hash of bcrypt or Argon2id (in a shell, in single quotes)";
    read.fault("ADMIN_PASSWORD_HASH", expected);
  }
  return {
    jwtSecret: parseSecret(read, "JWT_SECRET") ?? parseSecret(read, "ACCESS_TOKEN_SECRET"),
    loginTtlSec: read.seconds("JWT_EXPIRES_IN", 86_400),
    accessTtlSec: read.seconds("ACCESS_TOKEN_EXPIRES_IN", 900),
    refreshTtlSec: read.seconds("REFRESH_TOKEN_EXPIRES_IN", 30 * 86_400),
    requireVerifiedEmail: read.flag("REQUIRE_VERIFIED_EMAIL", read.optional("SMTP_URL") !== null),
    wsTokenTtlSec: read.seconds("WS_TOKEN_EXPIRES_IN", 600),
    adminUsername: read.optional("ADMIN_USERNAME") ?? (adminPasswordHash === null ? null : "admin"),
    adminPasswordHash,
    kioskKeys: parseKioskKeys(read),
    requireKioskKey: read.flag("REQUIRE_KIOSK_KEY", false),
  };
}

const OAUTH_ISSUERS = {
  google: "https://accounts.google.com",
  linkedin: "https://www.linkedin.com/oauth",
} as const;

/** By provider; none without a client id. */
export function parseOAuth(read: Reader): Record<string, OAuthClient> {
  const clients: Record<string, OAuthClient> = {};
  for (const [provider, usual] of Object.entries(OAUTH_ISSUERS)) {
    const prefix = provider.toUpperCase();
    const issuer = parseUrl(read, `${prefix}_ISSUER`, ["http:", "https:"]) ?? usual;
    const clientId = read.optional(`${prefix}_CLIENT_ID`);
    const clientSecret = read.optional(`${prefix}_CLIENT_SECRET`);
    if (clientId === null) continue;
    if (clientSecret === null) {
      read.fault(`${prefix}_CLIENT_SECRET`, `set with ${prefix}_CLIENT_ID`);
    } else clients[provider] = { issuer, clientId, clientSecret };
  }
  return clients;
}

function parseSecret(read: Reader, name: string): string | null {
  const secret = read.optional(name);
  if (secret !== null && secret.length < MIN_SECRET_CHARS) {
    read.fault(name, `at least ${MIN_SECRET_CHARS} characters long`);
  }
  return secret;
}

function parseKioskKeys(read: Reader): Map<string, string> {
  const keys = new Map<string, string>();
  for (const pair of read.list("KIOSK_KEYS")) {
    const match = /^([a-z0-9-]{1,40}):(\S{16,200})$/.exec(pair);
    if (match === null) {
      read.fault("KIOSK_KEYS", "a list of name:key, the key of 16 characters or more");
    } else keys.set(match[2], `kiosk_${match[1]}`);
  }
  return keys;
}
