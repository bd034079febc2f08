import assert from "node:assert/strict";
import { AppError } from "../../../lib/errors.ts";
import { answeringKv } from "../../../lib/kv/answering.ts";
import { failingKv } from "../../support/failing_kv.ts";

const KEY = ["test", "a"];

Deno.test("a store that works is passed through as it is", async () => {
  using real = await Deno.openKv(":memory:");
  const kv = answeringKv(real);
  await kv.set(KEY, 1);
  const { ok } = await kv.atomic().set([...KEY, "b"], 2).commit();
  assert.equal(ok, true);
  assert.equal((await kv.get(KEY)).value, 1);
  assert.deepEqual((await kv.getMany([KEY, ["none"]])).map(({ value }) => value), [1, null]);
  const listed = await Array.fromAsync(kv.list({ prefix: ["test"] }), ({ value }) => value);
  assert.deepEqual(listed, [1, 2]);
  await kv.delete(KEY);
  assert.equal((await kv.get(KEY)).value, null);
});

Deno.test("[T-M02] every call of a store that fails is UNAVAILABLE, with a time to wait and its cause", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv: failing, breakDown } = failingKv(real);
  const kv = answeringKv(failing);
  breakDown("all");
  const calls: readonly (() => Promise<unknown>)[] = [
    () => kv.get(KEY),
    () => kv.getMany([KEY]),
    () => kv.set(KEY, 1),
    () => kv.delete(KEY),
    () => kv.list({ prefix: KEY }).next(),
    () => Array.fromAsync(kv.list({ prefix: KEY })),
    () => kv.atomic().set(KEY, 1).commit(),
  ];
  for (const call of calls) {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof AppError);
      assert.equal(error.code, "UNAVAILABLE");
      assert.equal(error.details?.retryAfterMs, 2_000);
      assert.match(String(error.cause), /disk/);
      return true;
    });
  }
});
