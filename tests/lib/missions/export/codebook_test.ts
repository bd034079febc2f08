import assert from "node:assert/strict";
import { codebook, codebookCsv } from "../../../../lib/missions/export/codebook.ts";
import { COLUMN_TYPES, type ColumnType } from "../../../../lib/missions/export/column.ts";
import { TABLES } from "../../../../lib/missions/export/entities.ts";
import { MISSIONS } from "../../../support/mission_facts.ts";
import { openTestMissions } from "../../../support/open_missions.ts";
import { playVisit } from "../../../support/visits.ts";

const ENTRIES = codebook(MISSIONS);

Deno.test("[M-18] the codebook names each column once and tells its type, unit and meaning", () => {
  const names = ENTRIES.map(({ entity, name }) => `${entity} ${name}`);
  assert.equal(new Set(names).size, names.length);
  for (const { entity, name, type, unit, meaning } of ENTRIES) {
    assert.ok(TABLES.includes(entity));
    assert.match(name, /^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z]*)?$/);
    assert.ok(COLUMN_TYPES.includes(type), name);
    assert.match(meaning, /^\S.{8,}$/, name);
    if (/Seconds$|Duration$|^timeOnTask$/.test(name)) assert.equal(unit, "s", name);
    if (/At$|Time$/.test(name) && type === "time") assert.equal(unit, "ISO 8601, UTC", name);
  }
});

const TYPES: Record<ColumnType, (value: unknown) => boolean> = {
  text: (value) => typeof value === "string",
  number: (value) => typeof value === "number" && Number.isFinite(value),
  boolean: (value) => typeof value === "boolean",
  time: (value) => typeof value === "string" && new Date(value).toISOString() === value,
  list: Array.isArray,
  object: (value) => typeof value === "object" && !Array.isArray(value),
};

Deno.test("[M-18] an export has the codebook's columns in its order, and values of its types", async () => {
  await using app = await openTestMissions();
  await playVisit(app.missions);
  const period = { from: 0, to: Number.MAX_SAFE_INTEGER };
  for (const table of TABLES) {
    const opened = await app.missions.openExport(table, { missionTypes: ["portfolio"], period });
    const entries = app.missions.codebook().filter(({ entity }) => entity === table);
    assert.deepEqual(opened.columns.map(({ name }) => name), entries.map(({ name }) => name));
    const records = (await Array.fromAsync(opened.pages)).flat();
    assert.ok(records.length > 0);
    for (const cells of records) {
      entries.forEach(({ name, type }, i) => {
        assert.ok(cells[i] === null || TYPES[type](cells[i]), `${table} ${name}: ${cells[i]}`);
      });
    }
  }
});

Deno.test("[M-18] the codebook as CSV has a line to a column", () => {
  const lines = codebookCsv(ENTRIES).split("\r\n");
  assert.equal(lines[0], "entity,name,type,unit,meaning");
  assert.equal(lines[1], "attempts,attemptId,text,,Id of the attempt");
  assert.equal(lines.length, ENTRIES.length + 2);
});
