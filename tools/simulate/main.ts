import { systemClock } from "../../lib/clock.ts";
import { NoServerError, RefusedError } from "./api.ts";
import type { VisitRecord } from "./kiosk.ts";
import { HELP, type Options, parseOptions } from "./options.ts";
import { PatienceError } from "./patience.ts";
import { showProgress } from "./progress.ts";
import { toDifferenceTable, toTables } from "./report.ts";
import { createRun, type Run } from "./run.ts";
import { formatTable, type Table } from "./table.ts";

const EXIT = { well: 0, differences: 1, wrongFlags: 2, noServer: 3 } as const;

async function simulate(options: Options): Promise<number> {
  const run = createRun(options);
  await run.prepare();
  const startedAt = systemClock.monotonic();
  try {
    await playWithProgress(run, options);
  } finally {
    const wallMs = systemClock.monotonic() - startedAt;
    toTables(run.records, { tally: run.tally, wallMs }).forEach(print);
  }
  if (!options.verify) return run.records.some(wentWrong) ? EXIT.differences : EXIT.well;

  const { differences } = await run.verify();
  if (differences.length > 0) {
    print(toDifferenceTable(differences));
    return EXIT.differences;
  }
  const events = run.records.reduce((sum, it) => sum + it.ledger.entries.length, 0);
  console.log(
    `Verified: ${run.records.length} attempts and ${events} events are as they were sent.`,
  );
  return EXIT.well;
}

function wentWrong({ complaints, ledger }: VisitRecord): boolean {
  const isRefused = ledger.entries.some((entry) => entry.refused !== null);
  return isRefused || complaints.length > 0 || ledger.complaints.length > 0;
}

async function playWithProgress(run: Run, { visitors }: Options): Promise<void> {
  const encoder = new TextEncoder();
  const done = showProgress({
    visitors,
    tally: run.tally,
    terminal: Deno.stderr.isTerminal(),
    write: (text) => void Deno.stderr.writeSync(encoder.encode(text)),
  });
  try {
    await run.play();
  } finally {
    done();
  }
}

function print(table: Table): void {
  console.log(`${formatTable(table)}\n`);
}

function fail(message: string, code: number): number {
  console.error(`simulate: ${message}`);
  return code;
}

async function main(args: readonly string[]): Promise<number> {
  const parsed = parseOptions(args);
  if (parsed.kind === "help") {
    console.log(HELP);
    return EXIT.well;
  }
  if (parsed.kind === "wrong") {
    return fail(`${parsed.faults.join("\nsimulate: ")}\nSee --help.`, EXIT.wrongFlags);
  }
  try {
    return await simulate(parsed.options);
  } catch (error) {
    if (error instanceof PatienceError || error instanceof NoServerError) {
      return fail(error.message, EXIT.noServer);
    }
    if (error instanceof RefusedError) return fail(error.message, EXIT.differences);
    throw error;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
