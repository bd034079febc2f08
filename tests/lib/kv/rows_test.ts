import assert from "node:assert/strict";
import { z } from "zod";
import { encodeJson } from "../../../lib/kv/json_value.ts";
import { readRows } from "../../../lib/kv/rows.ts";

Deno.test("readRows() gives many rows in the order of their keys, null for none", async () => {
  using kv = await Deno.openKv(":memory:");
  const key = (id: number) => ["test", id];
  for (let id = 0; id < 230; id += 2) await kv.set(key(id), encodeJson({ id }));
  const ids = Array.from({ length: 231 }, (_, index) => (index * 7) % 231);
  const rows = await readRows(kv, ids.map(key), z.object({ id: z.number() }));
  assert.deepEqual(rows, ids.map((id) => id % 2 === 0 && id < 230 ? { id } : null));
  assert.deepEqual(await readRows(kv, [], z.unknown()), []);
});

Deno.test("readRows() refuses a row that is not what the schema says, and names its key", async () => {
  using kv = await Deno.openKv(":memory:");
  await kv.set(["test", "bad"], encodeJson({ id: "none" }));
  await assert.rejects(readRows(kv, [["test", "bad"]], z.object({ id: z.number() })), {
    code: "DATABASE_ERROR",
    details: { key: "test/bad" },
  });
});
