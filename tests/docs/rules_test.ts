import assert from "node:assert/strict";
import { listFiles, readFile } from "../../tools/files.ts";
import { compareRules, type NamedRule, parseRules } from "../../tools/rules_table.ts";
import { findNamedRules } from "../../tools/test_names.ts";

const PAGE = "docs/rules.md";

Deno.test("docs/rules.md says of each rule whether a test names it", async () => {
  const rows = parseRules(await readFile(PAGE));
  assert.notEqual(rows.length, 0, `${PAGE} has no rows`);
  const differences = compareRules(rows, await readNamedRules());
  assert.ok(differences.length === 0, [`${PAGE} and the tests differ:`, ...differences].join("\n"));
});

async function readNamedRules(): Promise<NamedRule[]> {
  const files = (await listFiles("tests/")).filter((file) => /_test\.tsx?$/.test(file)).sort();
  const found: NamedRule[] = [];
  for (const file of files) found.push(...findNamedRules(file, await readFile(file)));
  return found;
}
