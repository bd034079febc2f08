import assert from "node:assert/strict";
import { loadSecret } from "../../../lib/auth/secret.ts";
import { encodeJson } from "../../../lib/kv/json_value.ts";
import { openKv } from "../../../lib/kv/open.ts";

Deno.test("loadSecret() makes a secret once and finds it after a restart", async () => {
  const folder = await Deno.makeTempDir({ prefix: "docent-secret-" });
  try {
    const secrets: string[] = [];
    for (let start = 0; start < 2; start++) {
      const { kv, close } = await openKv(`${folder}/docent.kv`);
      secrets.push(await loadSecret(kv), await loadSecret(kv));
      close();
    }
    assert.equal(new Set(secrets).size, 1);
    assert.equal(Uint8Array.fromBase64(secrets[0]).length, 48);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("loadSecret() makes another one for each store, and takes no short one", async () => {
  using one = await Deno.openKv(":memory:");
  using other = await Deno.openKv(":memory:");
  assert.notEqual(await loadSecret(one), await loadSecret(other));
  await one.set(["auth", "secret"], encodeJson({ secret: "short" }));
  await assert.rejects(loadSecret(one), {
    code: "DATABASE_ERROR",
    details: { key: "auth/secret" },
  });
});
