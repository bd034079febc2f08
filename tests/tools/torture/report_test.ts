import assert from "node:assert/strict";
import type { Result } from "../../../tools/torture/prove.ts";
import { toLine, toList, toTable } from "../../../tools/torture/report.ts";
import { fakeProof, outcome } from "./proofs.ts";

const held: Result = { proof: fakeProof(), seconds: 4.4, kind: "done", outcome: outcome() };
const faults = ["1", "2", "3", "4", "5", "6", "7"].map((n) => `fault ${n}`);
const broken: Result = { ...held, outcome: outcome({ lost: 1, faults }) };
const skipped: Result = { proof: fakeProof(), seconds: 0, kind: "skipped", why: "anvil: none" };

Deno.test("toLine() tells the four numbers of a proof", () => {
  assert.equal(
    toLine(held),
    "fake         held    12 acknowledged, 12 stored, 0 lost, 0 doubled, 4 s: 3 attempts",
  );
  assert.equal(toLine(skipped), "fake         skipped anvil: none");
});

Deno.test("toLine() shows the first faults, and how many more there are", () => {
  const [line, ...below] = toLine(broken).split("\n");
  assert.match(line, /^fake +FAILED +12 acknowledged, 11 stored, 1 lost/);
  assert.deepEqual(below, [...faults.slice(0, 5).map((fault) => `  ${fault}`), "  and 2 more"]);
});

Deno.test("toTable() and toList() are Markdown, with a row and a line for each proof", () => {
  const rows = toTable([held, broken, skipped]).split("\n");
  assert.equal(rows.length, 5);
  assert.match(rows[2], /^\| +fake \| +12 \| +12 \| +0 \| +0 \| +4 \| +held \|$/);
  assert.match(rows[4], /skipped \|$/);
  assert.equal(
    toList([held, skipped]),
    "- fake: nothing is done. 3 attempts.\n- fake: nothing is done. Anvil: none.",
  );
});
