import assert from "node:assert/strict";
import bcrypt from "bcryptjs";
import { createLogin } from "../../../lib/auth/login.ts";
import type { Passwords } from "../../../lib/auth/passwords.ts";
import { createTokens } from "../../../lib/auth/tokens.ts";
import { testClock } from "../../support/test_clock.ts";

const HASH = bcrypt.hashSync("correct horse", 4);

interface Options {
  readonly username?: string | null;
  readonly passwordHash?: string | null;
  readonly matches?: Passwords["matches"];
}

/** A login whose comparisons are written down. */
function testLogin(options: Options = {}) {
  const { username = "admin", passwordHash = HASH } = options;
  const compared: string[] = [];
  const secret = "0123456789abcdef0123456789abcdef";
  const tokens = createTokens({ secret, clock: testClock(), socketTtlSec: 1, loginTtlSec: 86_400 });
  const passwords: Passwords = {
    matches(password, hash) {
      compared.push(hash);
      return options.matches?.(password, hash) ?? bcrypt.compare(password, hash);
    },
    hash: () => assert.fail("nothing is hashed"),
    close: () => {},
  };
  const { login } = createLogin({ tokens, passwords, username, passwordHash });
  return { login, compared, tokens };
}

const invalid = { code: "AUTH_FAILED", message: "Invalid credentials", details: null };

Deno.test("login() gives a token of the administrator for a day", async () => {
  const { login, tokens } = testLogin();
  const { token, expiresIn } = await login("admin", "correct horse");
  assert.equal(expiresIn, 86_400);
  assert.deepEqual(await tokens.verifyLogin(token), { username: "admin", role: "admin" });
});

Deno.test("login() takes the same way for an unknown name as for a wrong password", async () => {
  const { login, compared } = testLogin();
  await assert.rejects(login("admin", "wrong"), invalid);
  await assert.rejects(login("nobody", "correct horse"), invalid);
  await assert.rejects(login("Admin", "correct horse"), invalid);
  await assert.rejects(login("", ""), invalid);
  assert.equal(compared[0], HASH);
  assert.equal(compared.length, 4, "a comparison each time");
  for (const hash of compared.slice(1)) {
    assert.match(hash, /^\$2b\$12\$[./A-Za-z0-9]{53}$/, "as much work as a hash of ours");
  }
});

Deno.test("login() lets nobody in without an account, whatever the comparison says", async () => {
  const matches = () => Promise.resolve(true);
  const without = testLogin({ username: null, passwordHash: null, matches });
  await assert.rejects(without.login("admin", "any"), invalid);
  await assert.rejects(testLogin({ passwordHash: null, matches }).login("admin", "any"), invalid);
  await assert.rejects(testLogin({ matches }).login("nobody", "any"), invalid);
});
