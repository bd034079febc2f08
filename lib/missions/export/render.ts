import { toIso } from "../../clock.ts";
import { BYTE_ORDER_MARK, type CsvCell, csvLine } from "../../csv.ts";
import type { MissionFact } from "../schema.ts";
import type { Cell, ColumnText } from "./column.ts";

/** Records of an export, as cells in the order of their columns, some at a time. */
export interface ExportTable {
  readonly columns: readonly ColumnText[];
  readonly pages: AsyncIterable<readonly ExportRecord[]>;
}
/** The cells of one record. */
export type ExportRecord = readonly Cell[];

/** What the head of a JSON export says. */
export interface ExportHead {
  readonly exportedAt: number;
  readonly recordCount: number;
  /** Told when there are any: attempts whose events were removed. */
  readonly withoutEvents: number;
}

/** `{exportedAt, recordCount, data: […]}`, a record to a line (M-18). */
export async function* renderJson(
  { columns, pages }: ExportTable,
  { exportedAt, recordCount, withoutEvents }: ExportHead,
): AsyncGenerator<string> {
  const toRecord = recordShape(columns);
  const head = {
    exportedAt: toIso(exportedAt),
    recordCount,
    ...(withoutEvents === 0 ? {} : { attemptsWithoutEvents: withoutEvents }),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"data":[`;
  let separator = "\n";
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield separator + page.map((cells) => JSON.stringify(toRecord(cells))).join(",\n");
    separator = ",\n";
  }
  yield "\n]}\n";
}

/** One JSON object to a line. */
export async function* renderNdjson({ columns, pages }: ExportTable): AsyncGenerator<string> {
  const toRecord = recordShape(columns);
  for await (const page of pages) {
    yield page.map((cells) => `${JSON.stringify(toRecord(cells))}\n`).join("");
  }
}

/** One fact to a line, as the log keeps it. */
export async function* renderFacts(
  pages: AsyncIterable<readonly MissionFact[]>,
): AsyncGenerator<string> {
  for await (const facts of pages) {
    yield facts.map((fact) => `${JSON.stringify(fact)}\n`).join("");
  }
}

/** A line of names, then a line to a record (T-M20). */
export async function* renderCsv(
  { columns, pages }: ExportTable,
  { bom }: { bom: boolean },
): AsyncGenerator<string> {
  yield (bom ? BYTE_ORDER_MARK : "") + csvLine(columns.map(({ name }) => name));
  for await (const page of pages) {
    yield page.map((cells) => csvLine(cells.map(toCsvCell))).join("");
  }
}

function toCsvCell(cell: Cell): CsvCell {
  if (typeof cell !== "object" || cell === null) return cell;
  return Array.isArray(cell) ? cell.join("; ") : JSON.stringify(cell);
}

/** Cells to an object; a level of names with dots is null when nothing in it has a value. */
export function recordShape(columns: readonly ColumnText[]) {
  const levels = Map.groupBy(
    columns.map(({ name }, index) => ({ path: name.split("."), index })),
    ({ path }) => path[0],
  );
  return function toRecord(cells: readonly Cell[]): Record<string, unknown> {
    const record: Record<string, unknown> = {};
    for (const [name, entries] of levels) {
      const isLevel = entries[0].path.length > 1;
      const isEmpty = entries.every(({ index }) => cells[index] === null);
      record[name] = !isLevel
        ? cells[entries[0].index]
        : isEmpty
        ? null
        : Object.fromEntries(entries.map(({ path, index }) => [path[1], cells[index]]));
    }
    return record;
  };
}
