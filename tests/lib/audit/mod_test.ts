import assert from "node:assert/strict";
import { createAudit } from "../../../lib/audit/mod.ts";
import { createIds } from "../../../lib/ids.ts";
import { testClock } from "../../support/test_clock.ts";

Deno.test("the audit log says who did what to what and when, the newest first, in pages", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = testClock();
  const audit = createAudit({ kv, clock, ids: createIds({ clock }) });
  for (let i = 0; i < 5; i++) {
    await audit.record({ action: "attempt.excluded", target: `attempt_${i}`, by: "kim" });
    clock.advance(1_000);
  }
  const first = await audit.list({ limit: 3 });
  assert.deepEqual(first.map(({ target }) => target), ["attempt_4", "attempt_3", "attempt_2"]);
  const { auditId, ...entry } = first[2];
  assert.match(auditId, /^audit_\d{22}$/);
  assert.deepEqual(entry, {
    at: clock.now() - 3_000,
    by: "kim",
    action: "attempt.excluded",
    target: "attempt_2",
  });
  const rest = await audit.list({ limit: 3, before: auditId });
  assert.deepEqual(rest.map(({ target }) => target), ["attempt_1", "attempt_0"]);
});

Deno.test("an entry is stored with the deed, or not at all", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = testClock();
  const audit = createAudit({ kv, clock, ids: createIds({ clock }) });
  const write = audit.write({ action: "api_key.created", target: "key_1", by: "kim" });
  assert.deepEqual(await audit.list({ limit: 10 }), []);
  assert.ok(write.kind === "set");
  await kv.atomic().set(write.key, write.value).commit();
  assert.equal((await audit.list({ limit: 10 })).length, 1);
});
