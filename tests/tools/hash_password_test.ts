import assert from "node:assert/strict";
import { createPasswords } from "../../lib/auth/passwords.ts";

/** Runs the task with something on its standard input, which is no terminal. */
async function hashPiped(input: string | Uint8Array<ArrayBuffer>) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "hash-password"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  // It may end before it has read everything.
  await new Blob([input]).stream().pipeTo(child.stdin).catch(() => {});
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("[M-56][M-64] hash-password takes what is piped in, its first line alone", async () => {
  const passwords = createPasswords();
  const inputs = {
    "secret\n": "secret",
    "correct horse battery": "correct horse battery",
    "  비밀번호 열두 글자 이상\r\nanother line\n": "  비밀번호 열두 글자 이상",
  };
  for (const [input, password] of Object.entries(inputs)) {
    const { code, stdout, stderr } = await hashPiped(input);
    assert.equal(code, 0, stderr);
    const hash = /^ADMIN_PASSWORD_HASH='(\$argon2id\$[^']+)'\n$/.exec(stdout)?.[1];
    assert.ok(hash !== undefined, stdout);
    assert.ok(await passwords.matches(password, hash), input);
    assert.equal(/Short/.test(stderr), password.length < 12);
  }
  passwords.close();
});

Deno.test("[M-56] hash-password says in one sentence what it cannot hash", async () => {
  const inputs: [string | Uint8Array<ArrayBuffer>, RegExp][] = [
    ["", /^No password was given\n$/],
    ["\n\n", /^No password was given\n$/],
    ["a".repeat(129), /^Password is too long: over 128 characters\n$/],
    ["a".repeat(100_000), /^Password is too long, or is not UTF-8\n$/],
    [new Uint8Array([0x61, 0xff, 0x0a]), /^Password is too long, or is not UTF-8\n$/],
  ];
  for (const [input, says] of inputs) {
    const { code, stdout, stderr } = await hashPiped(input);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, says);
  }
});
