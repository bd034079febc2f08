import { deepEqual, equal, rejects } from "node:assert/strict";
import { createAuth } from "../../../lib/auth/mod.ts";
import { fakePasswords } from "../../support/fake_passwords.ts";
import { testClock } from "../../support/test_clock.ts";

const HASH = `$2b$10$${"a".repeat(53)}`;
const KNOWN = { username: "admin", password: "correct horse", address: "10.0.0.1" };

async function authWithAdmin() {
  const kv = await Deno.openKv(":memory:");
  const clock = testClock();
  const passwords = fakePasswords();
  passwords.know(HASH, KNOWN.password);
  const environment = { adminUsername: "admin", adminPasswordHash: HASH };
  const { login } = createAuth({ kv, clock, passwords, environment });
  return { login, clock, passwords, [Symbol.dispose]: () => kv.close() };
}

const REFUSED = { code: "AUTH_FAILED", message: "Invalid credentials" };

Deno.test("[M-56] the right password says who it is", async () => {
  using auth = await authWithAdmin();
  deepEqual(await auth.login.verify(KNOWN), { username: "admin", role: "admin" });
});

Deno.test("[T-M16] an unknown name costs one comparison like a known one, at the same cost", async () => {
  using auth = await authWithAdmin();
  await rejects(auth.login.verify({ ...KNOWN, password: "wrong" }), REFUSED);
  await rejects(auth.login.verify({ ...KNOWN, username: "nobody" }), REFUSED);
  equal(auth.passwords.compared.length, 2);
  const [known, unknown] = auth.passwords.compared;
  equal(known.hash, HASH);
  equal(unknown.hash.slice(0, 7), HASH.slice(0, 7));
  equal(unknown.hash.length, HASH.length);
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
