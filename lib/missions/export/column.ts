import { toIso } from "../../clock.ts";

/** A value in an export: what JSON can say. */
export type Cell = string | number | boolean | null | readonly string[] | Readonly<CellObject>;
type CellObject = Record<string, unknown>;

export const COLUMN_TYPES = ["text", "number", "boolean", "time", "list", "object"] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** What the codebook says of a column. */
export interface ColumnText {
  /** In JSON a dot is a level: `review.rating` is the rating in the object `review`. */
  readonly name: string;
  readonly type: ColumnType;
  /** Null where the value is no quantity. */
  readonly unit: string | null;
  readonly meaning: string;
}

/** One column of an export: how it is described and how it is filled, side by side. */
export interface Column<Source> extends ColumnText {
  readonly of: (source: Source) => Cell;
}

type Of<Source, Value> = (source: Source) => Value | null;

/** Makers of columns of each type. */
export interface ColumnMaker<Source> {
  text(name: string, meaning: string, of: Of<Source, string>): Column<Source>;
  flag(name: string, meaning: string, of: Of<Source, boolean>): Column<Source>;
  /** Filled from epoch milliseconds. */
  time(name: string, meaning: string, of: Of<Source, number>): Column<Source>;
  number(name: string, meaning: string, of: Of<Source, number>, unit?: string): Column<Source>;
  list(name: string, meaning: string, of: Of<Source, readonly string[]>): Column<Source>;
  object(name: string, meaning: string, of: Of<Source, Readonly<CellObject>>): Column<Source>;
}

export function columnMaker<Source>(): ColumnMaker<Source> {
  return {
    text: (name, meaning, of) => ({ name, type: "text", unit: null, meaning, of }),
    flag: (name, meaning, of) => ({ name, type: "boolean", unit: null, meaning, of }),
    time(name, meaning, of) {
      const isoOf = (source: Source) => {
        const at = of(source);
        return at === null ? null : toIso(at);
      };
      return { name, type: "time", unit: "ISO 8601, UTC", meaning, of: isoOf };
    },
    number: (name, meaning, of, unit) => ({
      name,
      type: "number",
      unit: unit ?? null,
      meaning,
      of,
    }),
    list: (name, meaning, of) => ({ name, type: "list", unit: null, meaning, of }),
    object: (name, meaning, of) => ({ name, type: "object", unit: null, meaning, of }),
  };
}
