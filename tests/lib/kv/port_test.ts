import assert from "node:assert/strict";
import { stage, type Write } from "../../../lib/kv/port.ts";
import { probeStorage } from "../../../lib/kv/probe.ts";
import { faultyKv } from "../../support/faulty_kv.ts";
import { testClock } from "../../support/test_clock.ts";

Deno.test("stage() adds sets, deletes and expiries to one operation", async () => {
  using kv = await Deno.openKv(":memory:");
  await kv.set(["test", "old"], 1);
  const writes: Write[] = [
    { kind: "delete", key: ["test", "old"] },
    { kind: "set", key: ["test", "new"], value: 2 },
    { kind: "set", key: ["test", "brief"], value: 3, expireInMs: 60_000 },
  ];
  const operation = kv.atomic();
  const set = operation.set.bind(operation);
  const options: unknown[] = [];
  operation.set = (key, value, ...more) => {
    options.push(...more);
    return set(key, value, ...more);
  };
  stage(operation, writes);
  assert.deepEqual(options, [{ expireIn: 60_000 }]);
  const valuesOf = () => Array.fromAsync(kv.list({ prefix: ["test"] }), ({ value }) => value);
  assert.deepEqual(await valuesOf(), [1], "nothing before the commit");
  await operation.commit();
  assert.deepEqual(await valuesOf(), [3, 2]);
});

Deno.test("[T-M22] probeStorage() writes, reads back and tells how long it took", async () => {
  using kv = await Deno.openKv(":memory:");
  let now = 0;
  const clock = { ...testClock(), monotonic: () => now += 1.234 };
  assert.equal(await probeStorage(kv, clock), 1.23);
  const stuck = { ...faultyKv(kv).kv, set: () => Promise.reject(new Error("disk I/O error")) };
  await assert.rejects(probeStorage(stuck, clock), /disk I\/O error/);
  const forgetful = {
    ...faultyKv(kv).kv,
    set: () => Promise.resolve({ ok: true as const, versionstamp: "1" }),
  };
  await assert.rejects(probeStorage(forgetful, clock), /Storage gave back another value/);
});
