import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import plugin from "../../../tools/lint/mod.ts";

const DOMAIN_FILE = "lib/missions/service.ts";

/** Runs all rules over one line of a file; gives "rule: the code it points at" of each finding. */
function lint(file: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, file, source)
    .map(({ id, range }) => `${id.replace("docent/", "")}: ${source.slice(...range)}`);
}

Deno.test("plugin reads every way of writing an import", () => {
  const refused = [
    'import { hub } from "../../ws/hub.ts";',
    'import "../../ws/hub.ts";',
    'import type { Hub } from "../../ws/hub.ts";',
    'export { hub } from "../../ws/hub.ts";',
    'export * from "../../ws/hub.ts";',
    'import("../../ws/hub.ts")',
  ];
  for (const source of refused) assert.deepEqual(lint(DOMAIN_FILE, source), [`imports: ${source}`]);
  assert.deepEqual(lint(DOMAIN_FILE, 'type Hub = import("../../ws/hub.ts").Hub;'), [
    'imports: import("../../ws/hub.ts").Hub',
  ]);
  assert.deepEqual(lint(DOMAIN_FILE, 'import { z } from "zod"; export const a = 1;'), []);
});

Deno.test("plugin takes import type as a type, and inline type marks as a value", () => {
  const file = "islands/Live.tsx";
  assert.deepEqual(lint(file, 'import type { A } from "../lib/missions/mod.ts";'), []);
  assert.deepEqual(lint(file, 'export type { A } from "../lib/missions/mod.ts";'), []);
  assert.deepEqual(lint(file, 'export type * from "../lib/missions/mod.ts";'), []);
  assert.deepEqual(lint(file, 'type A = import("../lib/missions/mod.ts").A;'), []);
  // What is left of it after the types are gone is `import "…"`, which still loads the file.
  assert.equal(lint(file, 'import { type A } from "../lib/missions/mod.ts";').length, 1);
});

Deno.test("plugin finds guarded globals however they are reached", () => {
  const table = [
    ["Date.now();", "Date.now"],
    ['Date["now"]();', 'Date["now"]'],
    ["const { now } = Date;", "now"],
    ["new Date();", "new Date()"],
    ["new Date;", "new Date"],
    ["run(Math.random);", "Math.random"],
    ["globalThis.crypto.randomUUID();", "globalThis.crypto.randomUUID"],
    ['Deno.env.get("PORT");', "Deno.env"],
    ["console?.log(1);", "console?.log"],
  ];
  for (const [source, found] of table) {
    assert.deepEqual(lint(DOMAIN_FILE, source), [`globals: ${found}`]);
  }
  for (const source of ["new Date(0);", "Date.parse(text);", "clock.now();", "Math.max(1, 2);"]) {
    assert.deepEqual(lint(DOMAIN_FILE, source), []);
  }
});

Deno.test("plugin finds KV keys that are written out", () => {
  const table = [
    'kv.get(["missions"])',
    'deps.kv.get(["missions"])',
    'this.#kv!.set(["missions"], 1)',
    'op.delete(["missions"] as Deno.KvKey)',
    'kv.atomic().check(head).set(["missions"], 1)',
    'operation.check({ key: ["missions"], versionstamp: null })',
    'kv.list({ prefix: ["missions"] })',
    'kv.list({ start: ["missions"], end })',
    'kv.getMany([keys.head, ["missions"]])',
    'writes.push({ kind: "delete", key: ["missions"] })',
  ];
  for (const source of table) {
    assert.match(lint(DOMAIN_FILE, source).join(), /^kv-keys: \["missions"\]/, source);
    assert.deepEqual(lint("lib/missions/keys.ts", source), [], source);
  }
});

Deno.test("plugin lets keys by name and other stores pass", () => {
  const table = [
    "kv.get(keys.attempt(id));",
    "kv.list({ prefix: keys.attempts });",
    'cache.set(["a"], 1);',
    "kv.getMany([keys.head, keys.tail]);",
    "const { start = [] } = options;",
    "z.object({ key: z.array(z.string()) });",
  ];
  for (const source of table) assert.deepEqual(lint(DOMAIN_FILE, source), [], source);
});

Deno.test("plugin places a file by its path from the root", () => {
  const file = fileURLToPath(new URL(`../../../${DOMAIN_FILE}`, import.meta.url));
  assert.equal(lint(file, 'import "../metrics/mod.ts";').length, 1);
});
