import type { MissionsContext } from "../context.ts";
import type { MissionFact } from "../schema.ts";
import type { StartedQuery, StartedStore } from "../started_store.ts";
import { codebook } from "./codebook.ts";
import { type Entity, exportEntities, type Moment, type Table } from "./entities.ts";
import { createReadings } from "./readings.ts";
import type { ExportHead, ExportRecord, ExportTable } from "./render.ts";

export interface ExportingDeps extends MissionsContext {
  readonly started: StartedStore;
}

/** A table that is ready to be read, once. */
export interface OpenedExport extends ExportTable, ExportHead {}

/**
 * Exports (M-18): everything that was acknowledged when it was asked for, of the attempts that
 * started in a period. Read in pages while it is written, so that its size costs no memory.
 */
export function createExporting(deps: ExportingDeps) {
  const { clock, rows, history, started, missions } = deps;
  const entities = exportEntities(deps);
  const readings = createReadings(clock);

  async function thisMoment(): Promise<Moment> {
    // Events that are being removed are gone by then, and no others are while it is read.
    await rows.flushedBarrier();
    // An attempt that starts between these two is in the file, and has no events in it.
    const upTo = rows.position();
    return { upTo, cut: await started.cut() };
  }

  async function openExport(table: Table, query: StartedQuery): Promise<OpenedExport> {
    const entity = entities[table];
    const reading = readings.begin();
    const moment = await thisMoment();
    const exportedAt = clock.now();
    const { records: recordCount, withoutEvents } = await entity.count(query, moment);
    const pages = reading.whole(counted(entity.pages(query, moment), recordCount));
    return { exportedAt, recordCount, withoutEvents, columns: entity.columns, pages };
  }

  /**
   * All facts of the attempts, attempt by attempt, each in the order of the log: a copy that
   * another server can import.
   */
  async function openFacts(query: StartedQuery): Promise<AsyncGenerator<MissionFact[]>> {
    const reading = readings.begin();
    return reading.whole(factPages(query, await thisMoment()));
  }

  async function* factPages(query: StartedQuery, { cut, upTo }: Moment) {
    for await (const ids of started.ids(query, cut)) {
      for (const attemptId of ids) {
        for await (const { records } of history.parts(attemptId)) {
          yield records.filter(({ position }) => position <= upTo).map(({ fact }) => fact);
        }
      }
    }
  }

  return {
    openExport,
    openFacts,
    codebook: () => codebook(missions),
    /** True while an export is read; what it counted must stay until then. */
    isExporting: readings.areUnderWay,
  };
}

/** Fails rather than end with another number of records than was told. */
async function* counted(
  pages: ReturnType<Entity["pages"]>,
  recordCount: number,
): AsyncGenerator<ExportRecord[]> {
  let written = 0;
  for await (const page of pages) {
    written += page.length;
    yield page;
  }
  if (written !== recordCount) {
    throw new Error(`Export told ${recordCount} records and had ${written}`);
  }
}
