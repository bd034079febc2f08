import type { Missions } from "../definitions.ts";
import { csvLine } from "../../csv.ts";
import { attemptColumns } from "./attempt_columns.ts";
import type { ColumnText } from "./column.ts";
import type { Table } from "./entities.ts";
import { EVENT_COLUMNS } from "./event_columns.ts";
import { REVIEW_COLUMNS } from "./review_columns.ts";

/** A column of an export as a researcher needs to know it. */
export interface CodebookEntry extends ColumnText {
  readonly entity: Table;
}

/** Every column of every entity, told by the definitions that fill them. */
export function codebook(missions: Missions): CodebookEntry[] {
  return [
    ...attemptColumns(missions).map(describe("attempts")),
    ...EVENT_COLUMNS.map(describe("events")),
    ...REVIEW_COLUMNS.map(describe("reviews")),
  ];
}

function describe(entity: Table) {
  return ({ name, type, unit, meaning }: ColumnText) => ({ entity, name, type, unit, meaning });
}

export function codebookCsv(entries: readonly CodebookEntry[]): string {
  const lines = entries.map(({ entity, name, type, unit, meaning }) =>
    csvLine([entity, name, type, unit, meaning])
  );
  return csvLine(["entity", "name", "type", "unit", "meaning"]) + lines.join("");
}
