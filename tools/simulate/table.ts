export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Text in columns for a terminal; numbers stand to the right. */
export function formatTable({ title, columns, rows }: Table): string {
  const texts = rows.map((row) => row.map(toCell));
  const widths = columns.map((name, i) =>
    Math.max(widthOf(name), ...texts.map((row) => widthOf(row[i] ?? "")))
  );
  const line = (cells: readonly string[], right: readonly boolean[]) =>
    cells.map((cell, i) => pad(cell, widths[i], right[i])).join("  ").trimEnd();
  const numeric = columns.map((_, i) => rows.every((row) => typeof row[i] === "number"));
  return [
    title,
    line(columns, numeric),
    widths.map((width) => "-".repeat(width)).join("  "),
    ...texts.map((row) => line(row, numeric)),
  ].join("\n");
}

function toCell(value: string | number): string {
  if (typeof value === "string") return value.replaceAll("\n", "⏎");
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}

/** Hangul and other wide characters take two columns in a terminal. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += WIDE.test(char) ? 2 : 1;
  return width;
}

const WIDE = /[\p{Script=Hangul}\p{Script=Han}\p{Extended_Pictographic}\uff00-\uff60]/u;
