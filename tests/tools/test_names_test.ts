import assert from "node:assert/strict";
import { findNamedRules } from "../../tools/test_names.ts";

Deno.test("findNamedRules() reads the ids that a name starts with", () => {
  const table = [
    ['Deno.test("[M-10][T-M15] pages", () => {});', ["M-10", "T-M15"]],
    ['test("[E-8.14] [D-3] survives", run);', ["E-8.14", "D-3"]],
    ['test("[E-21][T-E05] keeps its form", run);', ["E-21", "T-E05"]],
    ['await t.step("[M-02] step", run);', ["M-02"]],
    ["Deno.test(`[M-02] ${kind} ids`, run);", ["M-02"]],
    ['Deno.test({ name: "[M-02] ids", fn: run });', ["M-02"]],
    ['for (const name of ["[M-01] one", "[M-02] two"]) Deno.test(name, run);', ["M-01", "M-02"]],
    ['Deno.test("pages [M-10]", run);', []],
    ['Deno.test("[L-21][T-L05][X-15] people and all", run);', ["L-21", "T-L05", "X-15"]],
    ['Deno.test("[Y-15][L-x] other families", run);', []],
    ['// Deno.test("[M-10] commented out", run);', []],
    ['Deno.test.ignore("[M-10] later", run);', []],
    ['test.skip("[M-10] later", run);', []],
    ['Deno.test({ name: "[M-10] later", ignore: true, fn: run });', []],
    ['Deno.test({ name: "[M-10] on Linux", ignore: isWindows, fn: run });', ["M-10"]],
  ] as const;
  for (const [source, expected] of table) {
    const ids = findNamedRules("tests/a_test.ts", source).map((rule) => rule.id);
    assert.deepEqual(ids, expected, source);
  }
});

Deno.test("findNamedRules() tells the name and the file, in TSX as well", () => {
  const source = 'test("[M-49] page", () => <div>{"text"}</div>);';
  const found = findNamedRules("tests/routes/page_test.tsx", source);
  assert.deepEqual(found.map(({ name, file }) => [name.slice(-4), file]), [
    ["page", "tests/routes/page_test.tsx"],
  ]);
});
