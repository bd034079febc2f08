import assert from "node:assert/strict";
import bcrypt from "bcryptjs";
import { createPasswords, type Passwords, WORKER_SOURCE } from "../../../lib/auth/passwords.ts";
import { readFile } from "../../../tools/files.ts";

/** Cost 4: comparing takes a millisecond. */
const PASSWORD = "correct horse";
const QUICK_HASH = bcrypt.hashSync(PASSWORD, 4);

/** Runs a test with the real thread and ends it. */
async function withPasswords(use: (passwords: Passwords) => Promise<void>): Promise<void> {
  const passwords = createPasswords();
  try {
    await use(passwords);
  } finally {
    passwords.close();
  }
}

Deno.test("hash() makes a bcrypt hash of cost 10 that matches() knows", async () => {
  await withPasswords(async (passwords) => {
    const hash = await passwords.hash("비밀번호 correct horse");
    assert.match(hash, /^\$2[aby]\$10\$[./A-Za-z0-9]{53}$/);
    assert.equal(await passwords.matches("비밀번호 correct horse", hash), true);
    assert.equal(await passwords.matches("비밀번호 correct hors", hash), false);
  });
});

Deno.test("matches() compares with hashes of other programs", async () => {
  await withPasswords(async (passwords) => {
    for (const letter of ["a", "b", "y"]) {
      const hash = QUICK_HASH.replace(/^\$2[aby]/, `$2${letter}`);
      assert.equal(await passwords.matches(PASSWORD, hash), true, letter);
    }
    for (const hash of ["", "no hash", QUICK_HASH.slice(0, -1)]) {
      assert.equal(await passwords.matches(PASSWORD, hash), false, hash);
    }
  });
});

Deno.test("hash() refuses more than 72 bytes, which bcrypt would cut, and matches() none", async () => {
  await withPasswords(async (passwords) => {
    const fitting = "p".repeat(72);
    const hash = bcrypt.hashSync(fitting, 4);
    assert.equal(await passwords.matches(fitting, hash), true);
    assert.equal(await passwords.matches(fitting + "q", hash), false);
    const refusal = {
      code: "VALIDATION_ERROR",
      message: "Password is too long",
      details: { field: "password", expected: "at most 72 bytes" },
    };
    await assert.rejects(passwords.hash(fitting + "q"), refusal);
    await assert.rejects(passwords.hash("단".repeat(25)), refusal);
  });
});

Deno.test("matches() refuses when too many wait, and goes on afterwards", async () => {
  await withPasswords(async (passwords) => {
    const waiting = Array.from({ length: 32 }, () => passwords.matches(PASSWORD, QUICK_HASH));
    const refusal = { code: "RATE_LIMIT", details: { retryAfterMs: 5_000 } };
    await assert.rejects(passwords.matches(PASSWORD, QUICK_HASH), refusal);
    await assert.rejects(passwords.hash(PASSWORD), refusal);
    assert.ok((await Promise.all(waiting)).every((matches) => matches));
    assert.equal(await passwords.matches(PASSWORD, QUICK_HASH), true);
  });
});

Deno.test("two sign in at once, each in a thread of its own", async () => {
  await withPasswords(async (passwords) => {
    const slow = passwords.matches(PASSWORD, `$2b$14$${"a".repeat(53)}`);
    let isSlowDone = false;
    slow.then(() => isSlowDone = true);
    assert.equal(await passwords.matches(PASSWORD, QUICK_HASH), true);
    assert.equal(isSlowDone, false, "the quick one did not wait for the slow one");
    await slow;
  });
});

Deno.test("close() refuses those that wait", async () => {
  const passwords = createPasswords();
  const waiting = assert.rejects(passwords.hash(PASSWORD), /Server shuts down/);
  passwords.close();
  await waiting;
});

Deno.test("the thread uses the bcrypt that deno.json names", async () => {
  const { imports } = JSON.parse(await readFile("deno.json"));
  assert.ok(WORKER_SOURCE.includes(`from "${imports.bcryptjs}"`));
});
