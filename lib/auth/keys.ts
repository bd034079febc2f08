import type { Key } from "../kv/port.ts";

/** Every key of authentication. */
export const authKeys = {
  secret: ["auth", "secret"] satisfies Key,
  /** All accounts stand under it. */
  accounts: ["auth", "account"] satisfies Key,
  account: (username: string): Key => ["auth", "account", username],
  /** By the hash of its id: who reads the store cannot take over a session. */
  session: (idHash: string): Key => ["auth", "session", idHash],
  apiKeys: ["auth", "api_key"] satisfies Key,
  apiKey: (keyId: string): Key => ["auth", "api_key", keyId],
  /** Of the good keys alone; holds the id. */
  apiKeyByHash: (hash: string): Key => ["auth", "api_key_by_hash", hash],
  apiKeyUse: (keyId: string): Key => ["auth", "api_key_use", keyId],
  setupLink: ["auth", "setup_link"] satisfies Key,
};
