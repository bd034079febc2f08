import assert from "node:assert/strict";
import type { Cell, ColumnText } from "../../../../lib/missions/export/column.ts";
import {
  type ExportTable,
  renderCsv,
  renderJson,
  renderNdjson,
} from "../../../../lib/missions/export/render.ts";

const COLUMNS: readonly ColumnText[] = [
  { name: "id", type: "text", unit: null, meaning: "" },
  { name: "review.rating", type: "number", unit: null, meaning: "" },
  { name: "review.feedback", type: "text", unit: null, meaning: "" },
  { name: "warnings", type: "list", unit: null, meaning: "" },
  { name: "data", type: "object", unit: null, meaning: "" },
];
const FIRST = ["a", 4, "=1+1 쉬워요", ["one", "two"], { url: "/a", n: 1 }] as const;
const SECOND = ["b", null, null, [], {}] as const;

function table(...pages: Cell[][][]): ExportTable {
  return {
    columns: COLUMNS,
    pages: (async function* () {
      yield* pages;
    })(),
  };
}

async function join(texts: AsyncIterable<string>): Promise<string> {
  return (await Array.fromAsync(texts)).join("");
}

const RECORDS = [
  {
    id: "a",
    review: { rating: 4, feedback: "=1+1 쉬워요" },
    warnings: ["one", "two"],
    data: { url: "/a", n: 1 },
  },
  { id: "b", review: null, warnings: [], data: {} },
];
const TOLD = {
  exportedAt: Date.parse("2025-01-19T10:40:00.000Z"),
  recordCount: 2,
  withoutEvents: 0,
};

Deno.test("[M-18] JSON has the document's envelope, and dots are levels", async () => {
  const text = await join(renderJson(table([[...FIRST]], [], [[...SECOND]]), TOLD));
  const body = JSON.parse(text);
  assert.deepEqual(Object.keys(body), ["exportedAt", "recordCount", "data"]);
  assert.deepEqual(body, {
    exportedAt: "2025-01-19T10:40:00.000Z",
    recordCount: 2,
    data: RECORDS,
  });
});

Deno.test("[M-18] JSON of nothing is whole", async () => {
  const text = await join(renderJson(table(), { ...TOLD, recordCount: 0 }));
  assert.deepEqual(JSON.parse(text).data, []);
});

Deno.test("[M-18] NDJSON has a record to a line", async () => {
  const text = await join(renderNdjson(table([[...FIRST], [...SECOND]])));
  assert.deepEqual(text.trimEnd().split("\n").map((line) => JSON.parse(line)), RECORDS);
});

Deno.test("[M-18][T-M20][E-8.8] CSV is safe from formulas, readable in Excel and by RFC 4180", async () => {
  const text = await join(renderCsv(table([[...FIRST]], [[...SECOND]]), { bom: true }));
  assert.equal(
    text,
    "\uFEFFid,review.rating,review.feedback,warnings,data\r\n" +
      'a,4,\'=1+1 쉬워요,one; two,"{""url"":""/a"",""n"":1}"\r\n' +
      'b,,,"",{}\r\n',
  );
});

Deno.test("[T-M20] the byte order mark can be left out", async () => {
  assert.match(await join(renderCsv(table(), { bom: false })), /^id,/);
});
