import { z } from "zod";
import { decodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { authKeys } from "./keys.ts";

export const accountSchema = z.object({
  username: z.string(),
  /** bcrypt. */
  passwordHash: z.string(),
  role: z.literal("admin"),
  createdAt: z.number(),
});

export type AccountRow = z.infer<typeof accountSchema>;

/** Somebody who can sign in. */
export type Account = Pick<AccountRow, "username" | "passwordHash" | "role">;

/** Those of the store, and the one of the environment. */
export interface Accounts {
  find(username: string): Promise<Account | null>;
  /** Whether anybody can sign in at all. */
  isEmpty(): Promise<boolean>;
}

export interface AccountsDeps {
  readonly kv: Kv;
  /** `ADMIN_USERNAME` and `ADMIN_PASSWORD_HASH`; null without. */
  readonly environment: Account | null;
}

/** A name that both know is the environment's: so a forgotten password can be replaced. */
export function createAccounts({ kv, environment }: AccountsDeps): Accounts {
  return {
    async find(username) {
      if (environment?.username === username) return environment;
      const { key, value } = await kv.get(authKeys.account(username));
      return value === null ? null : decodeJson(key, value, accountSchema);
    },
    async isEmpty() {
      if (environment !== null) return false;
      const { done } = await kv.list({ prefix: authKeys.accounts }, { limit: 1 }).next();
      return done === true;
    },
  };
}
