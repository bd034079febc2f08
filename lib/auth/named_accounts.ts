import { z } from "zod";
import { decodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import type { Ids } from "../ids.ts";
import type { Accounts } from "./accounts.ts";
import { authKeys } from "./keys.ts";
import { newStaff } from "./settings_account.ts";

const namedSchema = z.object({
  username: z.string(),
  passwordHash: z.string(),
  createdAt: z.number(),
});

export interface NamedAccountsDeps {
  readonly kv: Kv;
  readonly ids: Ids;
  readonly accounts: Accounts;
}

/** Moves administrators that version 0.1 kept by their name into the accounts; once. */
export async function moveNamedAccounts({ kv, ids, accounts }: NamedAccountsDeps): Promise<void> {
  for await (const { key, value } of kv.list({ prefix: authKeys.namedAccounts })) {
    const { username, passwordHash, createdAt } = decodeJson(key, value, namedSchema);
    const account = newStaff({ userId: ids.user(), username, passwordHash, now: createdAt });
    const moved = await accounts.create(account, (operation) => operation.delete(key));
    // Taken: the settings' account of that name was made before this one could move.
    if (!moved) await kv.delete(key);
  }
}
