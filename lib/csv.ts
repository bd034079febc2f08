/** What a cell of a table holds. */
export type CsvCell = string | number | boolean | null;

/** In front of the text, it tells Excel that this is UTF-8: without it Korean is unreadable. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** A spreadsheet would run a text with one of these in front as a formula (T-M20). */
const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\r\n]/;

/**
 * One line by RFC 4180, with its CRLF. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front; numbers stay numbers. No value is an empty cell, an empty text is `""`.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(",")}\r\n`;
}

function cellText(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return safe === "" || QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
