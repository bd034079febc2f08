import assert from "node:assert/strict";
import { findMissingPaths, findPaths } from "../../tools/doc_paths.ts";

Deno.test("findPaths() takes what looks like a path of this repository", () => {
  const table = [
    ["lib/log/writer.ts", "lib/log/writer.ts"],
    ["./main.ts", "main.ts"],
    ["lib/log/", "lib/log"],
    ["bench/", "bench"],
    ["bench", null],
    ["lib/log/writer.ts:12", "lib/log/writer.ts"],
    ["../README.md", "../README.md"],
    ["deno.json", "deno.json"],
    ["islands/Live.tsx", "islands/Live.tsx"],
    ["static/style.css", "static/style.css"],
    ["src/lost.ts", "src/lost.ts"],
    ["static/_built/boot.js", null],
    ["tests/**/*_test.ts", null],
    ["routes/api/<family>.ts", null],
    ["/health", null],
    ["GET lib/x.ts", null],
    ["https://example.org/a.ts", null],
    ["npm:@hono/zod-openapi", null],
    ["@hono/node-server", null],
    ["application/json", null],
    ["Asia/Seoul", null],
    [".ts", null],
    ["Deno.openKv()", null],
  ] as const;
  for (const [name, expected] of table) {
    assert.deepEqual(findPaths(`Read \`${name}\` first`), expected === null ? [] : [expected]);
  }
});

Deno.test("findPaths() reads prose, not code blocks, and each path once", () => {
  const markdown =
    "Read `main.ts` and `main.ts`.\n\n```\nsee `lib/gone.ts`\n```\n\nThen `ws/hub.ts`.";
  assert.deepEqual(findPaths(markdown), ["main.ts", "ws/hub.ts"]);
});

Deno.test("findMissingPaths() looks from the root, from the page and by bare name", () => {
  const files = ["main.ts", "lib/log/writer.ts", "docs/decisions/001-deno.md", "docs/rules.md"];
  const table = [
    ["lib/log/writer.ts", true],
    ["lib/log", true],
    ["writer.ts", true],
    ["decisions/001-deno.md", true],
    ["../main.ts", true],
    ["log/writer.ts", false],
    ["lib/log/reader.ts", false],
    ["reader.ts", false],
    ["lib/metrics", false],
  ] as const;
  for (const [path, isThere] of table) {
    const page = { file: "docs/rules.md", markdown: `See \`${path}\`.` };
    assert.deepEqual(findMissingPaths(page, files), isThere ? [] : [path]);
  }
});
