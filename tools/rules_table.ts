/** One row of `docs/rules.md`. */
export interface RuleRow {
  readonly id: string;
  /** "tested", or "open: " and the planned part that brings it. */
  readonly status: string;
}

/** One id in the name of one test. */
export interface NamedRule {
  readonly id: string;
  /** The whole name of the test. */
  readonly name: string;
  /** Path of the test's file from the root. */
  readonly file: string;
}

/** Reads the rows of all tables of a page: the id in the first column, the status in the last. */
export function parseRules(markdown: string): RuleRow[] {
  return markdown.split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()))
    .filter(([first]) => first !== "Id" && !/^:?-+:?$/.test(first))
    .map((cells) => ({ id: cells[0], status: cells[cells.length - 1] }));
}

/** Every difference between the table and the tests, one sentence each; empty when they agree. */
export function compareRules(rows: readonly RuleRow[], named: readonly NamedRule[]): string[] {
  const listed = new Set(rows.map((row) => row.id));
  return [
    ...repeatedIds(rows).map((id) => `${id} has more than one row`),
    ...rows.flatMap((row) => compareRow(row, named)),
    ...named.filter(({ id }) => !listed.has(id)).map(({ id, name, file }) =>
      `${id} has no row, but "${name}" in ${file} names it`
    ),
  ];
}

function repeatedIds(rows: readonly RuleRow[]): string[] {
  const ids = rows.map((row) => row.id);
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
}

function compareRow({ id, status }: RuleRow, named: readonly NamedRule[]): string[] {
  const test = named.find((one) => one.id === id);
  if (status === "tested") {
    return test === undefined ? [`${id} is "tested", but no test names it`] : [];
  }
  if (!/^open: \S/.test(status)) {
    return [`${id} has the status "${status}", which is neither "tested" nor "open: part"`];
  }
  if (test === undefined) return [];
  return [`${id} is "${status}", but "${test.name}" in ${test.file} names it; mark it "tested"`];
}
