import assert from "node:assert/strict";
import { findMissingPaths } from "../../tools/doc_paths.ts";
import { listFiles, readFile } from "../../tools/files.ts";

Deno.test("README.md and docs name only files that exist", async () => {
  const files = await listFiles();
  const pages = files.filter((file) => file === "README.md" || /^docs\/.*\.md$/.test(file)).sort();
  const missing: string[] = [];
  for (const file of pages) {
    const page = { file, markdown: await readFile(file) };
    missing.push(...findMissingPaths(page, files).map((path) => `${file} names "${path}"`));
  }
  assert.ok(missing.length === 0, ["Paths that are not in the tree:", ...missing].join("\n"));
});
