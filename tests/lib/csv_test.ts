import assert from "node:assert/strict";
import fc from "fast-check";
import { type CsvCell, csvLine } from "../../lib/csv.ts";

const CELLS: readonly [name: string, cell: CsvCell, written: string][] = [
  ["a text is written as it is", "쉬웠어요", "쉬웠어요"],
  ["a comma is quoted", "a,b", '"a,b"'],
  ["a quote is doubled and quoted", 'say "hi"', '"say ""hi"""'],
  ["a line feed is quoted", "a\nb", '"a\nb"'],
  ["a carriage return is quoted", "a\rb", '"a\rb"'],
  ["no value is empty", null, ""],
  ["an empty text differs from no value", "", '""'],
  ["a number is a number", 85.5, "85.5"],
  ["a negative number is a number too", -3, "-3"],
  ["a boolean is a word", false, "false"],
  ["a formula is made a text", "=1+1", "'=1+1"],
  ["a plus is made a text", "+82 10", "'+82 10"],
  ["a minus is made a text", "-1+1", "'-1+1"],
  ["an at sign is made a text", "@SUM(A1)", "'@SUM(A1)"],
  ["a tab is made a text", "\t=1", "'\t=1"],
  ["a carriage return in front is made a text, and quoted", "\r=1", '"\'\r=1"'],
  ["a formula with a comma is made a text, and quoted", '=A("x",1)', '"\'=A(""x"",1)"'],
  ["an equals sign within is left alone", "1=1", "1=1"],
];

for (const [name, cell, written] of CELLS) {
  Deno.test(`[T-M20][E-8.8] ${name}`, () => assert.equal(csvLine([cell]), `${written}\r\n`));
}

Deno.test("[T-M20] whatever is written can be read back by RFC 4180, and begins no formula", () => {
  const text = fc.string({ unit: fc.constantFrom(..."=+-@\t\r\n\",'a가 1") });
  fc.assert(fc.property(fc.array(text, { minLength: 1 }), (cells) => {
    const read = readLine(csvLine(cells));
    assert.equal(read.length, cells.length);
    read.forEach((cell, i) => {
      assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
      assert.equal(
        cell.replace(/^'(?=[=+\-@\t\r])/, ""),
        cells[i].replace(/^'(?=[=+\-@\t\r])/, ""),
      );
    });
  }));
});

/** The cells of one line as RFC 4180 tells them, sections 2.5 to 2.7. */
function readLine(line: string): string[] {
  assert.ok(line.endsWith("\r\n"));
  const cells = [...line.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)];
  assert.equal(cells.map(([whole]) => whole).join(""), line.slice(0, -2));
  return cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}
