import assert from "node:assert/strict";
import { createAudit } from "../../../lib/audit/mod.ts";
import { createApiKeys, looksLikeApiKey, newApiKeySchema } from "../../../lib/auth/api_keys.ts";
import { createIds } from "../../../lib/ids.ts";
import { testClock } from "../../support/test_clock.ts";

async function open(kv?: Deno.Kv) {
  const store = kv ?? await Deno.openKv(":memory:");
  const clock = testClock();
  const ids = createIds({ clock });
  const audit = createAudit({ kv: store, clock, ids });
  const keys = createApiKeys({ kv: store, clock, ids, audit });
  return { kv: store, clock, keys, audit, [Symbol.dispose]: () => store.close() };
}

const INPUT = { name: "web", scopes: ["events:write" as const] };

Deno.test("[E-22] a key is shown once, and nothing that is stored is the key", async () => {
  using it = await open();
  const { key, text } = await it.keys.create(INPUT, "admin");
  assert.match(text, /^ak_[A-Za-z0-9_-]{43}$/);
  assert.ok(looksLikeApiKey(text));
  assert.deepEqual({ ...key, keyId: "" }, {
    keyId: "",
    name: "web",
    scopes: ["events:write"],
    ending: text.slice(-4),
    createdAt: it.clock.now(),
    createdBy: "admin",
    revokedAt: null,
    lastUsedAt: null,
  });
  for await (const { key, value } of it.kv.list({ prefix: [] })) {
    const stored = value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value);
    assert.ok(!`${key} ${stored}`.includes(text), String(key));
  }
  assert.deepEqual(await it.keys.list(), [key]);
});

Deno.test("[E-22] a key is good until it is revoked, and then at once no longer", async () => {
  using it = await open();
  const { key, text } = await it.keys.create(INPUT, "admin");
  assert.deepEqual(await it.keys.verify(text), { keyId: key.keyId, scopes: ["events:write"] });
  it.clock.advance(1_000);
  const revoked = await it.keys.revoke(key.keyId, "kim");
  assert.equal(revoked.revokedAt, it.clock.now());
  await assert.rejects(() => it.keys.verify(text), { code: "AUTH_FAILED" });
  assert.deepEqual(await it.keys.revoke(key.keyId, "lee"), revoked, "twice is no fault");
  await assert.rejects(() => it.keys.revoke("key_1", "kim"), { code: "NOT_FOUND" });
  const deeds = (await it.audit.list({ limit: 10 })).map((
    { action, target, by },
  ) => [action, target, by]);
  assert.deepEqual(deeds, [
    ["api_key.revoked", key.keyId, "kim"],
    ["api_key.created", key.keyId, "admin"],
  ]);
});

Deno.test("[E-22] a text that is no key of ours is refused", async () => {
  using it = await open();
  await it.keys.create(INPUT, "admin");
  for (const text of ["", "ak_", `ak_${"A".repeat(43)}`, "a".repeat(5_000)]) {
    await assert.rejects(() => it.keys.verify(text), { code: "AUTH_FAILED" });
  }
});

Deno.test("[E-22] the last use is known at once, and stored for the next process", async () => {
  using kv = await Deno.openKv(":memory:");
  const first = await open(kv);
  const { key, text } = await first.keys.create(INPUT, "admin");
  first.clock.advance(5_000);
  await first.keys.verify(text);
  assert.equal((await first.keys.list())[0].lastUsedAt, first.clock.now());
  await first.keys.storeUses();
  const [known] = await (await open(kv)).keys.list();
  assert.deepEqual([known.keyId, known.lastUsedAt], [key.keyId, first.clock.now()]);
});

Deno.test("[E-22] there is an end to how many keys are good", async () => {
  using it = await open();
  const { key } = await it.keys.create(INPUT, "admin");
  for (let i = 1; i < 200; i++) await it.keys.create(INPUT, "admin");
  await assert.rejects(() => it.keys.create(INPUT, "admin"), { code: "CONFLICT" });
  await it.keys.revoke(key.keyId, "admin");
  await it.keys.create(INPUT, "admin");
});

Deno.test("[E-22] a new key has a name and scopes that there are, each once", () => {
  const parse = (input: unknown) => newApiKeySchema.safeParse(input);
  assert.deepEqual(parse({ name: " web ", scopes: ["metrics:read", "metrics:read"] }).data, {
    name: "web",
    scopes: ["metrics:read"],
  });
  for (
    const input of [
      {},
      { name: "", scopes: ["metrics:read"] },
      { name: "a".repeat(61), scopes: ["metrics:read"] },
      { name: "web", scopes: [] },
      { name: "web", scopes: ["everything"] },
    ]
  ) assert.equal(parse(input).success, false, JSON.stringify(input));
});
