import { deepEqual, equal } from "node:assert/strict";
import { createAccounts } from "../../../lib/auth/accounts.ts";
import { authKeys } from "../../../lib/auth/keys.ts";
import { encodeJson } from "../../../lib/kv/json_value.ts";

const STORED = { username: "kim", passwordHash: "stored", role: "admin", createdAt: 1 } as const;
const FROM_SETTINGS = { username: "kim", passwordHash: "from settings", role: "admin" } as const;

Deno.test("[M-56] an account is the store's or the settings'; of one name the settings count", async () => {
  using kv = await Deno.openKv(":memory:");
  const stored = createAccounts({ kv, environment: null });
  equal(await stored.isEmpty(), true);
  equal(await stored.find("kim"), null);
  await kv.set(authKeys.account("kim"), encodeJson(STORED));
  equal(await stored.isEmpty(), false);
  deepEqual(await stored.find("kim"), STORED);
  const both = createAccounts({ kv, environment: FROM_SETTINGS });
  deepEqual(await both.find("kim"), FROM_SETTINGS);
});

Deno.test("[M-56] the settings' account alone is enough to sign in", async () => {
  using kv = await Deno.openKv(":memory:");
  const accounts = createAccounts({ kv, environment: FROM_SETTINGS });
  equal(await accounts.isEmpty(), false);
  equal(await accounts.find("lee"), null);
});
