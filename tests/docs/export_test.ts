import assert from "node:assert/strict";
import { codebook } from "../../lib/missions/export/codebook.ts";
import { readFile } from "../../tools/files.ts";
import { MISSIONS } from "../support/mission_facts.ts";

Deno.test("[M-18] docs/export.md names every column of every export", async () => {
  const page = await readFile("docs/export.md");
  const columns = codebook(MISSIONS).map(({ name }) => name.replace(/^step\d+/, "stepN"));
  const missing = [...new Set(columns)].filter((name) => !page.includes(`\`${name}\``));
  assert.deepEqual(missing, []);
});
