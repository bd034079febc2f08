import type { AttemptStore } from "../attempt_store.ts";
import type { Missions } from "../definitions.ts";
import { orderedEvents } from "../event_page.ts";
import type { HistoryStore } from "../history_store.ts";
import { reduceReview } from "../review.ts";
import type { AttemptRow, MissionRecord, StoredReview } from "../schema.ts";
import type { StartedQuery, StartedStore } from "../started_store.ts";
import { attemptColumns, attemptSource } from "./attempt_columns.ts";
import type { Column, ColumnText } from "./column.ts";
import { EVENT_COLUMNS, eventSource } from "./event_columns.ts";
import type { ExportRecord } from "./render.ts";
import { REVIEW_COLUMNS } from "./review_columns.ts";

/** What makes tables of records. */
export const TABLES = ["attempts", "events", "reviews"] as const;
export type Table = (typeof TABLES)[number];

/** Up to where an export reaches; what comes later is not in it, however long it takes. */
export interface Moment {
  /** Attempts whose start is stored later are left out. */
  readonly cut: string;
  /** Position in the log; later events and reviews are left out. */
  readonly upTo: number;
}

/** What will be in an export. */
export interface Counted {
  readonly records: number;
  /** Attempts whose events would be in it, had they not been removed. */
  readonly withoutEvents: number;
}

/** One kind of record: its columns, how many there are and what they hold. */
export interface Entity {
  readonly columns: readonly ColumnText[];
  count(query: StartedQuery, moment: Moment): Promise<Counted>;
  /** As many records as were counted, in the order of the attempts' starts. */
  pages(query: StartedQuery, moment: Moment): AsyncGenerator<ExportRecord[]>;
}

export interface EntityDeps {
  readonly attempts: AttemptStore;
  readonly history: HistoryStore;
  readonly started: StartedStore;
  readonly missions: Missions;
}

export function exportEntities(deps: EntityDeps): Record<Table, Entity> {
  return {
    attempts: attemptsEntity(deps),
    events: eventsEntity(deps),
    reviews: reviewsEntity(deps),
  };
}

/** The rows as they are now: an attempt is in the file once, whatever becomes of it meanwhile. */
function attemptsEntity(deps: EntityDeps): Entity {
  const columns = attemptColumns(deps.missions);
  return {
    columns,
    async count(query, { cut }) {
      return { records: await deps.started.count(query, cut), withoutEvents: 0 };
    },
    async *pages(query, moment) {
      for await (const rows of rowPages(deps, query, moment)) {
        yield rows.map((row) => cellsOf(columns, attemptSource(row, deps.missions)));
      }
    },
  };
}

function eventsEntity(deps: EntityDeps): Entity {
  const { missions } = deps;
  return {
    columns: EVENT_COLUMNS,
    async count(query, moment) {
      let records = 0;
      let withoutEvents = 0;
      for await (const rows of rowPages(deps, query, moment)) {
        for (const row of rows) {
          if (row.eventsRemovedAt === null) records += await countEvents(deps, row, moment);
          else withoutEvents++;
        }
      }
      return { records, withoutEvents };
    },
    async *pages(query, moment) {
      for await (const rows of rowPages(deps, query, moment)) {
        for (const row of rows) {
          const definition = missions.version(row.missionType, row.missionVersion);
          for await (const run of eventRuns(deps, row, moment)) {
            yield run.map(({ fact }) => cellsOf(EVENT_COLUMNS, eventSource(row, fact, definition)));
          }
        }
      }
    },
  };
}

function reviewsEntity(deps: EntityDeps): Entity {
  async function* sources(query: StartedQuery, moment: Moment) {
    for await (const rows of rowPages(deps, query, moment)) {
      for (const row of rows) {
        const review = await reviewAt(deps, row, moment);
        if (review !== null) yield { row, review };
      }
    }
  }
  return {
    columns: REVIEW_COLUMNS,
    async count(query, moment) {
      let records = 0;
      for await (const _ of sources(query, moment)) records++;
      return { records, withoutEvents: 0 };
    },
    async *pages(query, moment) {
      for await (const source of sources(query, moment)) yield [cellsOf(REVIEW_COLUMNS, source)];
    },
  };
}

async function* rowPages({ attempts, started }: EntityDeps, query: StartedQuery, { cut }: Moment) {
  for await (const ids of started.ids(query, cut)) {
    yield (await attempts.findMany(ids)).filter((row) => row !== null);
  }
}

function cellsOf<Source>(columns: readonly Column<Source>[], source: Source): ExportRecord {
  return columns.map((column) => column.of(source));
}

/** Events of an attempt are put in the order of time within so many bytes of them, as stored. */
const MAX_RUN_BYTES = 2 * 1024 * 1024;

/** The events of an attempt in the order of time; of a huge one in several such runs. */
async function* eventRuns({ history }: EntityDeps, { attemptId }: AttemptRow, { upTo }: Moment) {
  let records: MissionRecord[] = [];
  let bytes = 0;
  for await (const part of history.parts(attemptId)) {
    records.push(...part.records.filter(({ position }) => position <= upTo));
    bytes += part.bytes;
    if (bytes < MAX_RUN_BYTES) continue;
    yield orderedEvents(records);
    records = [];
    bytes = 0;
  }
  yield orderedEvents(records);
}

/** From the row where that is no newer than the moment, which nearly all of them are not. */
async function countEvents(deps: EntityDeps, row: AttemptRow, moment: Moment): Promise<number> {
  if (row.position <= moment.upTo) return row.eventCount;
  let count = 0;
  for await (const run of eventRuns(deps, row, moment)) count += run.length;
  return count;
}

async function reviewAt({ history }: EntityDeps, row: AttemptRow, { upTo }: Moment) {
  if (row.position <= upTo) return row.review;
  let review: StoredReview | null = null;
  for (const { position, fact } of await history.read(row.attemptId)) {
    if (fact.type === "missions.reviewed" && position <= upTo) review = reduceReview(review, fact);
  }
  return review;
}
