import assert from "node:assert/strict";
import { z } from "zod";
import type { AppError } from "../../lib/errors.ts";
import { addKey, newSecret, openKeyFile } from "../../lib/key_file.ts";
import { createSealer } from "../../lib/sealing.ts";
import { tempFolder } from "../../tools/child_server.ts";

const KEY = ["interviews", "answers", "kim"];
const schema = z.object({ text: z.string() });
const cannotOpen = (error: AppError) => error.code === "DATABASE_ERROR";

Deno.test("[P-30] a sealed value tells nothing, opens at its own place, and nowhere else", async () => {
  const sealer = await createSealer([newSecret()]);
  const sealed = await sealer.seal(KEY, { text: "비밀 secret" });
  assert.equal(new TextDecoder().decode(sealed).includes("secret"), false);
  assert.deepEqual(await sealer.open(KEY, sealed, schema), { text: "비밀 secret" });
  assert.notDeepEqual(await sealer.seal(KEY, { text: "비밀 secret" }), sealed);
  await assert.rejects(sealer.open([...KEY, "other"], sealed, schema), cannotOpen);
  for (const at of [0, 5, 20, sealed.length - 1]) {
    const changed = sealed.slice();
    changed[at] ^= 1;
    await assert.rejects(sealer.open(KEY, changed, schema), cannotOpen);
  }
  for (const broken of [null, "text", new Uint8Array(), sealed.slice(0, 10)]) {
    await assert.rejects(sealer.open(KEY, broken, schema), cannotOpen);
  }
});

Deno.test("[P-30] after a key is added, old values open, and are known as old", async () => {
  await using folder = await tempFolder();
  const path = `${folder.path}/answers.key`;
  const before = await createSealer(await openKeyFile(path));
  const sealed = await before.seal(KEY, { text: "old" });
  await addKey(path);
  const after = await createSealer(await openKeyFile(path));
  assert.deepEqual(await after.open(KEY, sealed, schema), { text: "old" });
  assert.deepEqual([before.isOld(sealed), after.isOld(sealed)], [false, true]);
  assert.equal(after.isOld(await after.seal(KEY, { text: "new" })), false);
  assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
  await assert.rejects(
    (await createSealer([newSecret()])).open(KEY, sealed, schema),
    cannotOpen,
  );
});

Deno.test("[P-30] a key file that others can read, or that is none, is refused", async () => {
  await using folder = await tempFolder();
  const path = `${folder.path}/answers.key`;
  await openKeyFile(path);
  await Deno.chmod(path, 0o644);
  await assert.rejects(openKeyFile(path), /others may read it/);
  for (const text of ["", "not a key\n", `${"A".repeat(40)}\n`]) {
    await Deno.writeTextFile(path, text);
    await Deno.chmod(path, 0o600);
    await assert.rejects(openKeyFile(path), /each line must be a key/);
  }
  await Deno.symlink(path, `${path}.link`);
  await assert.rejects(openKeyFile(`${path}.link`), /symbolic link/);
});
