import type { Key } from "../kv/port.ts";
import type { Role } from "./roles.ts";

/** What a link in a letter is for. */
export type LinkPurpose = "reset" | "verify";

/** Every key of authentication. */
export const authKeys = {
  secret: ["auth", "secret"] satisfies Key,
  apiKeys: ["auth", "api_key"] satisfies Key,
  apiKey: (keyId: string): Key => ["auth", "api_key", keyId],
  /** Of the good keys alone; holds the id. */
  apiKeyByHash: (hash: string): Key => ["auth", "api_key_by_hash", hash],
  apiKeyUse: (keyId: string): Key => ["auth", "api_key_use", keyId],
  account: (userId: string): Key => ["auth", "accounts", userId],
  accounts: ["auth", "accounts"] satisfies Key,
  accountByRole: (role: Role, userId: string): Key => [...authKeys.accountsByRole(role), userId],
  accountsByRole: (role: Role): Key => ["auth", "accounts_by_role", role],
  /** Whose name or address it is: one account's at a time. */
  usernameClaim: (username: string): Key => ["auth", "username_claims", username],
  emailClaim: (email: string): Key => ["auth", "email_claims", email],
  /** Accounts as they stood before they had ids. */
  namedAccounts: ["auth", "account"] satisfies Key,
  session: (sessionId: string): Key => ["auth", "sessions", sessionId],
  sessionByUser: (userId: string, sessionId: string): Key => [
    ...authKeys.sessionsByUser(userId),
    sessionId,
  ],
  sessionsByUser: (userId: string): Key => ["auth", "sessions_by_user", userId],
  link: (purpose: LinkPurpose, userId: string): Key => ["auth", "links", purpose, userId],
  /** What began and has to come back. */
  oauthState: (state: string): Key => ["auth", "oauth_states", state],
  /** The account behind somebody of another house. */
  oauthLink: (provider: string, subject: string): Key => ["auth", "oauth_links", provider, subject],
  oauthLinkByUser: (userId: string, provider: string, subject: string): Key => [
    ...authKeys.oauthLinksByUser(userId),
    provider,
    subject,
  ],
  oauthLinksByUser: (userId: string): Key => ["auth", "oauth_links_by_user", userId],
  setupLink: ["auth", "setup_link"] satisfies Key,
};
