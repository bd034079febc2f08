import assert from "node:assert/strict";
import { formatTable } from "../../../tools/simulate/table.ts";

Deno.test("formatTable() puts text left, numbers right, and Hangul in two columns", () => {
  const text = formatTable({
    title: "Visits",
    columns: ["mission", "n"],
    rows: [["portfolio", 12], ["단어", 3.25]],
  });
  assert.equal(
    text,
    ["Visits", "mission      n", "---------  ---", "portfolio   12", "단어       3.3"].join(
      "\n",
    ),
  );
});

Deno.test("formatTable() keeps a row on one line", () => {
  const text = formatTable({ title: "t", columns: ["a"], rows: [["one\ntwo"]] });
  assert.equal(text.split("\n").length, 4);
});
