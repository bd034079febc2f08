import { AppError } from "../../errors.ts";
import type { TextLine } from "../../text_lines.ts";
import type { MissionsContext } from "../context.ts";
import type { AttemptGate } from "../gate.ts";
import type { MissionFact } from "../schema.ts";
import { beginImport, type ImportedInto, importFact } from "./attempt_facts.ts";
import { checkLine } from "./check_line.ts";
import { factKey } from "./fact_key.ts";
import { emptyReport, type ImportReport, refuseLine } from "./report.ts";

/** Lines that are stored together; those of one attempt fit one commit. */
const MAX_BATCH_LINES = 2_000;
const MAX_BATCH_BYTES = 512 * 1024;
/** With more, the file is not a copy of this exhibition's attempts. */
const MAX_FOREIGN = 1_000;

interface CheckedLine {
  readonly number: number;
  readonly fact: MissionFact;
}

/** One import under way. */
interface Run {
  readonly report: ImportReport;
  /** Attempts that are others here, by their ids. */
  readonly foreign: Set<string>;
}

/** Takes in what `entity=facts` exported, here or on another server. */
export function createImporting(context: MissionsContext) {
  const { log, rows, history, missions, gates, commit } = context;
  let isRunning = false;

  /**
   * Stores the facts that are not here yet; the same file twice changes nothing. A line that
   * cannot be taken is told with its number and left out, the others are imported.
   * @throws AppError CONFLICT while another import runs, and when a thousand attempts of the file
   *   have ids of others here
   * @throws AppError UNAVAILABLE when the store does not take it; what was stored before stays,
   *   and the file can be imported again
   */
  async function importFacts(lines: AsyncIterable<TextLine>): Promise<ImportReport> {
    if (isRunning) throw new AppError("CONFLICT", "Another import is running, wait for it");
    isRunning = true;
    try {
      return await importAll(lines);
    } finally {
      isRunning = false;
    }
  }

  async function importAll(lines: AsyncIterable<TextLine>): Promise<ImportReport> {
    const run: Run = { report: emptyReport(), foreign: new Set() };
    let batch: CheckedLine[] = [];
    let bytes = 0;
    for await (const line of lines) {
      run.report.lines++;
      const fact = refusing(run.report, line.number, () => checkLine(line, missions));
      if (fact === null) continue;
      batch.push({ number: line.number, fact });
      bytes += line.bytes;
      if (batch.length < MAX_BATCH_LINES && bytes < MAX_BATCH_BYTES) continue;
      await storeBatch(batch, run);
      batch = [];
      bytes = 0;
    }
    await storeBatch(batch, run);
    run.report.faults.sort((a, b) => a.line - b.line);
    return run.report;
  }

  /** Attempts side by side, so that they share commits; all are waited for, also after a fault. */
  async function storeBatch(batch: readonly CheckedLine[], run: Run): Promise<void> {
    const byAttempt = Map.groupBy(batch, ({ fact }) => fact.attemptId);
    const stored = await Promise.allSettled(
      [...byAttempt].map(async ([attemptId, lines]) => {
        const keys = await keysOf(attemptId);
        await gates.use(attemptId, (gate) => storeAttempt(gate, { lines, keys }, run));
      }),
    );
    const failed = stored.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
    if (run.foreign.size <= MAX_FOREIGN) return;
    throw new AppError("CONFLICT", "File has other attempts with the ids of attempts here");
  }

  async function storeAttempt(
    gate: AttemptGate | null,
    { lines, keys }: { readonly lines: readonly CheckedLine[]; readonly keys: Set<string> },
    { report, foreign }: Run,
  ): Promise<void> {
    let into: ImportedInto | null = gate === null ? null : { gate, keys };
    const facts: MissionFact[] = [];
    for (const { number, fact } of lines) {
      const verdict = refusing(report, number, () => {
        if (into !== null) return importFact(into, fact, foreign);
        into = beginImport(fact, missions);
        return "new";
      });
      if (verdict === "known") report.known++;
      if (verdict === "new") facts.push(fact);
    }
    if (into === null || facts.length === 0) return;
    if (gate === null) {
      await log.append(facts);
      gates.add(into.gate);
      report.attempts++;
    } else await commit(gate, facts);
    report.imported += facts.length;
  }

  /** Keys of all facts that an attempt has, those included that are on their way. */
  async function keysOf(attemptId: string): Promise<Set<string>> {
    await rows.flushedBarrier();
    return new Set((await history.read(attemptId)).map(({ fact }) => factKey(fact)));
  }

  return { importFacts };
}

/** What a line gives; null, and a fault in the report, for one that is refused. */
function refusing<T>(report: ImportReport, line: number, take: () => T): T | null {
  try {
    return take();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    refuseLine(report, line, error);
    return null;
  }
}
