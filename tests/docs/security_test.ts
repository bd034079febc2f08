import assert from "node:assert/strict";
import { listFiles, readFile } from "../../tools/files.ts";

const PAGE = "docs/security.md";
/** A test as the table names it: its file, and its name without the ids. */
const NAMED = /`(tests\/[^`]+)`: "([^"]+)"/g;

Deno.test("docs/security.md names tests that there are", async () => {
  const files = await listFiles("tests/");
  const named = [...(await readFile(PAGE)).matchAll(NAMED)];
  assert.ok(named.length > 40, `${named.length} tests are named`);
  const missing: string[] = [];
  for (const [, file, name] of named) {
    const isThere = files.includes(file) && (await readFile(file)).includes(name);
    if (!isThere) missing.push(`${file}: ${name}`);
  }
  assert.deepEqual(missing, []);
});

Deno.test("docs/security.md shows each item by a test, or says that it is open or by reading", async () => {
  const rows = (await readFile(PAGE)).split("\n").filter((line) => /^\| \d/.test(line));
  assert.ok(rows.length > 35, `${rows.length} items`);
  const unclear = rows.filter((row) => {
    const [, , , shownBy] = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return !/^`tests\//.test(shownBy) && shownBy !== "open" && shownBy !== "by reading";
  });
  assert.deepEqual(unclear, []);
});
