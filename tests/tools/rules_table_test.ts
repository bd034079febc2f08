import assert from "node:assert/strict";
import { compareRules, parseRules } from "../../tools/rules_table.ts";

const START = { id: "M-01", name: "starts an attempt", file: "tests/start_test.ts" };

Deno.test("parseRules() reads the first and last column of every table", () => {
  const markdown = `# Rules

Prose with a | bar.

| Id   | In short         | Status |
| ---- | :--------------- | ------ |
| M-01 | Start, \`a\\|b\` | tested |

| Id | In short | Status |
|----|----------|--------|
| E-8.2 | Many | open: missions |
`;
  assert.deepEqual(parseRules(markdown), [
    { id: "M-01", status: "tested" },
    { id: "E-8.2", status: "open: missions" },
  ]);
});

Deno.test("compareRules() is silent when table and tests agree", () => {
  const rows = [{ id: "M-01", status: "tested" }, { id: "M-02", status: "open: missions" }];
  assert.deepEqual(compareRules(rows, [START, START]), []);
});

Deno.test("compareRules() tells each kind of difference", () => {
  const table = [
    ["tested", [], ['M-01 is "tested", but no test names it']],
    ["open: missions", [START], [
      'M-01 is "open: missions", but "starts an attempt" in tests/start_test.ts names it; ' +
      'mark it "tested"',
    ]],
    ["open:", [], ['M-01 has the status "open:", which is neither "tested" nor "open: part"']],
    ["done", [START], ['M-01 has the status "done", which is neither "tested" nor "open: part"']],
    ["tested", [START, { ...START, id: "M-99" }], [
      'M-99 has no row, but "starts an attempt" in tests/start_test.ts names it',
    ]],
  ] as const;
  for (const [status, named, expected] of table) {
    assert.deepEqual(compareRules([{ id: "M-01", status }], named), expected);
  }
});

Deno.test("compareRules() tells all differences at once", () => {
  const rows = ["M-02", "M-02", "M-03"].map((id) => ({ id, status: "tested" }));
  assert.deepEqual(compareRules(rows, [START]), [
    "M-02 has more than one row",
    'M-02 is "tested", but no test names it',
    'M-02 is "tested", but no test names it',
    'M-03 is "tested", but no test names it',
    'M-01 has no row, but "starts an attempt" in tests/start_test.ts names it',
  ]);
});
