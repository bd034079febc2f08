import assert from "node:assert/strict";
import bcrypt from "bcryptjs";
import { argon2idOfNobody } from "../../../lib/auth/argon2id.ts";
import { WORKER_SOURCE } from "../../../lib/auth/bcrypt_thread.ts";
import {
  createPasswords,
  isDated,
  isPasswordHash,
  type Passwords,
} from "../../../lib/auth/passwords.ts";
import { readFile } from "../../../tools/files.ts";

/** Cost 4: comparing takes a millisecond. */
const PASSWORD = "correct horse";
const QUICK_HASH = bcrypt.hashSync(PASSWORD, 4);
/** Of "password" and "somesalt", by the reference program of Argon2: 64 KiB, two passes. */
const FOREIGN_HASH =
  "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

/** Runs a test with the real thread and ends it. */
async function withPasswords(use: (passwords: Passwords) => Promise<void>): Promise<void> {
  const passwords = createPasswords();
  try {
    await use(passwords);
  } finally {
    passwords.close();
  }
}

Deno.test("hash() makes a hash of Argon2id at OWASP's cost that matches() knows", async () => {
  await withPasswords(async (passwords) => {
    const hash = await passwords.hash("비밀번호 correct horse");
    assert.match(hash, /^\$argon2id\$v=19\$m=12288,t=3,p=1\$[+/\w]{22}\$[+/\w]{43}$/);
    assert.equal(isDated(hash), false);
    assert.equal(await passwords.matches("비밀번호 correct horse", hash), true);
    assert.equal(await passwords.matches("비밀번호 correct hors", hash), false);
    assert.notEqual(await passwords.hash("비밀번호 correct horse"), hash, "salted");
  });
});

Deno.test("hash() takes a password to its last character, however long", async () => {
  await withPasswords(async (passwords) => {
    const long = "단".repeat(128);
    const hash = await passwords.hash(long);
    assert.equal(await passwords.matches(long, hash), true);
    assert.equal(await passwords.matches(long.slice(0, -1), hash), false);
    assert.equal(await passwords.matches(long + "단", hash), false);
  });
});

Deno.test("matches() compares with hashes of other programs", async () => {
  await withPasswords(async (passwords) => {
    assert.equal(await passwords.matches("password", FOREIGN_HASH), true);
    assert.equal(await passwords.matches("Password", FOREIGN_HASH), false);
    for (const letter of ["a", "b", "y"]) {
      const hash = QUICK_HASH.replace(/^\$2[aby]/, `$2${letter}`);
      assert.equal(isDated(hash), true);
      assert.equal(await passwords.matches(PASSWORD, hash), true, letter);
      assert.equal(await passwords.matches("correct hors", hash), false, letter);
    }
  });
});

Deno.test("matches() knows no password by what is no hash, or one out of measure", async () => {
  const part = argon2idOfNobody();
  const bad = [
    "",
    "no hash",
    QUICK_HASH.slice(0, -1),
    part.slice(0, -1),
    part.replace("argon2id", "argon2i"),
    part.replace("m=12288", "m=7"),
    part.replace("m=12288", "m=999999"),
    part.replace("t=3", "t=0"),
    part.replace("p=1", "p=0"),
    part.replace(/AA\$/, "A*$"),
  ];
  await withPasswords(async (passwords) => {
    for (const hash of bad) {
      assert.equal(isPasswordHash(hash), false, hash);
      assert.equal(await passwords.matches(PASSWORD, hash), false, hash);
    }
    assert.equal(isPasswordHash(part), true);
    assert.equal(await passwords.matches("", part), false, "nobody's");
  });
});

Deno.test("matches() takes no more than 72 bytes for bcrypt, which would cut them", async () => {
  await withPasswords(async (passwords) => {
    const fitting = "p".repeat(72);
    const hash = bcrypt.hashSync(fitting, 4);
    assert.equal(await passwords.matches(fitting, hash), true);
    assert.equal(await passwords.matches(fitting + "q", hash), false);
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

Deno.test("two sign in at once, and neither waits for the other", async () => {
  await withPasswords(async (passwords) => {
    const slow = passwords.matches(PASSWORD, `$2b$14$${"a".repeat(53)}`);
    let isSlowDone = false;
    slow.then(() => isSlowDone = true);
    assert.equal(await passwords.matches("password", FOREIGN_HASH), true);
    assert.equal(isSlowDone, false, "the quick one did not wait for the slow one");
    await slow;
  });
});

Deno.test("close() refuses those that wait", async () => {
  const passwords = createPasswords();
  const slow = `$2b$14$${"a".repeat(53)}`;
  const refused = [1, 2, 3].map(() =>
    assert.rejects(passwords.matches(PASSWORD, slow), /Server shuts down/)
  );
  passwords.close();
  await Promise.all(refused);
});

Deno.test("the thread uses the bcrypt that deno.json names", async () => {
  const { imports } = JSON.parse(await readFile("deno.json"));
  assert.ok(WORKER_SOURCE.includes(`from "${imports.bcryptjs}"`));
});
