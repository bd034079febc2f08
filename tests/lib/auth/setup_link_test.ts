import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import { createAuth } from "../../../lib/auth/mod.ts";
import { fakePasswords } from "../../support/fake_passwords.ts";
import { testClock } from "../../support/test_clock.ts";

const ACCOUNT = { username: "kim", password: "correct horse battery" };
const NOBODY = { adminUsername: null, adminPasswordHash: null };

async function firstStart() {
  const kv = await Deno.openKv(":memory:");
  const clock = testClock();
  const passwords = fakePasswords();
  const auth = createAuth({ kv, clock, passwords, environment: NOBODY });
  return { ...auth, kv, clock, passwords, [Symbol.dispose]: () => kv.close() };
}

Deno.test("[T-M16] the link makes the first administrator, who can sign in, and dies", async () => {
  using it = await firstStart();
  const token = (await it.setupLink.open())!;
  match(token, /^[\w-]{43}$/, "32 random bytes");
  equal(await it.setupLink.isGood(token), true);
  deepEqual(await it.setupLink.use({ token, ...ACCOUNT }), { username: "kim", role: "admin" });
  deepEqual(await it.login.verify({ ...ACCOUNT, address: "::1" }), {
    username: "kim",
    role: "admin",
  });
  equal(await it.setupLink.isGood(token), false);
  equal(await it.setupLink.use({ token, username: "lee", password: ACCOUNT.password }), null);
  equal(await it.setupLink.open(), null, "the next start prints none");
});

Deno.test("[T-M16] the link is good for half an hour", async () => {
  using it = await firstStart();
  const token = (await it.setupLink.open())!;
  it.clock.advance(30 * 60_000 - 1);
  equal(await it.setupLink.isGood(token), true);
  it.clock.advance(1);
  equal(await it.setupLink.isGood(token), false);
  equal(await it.setupLink.use({ token, ...ACCOUNT }), null);
});

Deno.test("[T-M16] each start has a new link, and the one before ends", async () => {
  using it = await firstStart();
  const [first, second] = [(await it.setupLink.open())!, (await it.setupLink.open())!];
  notEqual(first, second);
  equal(await it.setupLink.isGood(first), false);
  equal(await it.setupLink.isGood(second), true);
});

Deno.test("[T-M16] a wrong token is not good, with a link and without", async () => {
  using it = await firstStart();
  equal(await it.setupLink.isGood(""), false);
  const token = (await it.setupLink.open())!;
  for (const wrong of ["", token.slice(1), `${token}=`, "a".repeat(43)]) {
    equal(await it.setupLink.isGood(wrong), false, wrong);
    equal(await it.setupLink.use({ token: wrong, ...ACCOUNT }), null, wrong);
  }
});

Deno.test("[T-M16] of two at the same time one makes the account", async () => {
  using it = await firstStart();
  const token = (await it.setupLink.open())!;
  const made = await Promise.all(["kim", "lee"].map((username) => {
    return it.setupLink.use({ token, username, password: ACCOUNT.password });
  }));
  equal(made.filter((claims) => claims !== null).length, 1);
  const accounts = await Array.fromAsync(it.kv.list({ prefix: ["auth", "account"] }));
  equal(accounts.length, 1);
});

Deno.test("[T-M16] settings that name an administrator end the link", async () => {
  using it = await firstStart();
  const token = (await it.setupLink.open())!;
  const environment = { adminUsername: "admin", adminPasswordHash: `$2b$12$${"a".repeat(53)}` };
  const { setupLink } = createAuth({ ...it, environment });
  equal(await setupLink.isGood(token), false);
  equal(await setupLink.open(), null);
  equal(await it.setupLink.isGood(token), false, "and it does not come back without them");
});

Deno.test("[T-M16] neither the token nor the password stands in the store", async () => {
  using it = await firstStart();
  const token = (await it.setupLink.open())!;
  const seen: string[] = [];
  const look = async () => {
    for await (const { key, value } of it.kv.list({ prefix: [] })) {
      seen.push(`${key.join(" ")} ${new TextDecoder().decode(value as Uint8Array)}`);
    }
  };
  await look();
  await it.setupLink.use({ token, ...ACCOUNT });
  await look();
  equal(seen.length, 2);
  for (const text of seen) equal(text.includes(token) || text.includes(ACCOUNT.password), false);
});

Deno.test("[T-M16] a name or password that is not good makes no account", async () => {
  using it = await firstStart();
  const token = (await it.setupLink.open())!;
  const refused = { code: "VALIDATION_ERROR", details: { field: "username" } };
  await rejects(it.setupLink.use({ token, ...ACCOUNT, username: "../kim" }), refused);
  await rejects(it.setupLink.use({ token, ...ACCOUNT, password: "short" }), {
    code: "VALIDATION_ERROR",
    details: { field: "password" },
  });
  equal(await it.setupLink.isGood(token), true);
});
