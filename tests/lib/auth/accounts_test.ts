import { deepEqual, equal } from "node:assert/strict";
import { type Account, createAccounts } from "../../../lib/auth/accounts.ts";
import { authKeys } from "../../../lib/auth/keys.ts";
import { newStaff } from "../../../lib/auth/settings_account.ts";
import { encodeJson } from "../../../lib/kv/json_value.ts";
import { testAuth } from "../../support/open_auth.ts";

const KIM: Account = {
  ...newStaff({ userId: "user_1", username: "kim", passwordHash: "stored", now: 1 }),
  email: "kim@example.org",
};
const LEE: Account = { ...KIM, userId: "user_2", username: "lee", email: "lee@example.org" };

async function keysOf(kv: Deno.Kv): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of kv.list({ prefix: [] })) keys.push(key.slice(1).join(" "));
  return keys;
}

Deno.test("[X-10] an account is found by its id, its name and its address", async () => {
  using kv = await Deno.openKv(":memory:");
  const accounts = createAccounts(kv);
  equal(await accounts.hasAdmin(), false);
  equal(await accounts.create(KIM), true);
  for (
    const found of [
      await accounts.find("user_1"),
      await accounts.findByUsername("kim"),
      await accounts.findByEmail("kim@example.org"),
    ]
  ) deepEqual(found, KIM);
  equal(await accounts.findByUsername("nobody"), null);
  equal(await accounts.hasAdmin(), true);
});

Deno.test("[X-10] a name and an address belong to one account, also at the same moment", async () => {
  using kv = await Deno.openKv(":memory:");
  const accounts = createAccounts(kv);
  const made = await Promise.all([
    accounts.create(KIM),
    accounts.create({ ...LEE, username: "kim" }),
    accounts.create({ ...LEE, email: KIM.email, userId: "user_3" }),
  ]);
  equal(made.filter(Boolean).length, 1);
  const [owner] = await Array.fromAsync(accounts.byRole("admin"));
  equal((await accounts.findByUsername(owner.username))?.userId, owner.userId);
});

Deno.test("[X-10] a change moves claims and indexes with the row, and takes no other's name", async () => {
  using kv = await Deno.openKv(":memory:");
  const accounts = createAccounts(kv);
  await accounts.create(KIM);
  await accounts.create(LEE);
  equal(await accounts.update("user_2", (row) => ({ ...row, username: "kim" })), "taken");
  equal(await accounts.update("user_3", (row) => row), null);
  await accounts.update(
    "user_2",
    (row) => ({ ...row, username: "park", email: null, role: "viewer" }),
  );
  equal(await accounts.findByUsername("lee"), null);
  equal(await accounts.findByEmail("lee@example.org"), null);
  equal((await accounts.findByUsername("park"))?.role, "viewer");
  deepEqual((await Array.fromAsync(accounts.byRole("admin"))).map(({ userId }) => userId), [
    "user_1",
  ]);
  const changes = Array.from(
    { length: 5 },
    () => accounts.update("user_1", (row) => ({ ...row, updatedAt: row.updatedAt + 1 })),
  );
  await Promise.all(changes);
  equal((await accounts.find("user_1"))?.updatedAt, 6);
});

Deno.test("[X-10] nothing of an account stays behind", async () => {
  using kv = await Deno.openKv(":memory:");
  const accounts = createAccounts(kv);
  await accounts.create(KIM);
  await accounts.update("user_1", (row) => ({ ...row, username: "park", role: "viewer" }));
  equal(await accounts.remove("user_1"), true);
  equal(await accounts.remove("user_1"), false);
  deepEqual(await keysOf(kv), []);
});

const SETTINGS = { adminUsername: "kim", adminPasswordHash: "from settings" };
const hashOf = async (kv: Deno.Kv) =>
  (await createAccounts(kv).findByUsername("kim"))?.passwordHash;

Deno.test("[M-56][X-10] the settings' administrator has an account, closed when they drop it", async () => {
  using kv = await Deno.openKv(":memory:");
  const first = await testAuth({ kv, settings: SETTINGS });
  equal(await hashOf(kv), "from settings");
  const { userId } = (await first.accounts.findByUsername("kim"))!;
  const second = await testAuth({ kv, settings: { ...SETTINGS, adminPasswordHash: "another" } });
  equal(await hashOf(kv), "another");
  equal((await second.accounts.findByUsername("kim"))?.userId, userId);
  const third = await testAuth({ kv });
  equal(await hashOf(kv), null);
  equal(await third.accounts.hasAdmin(), false);
});

Deno.test("[M-56] of one name the settings' password counts, and stays when they drop it", async () => {
  using kv = await Deno.openKv(":memory:");
  await createAccounts(kv).create(KIM);
  await testAuth({ kv, settings: SETTINGS });
  equal(await hashOf(kv), "from settings");
  await testAuth({ kv });
  equal(await hashOf(kv), "from settings");
});

Deno.test("[X-10] an administrator of version 0.1 moves into the accounts once", async () => {
  using kv = await Deno.openKv(":memory:");
  const old = { username: "kim", passwordHash: "stored", role: "admin", createdAt: 7 };
  await kv.set([...authKeys.namedAccounts, "kim"], encodeJson(old));
  const { accounts } = await testAuth({ kv });
  const { passwordHash, createdAt, userId } = (await accounts.findByUsername("kim"))!;
  deepEqual([passwordHash, createdAt], ["stored", 7]);
  await testAuth({ kv });
  equal((await accounts.findByUsername("kim"))?.userId, userId);
});
