import type { Key } from "../kv/port.ts";

/** Every key of authentication. */
export const authKeys = {
  secret: ["auth", "secret"] satisfies Key,
  /** All accounts stand under it. */
  accounts: ["auth", "account"] satisfies Key,
  account: (username: string): Key => ["auth", "account", username],
  /** By the hash of its id: who reads the store cannot take over a session. */
  session: (idHash: string): Key => ["auth", "session", idHash],
  setupLink: ["auth", "setup_link"] satisfies Key,
};
