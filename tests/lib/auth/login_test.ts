import { deepEqual, equal, notEqual, rejects } from "node:assert/strict";
import { argon2idOfNobody, hashByArgon2id } from "../../../lib/auth/argon2id.ts";
import { testAuth } from "../../support/open_auth.ts";

const HASH = argon2idOfNobody();
const BCRYPT_HASH = `$2b$10$${"a".repeat(53)}`;
const KNOWN = { username: "admin", password: "correct horse", address: "10.0.0.1" };

async function authWithAdmin(hash = HASH) {
  const auth = await testAuth({ settings: { adminUsername: "admin", adminPasswordHash: hash } });
  auth.passwords.know(hash, KNOWN.password);
  return auth;
}

const REFUSED = { code: "AUTH_FAILED", message: "Invalid credentials" };

Deno.test("[M-56] the right password says who it is", async () => {
  using auth = await authWithAdmin();
  const { username, role } = await auth.login.verify(KNOWN);
  deepEqual({ username, role }, { username: "admin", role: "admin" });
});

Deno.test("[M-56] a hash of bcrypt is taken, and replaced once the password is known", async () => {
  using auth = await authWithAdmin(BCRYPT_HASH);
  const stored = async () => (await auth.accounts.findByUsername("admin"))?.passwordHash;
  await rejects(auth.login.verify({ ...KNOWN, password: "wrong" }), REFUSED);
  equal(await stored(), BCRYPT_HASH);
  await auth.login.verify(KNOWN);
  const renewed = await stored();
  notEqual(renewed, BCRYPT_HASH);
  await auth.login.verify(KNOWN);
  equal(await stored(), renewed, "once");
});

Deno.test("[T-M16] an unknown name costs one comparison like a known one, at the same cost", async () => {
  using auth = await authWithAdmin();
  await rejects(auth.login.verify({ ...KNOWN, password: "wrong" }), REFUSED);
  await rejects(auth.login.verify({ ...KNOWN, username: "nobody" }), REFUSED);
  equal(auth.passwords.compared.length, 2);
  const [known, unknown] = auth.passwords.compared;
  equal(known.hash, HASH);
  const costOf = (hash: string) => hash.split("$").slice(0, 4);
  deepEqual(costOf(unknown.hash), costOf(await hashByArgon2id("any")));
});

Deno.test("[T-M16] while one account has a hash of bcrypt, every refusal costs one of each form", async () => {
  using auth = await authWithAdmin(BCRYPT_HASH);
  await rejects(auth.login.verify({ ...KNOWN, password: "wrong" }), REFUSED);
  await rejects(auth.login.verify({ ...KNOWN, username: "nobody" }), REFUSED);
  const forms = auth.passwords.compared.map(({ hash }) => hash.slice(0, 4)).sort();
  deepEqual(forms, ["$2b$", "$2b$", "$arg", "$arg"]);
});

Deno.test("[T-M16] tries are counted by name and address, at the same moment too", async () => {
  using auth = await authWithAdmin();
  const wrong = { ...KNOWN, password: "wrong" };
  const tries = Array.from(
    { length: 20 },
    () => auth.login.verify(wrong).catch(({ code }) => code),
  );
  const codes = Object.groupBy(await Promise.all(tries), (code) => code);
  equal(codes.AUTH_FAILED?.length, 5);
  equal(codes.RATE_LIMIT?.length, 15);
  equal(auth.passwords.compared.length, 5, "who waits costs no comparison");
  const waits = { code: "RATE_LIMIT", details: { retryAfterMs: 60_000 } };
  await rejects(auth.login.verify(KNOWN), waits, "the right one waits as well");
  await auth.login.verify({ ...KNOWN, address: "10.0.0.2" });
  auth.clock.advance(60_000);
  await auth.login.verify(KNOWN);
});

Deno.test("[T-M16] who signs in right is not counted, and what failed before is forgotten", async () => {
  using auth = await authWithAdmin();
  for (let i = 0; i < 4; i++) {
    await rejects(auth.login.verify({ ...KNOWN, password: "wrong" }), REFUSED);
  }
  for (let i = 0; i < 10; i++) await auth.login.verify(KNOWN);
});

Deno.test("[T-M16] a name that nobody can have is refused before anything remembers it", async () => {
  using auth = await authWithAdmin();
  await rejects(auth.login.verify({ ...KNOWN, username: "a".repeat(101) }), REFUSED);
  equal(auth.passwords.compared.length, 0);
});
