import { table } from "../../bench/machine.ts";
import { hasHeld, type Result } from "./prove.ts";

const MAX_FAULTS_SHOWN = 5;

/** What came of one proof, on one line; faults on lines of their own below it. */
export function toLine(result: Result): string {
  const { proof: { name }, seconds } = result;
  const start = `${name.padEnd(13)}${toWord(result).padEnd(8)}`;
  if (result.kind !== "done") return `${start}${result.why}`;
  const { outcome: { account, notes, faults } } = result;
  const { acknowledged, stored, lost, doubled } = account;
  const line = `${start}${acknowledged} acknowledged, ${stored} stored, ${lost} lost, ` +
    `${doubled} doubled, ${Math.round(seconds)} s: ${notes.join(", ")}`;
  const shown = faults.slice(0, MAX_FAULTS_SHOWN).map((fault) => `  ${fault}`);
  if (faults.length > shown.length) shown.push(`  and ${faults.length - shown.length} more`);
  return [line, ...shown].join("\n");
}

const HEAD = ["proof", "acknowledged", "stored", "lost", "doubled", "seconds", "result"];

/** All proofs as a table in Markdown. */
export function toTable(results: readonly Result[]): string {
  return table(HEAD, results.map(toRow));
}

/** What each proof did, as a list in Markdown. */
export function toList(results: readonly Result[]): string {
  const lines = results.map((result) => {
    const { name, about } = result.proof;
    const said = result.kind === "done" ? result.outcome.notes.join(", ") : result.why;
    return `- ${name}: ${about}. ${toSentence(said)}`;
  });
  return lines.join("\n");
}

function toRow(result: Result): string[] {
  const { name } = result.proof;
  const word = toWord(result);
  if (result.kind !== "done") return [name, "", "", "", "", "", word];
  const { acknowledged, stored, lost, doubled } = result.outcome.account;
  const numbers = [acknowledged, stored, lost, doubled, Math.round(result.seconds)];
  return [name, ...numbers.map(String), word];
}

function toWord(result: Result): string {
  if (result.kind === "skipped") return "skipped";
  return hasHeld(result) ? "held" : "FAILED";
}

function toSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
