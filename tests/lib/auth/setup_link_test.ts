import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import { openAuth } from "../../../lib/auth/mod.ts";
import { testAuth } from "../../support/open_auth.ts";

const ACCOUNT = { username: "kim", password: "correct horse battery" };
Deno.test("[T-M16] the link makes the first administrator, who can sign in, and dies", async () => {
  using it = await testAuth();
  const token = (await it.setupLink.open())!;
  match(token, /^[\w-]{43}$/, "32 random bytes");
  equal(await it.setupLink.isGood(token), true);
  const made = (await it.setupLink.use({ token, ...ACCOUNT }))!;
  deepEqual([made.username, made.role], ["kim", "admin"]);
  deepEqual(await it.login.verify({ ...ACCOUNT, address: "::1" }), made);
  equal(await it.setupLink.isGood(token), false);
  equal(await it.setupLink.use({ token, username: "lee", password: ACCOUNT.password }), null);
  equal(await it.setupLink.open(), null, "the next start prints none");
});

Deno.test("[T-M16] the link is good for half an hour", async () => {
  using it = await testAuth();
  const token = (await it.setupLink.open())!;
  it.clock.advance(30 * 60_000 - 1);
  equal(await it.setupLink.isGood(token), true);
  it.clock.advance(1);
  equal(await it.setupLink.isGood(token), false);
  equal(await it.setupLink.use({ token, ...ACCOUNT }), null);
});

Deno.test("[T-M16] each start has a new link, and the one before ends", async () => {
  using it = await testAuth();
  const [first, second] = [(await it.setupLink.open())!, (await it.setupLink.open())!];
  notEqual(first, second);
  equal(await it.setupLink.isGood(first), false);
  equal(await it.setupLink.isGood(second), true);
});

Deno.test("[T-M16] a wrong token is not good, with a link and without", async () => {
  using it = await testAuth();
  equal(await it.setupLink.isGood(""), false);
  const token = (await it.setupLink.open())!;
  for (const wrong of ["", token.slice(1), `${token}=`, "a".repeat(43)]) {
    equal(await it.setupLink.isGood(wrong), false, wrong);
    equal(await it.setupLink.use({ token: wrong, ...ACCOUNT }), null, wrong);
  }
});

Deno.test("[T-M16] of two at the same time one makes the account", async () => {
  using it = await testAuth();
  const token = (await it.setupLink.open())!;
  const made = await Promise.all(["kim", "lee"].map((username) => {
    return it.setupLink.use({ token, username, password: ACCOUNT.password });
  }));
  equal(made.filter((claims) => claims !== null).length, 1);
  equal((await Array.fromAsync(it.accounts.byRole("admin"))).length, 1);
});

Deno.test("[T-M16] settings that name an administrator end the link", async () => {
  using it = await testAuth();
  const token = (await it.setupLink.open())!;
  const settings = { adminUsername: "admin", adminPasswordHash: `$2b$12$${"a".repeat(53)}` };
  const { setupLink } = await openAuth({ ...it, settings });
  equal(await setupLink.isGood(token), false);
  equal(await setupLink.open(), null);
  equal(await it.setupLink.isGood(token), false, "and it does not come back without them");
});

Deno.test("[T-M16] neither the token nor the password stands in the store", async () => {
  using it = await testAuth();
  const token = (await it.setupLink.open())!;
  const seen: string[] = [];
  const look = async () => {
    for await (const { key, value } of it.kv.list({ prefix: [] })) {
      const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : "";
      seen.push(`${key.join(" ")} ${text}`);
    }
  };
  await look();
  await it.setupLink.use({ token, ...ACCOUNT });
  await look();
  equal(seen.length, 4, "the link; the account, its claim and index");
  for (const text of seen) equal(text.includes(token) || text.includes(ACCOUNT.password), false);
});

Deno.test("[T-M16] a name or password that is not good makes no account", async () => {
  using it = await testAuth();
  const token = (await it.setupLink.open())!;
  const refused = { code: "VALIDATION_ERROR", details: { field: "username" } };
  await rejects(it.setupLink.use({ token, ...ACCOUNT, username: "../kim" }), refused);
  await rejects(it.setupLink.use({ token, ...ACCOUNT, password: "short" }), {
    code: "VALIDATION_ERROR",
    details: { field: "password" },
  });
  equal(await it.setupLink.isGood(token), true);
});
