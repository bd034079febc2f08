import type { Kv } from "../../kv/port.ts";
import type { Span } from "../../time_zone.ts";
import type { Turn } from "../../turns.ts";
import type { AttemptStore } from "../attempt_store.ts";
import type { Missions } from "../definitions.ts";
import type { RowWatcher } from "../projection.ts";
import { CORE, type CoreSums } from "./core.ts";
import { createDetail, type DetailSums } from "./detail.ts";
import { DAY_MS, hourOf } from "./hour.ts";
import { createHourCache, type HourCache, type Parts } from "./hour_cache.ts";
import { createHourRows } from "./hour_rows.ts";
import { createHourStore } from "./hour_store.ts";
import { pack } from "./packed.ts";

/** Stored in one call, so that stopping need not wait long. */
const MAX_HOURS_PER_STEP = 50;

const LONG_MS = 400 * DAY_MS;

/** What a query is made of. */
export interface SpanOfMissions {
  readonly missionTypes: readonly string[];
  readonly span: Span;
}

/**
 * Partial results of every hour, so that a query costs as much for a million attempts as for a
 * thousand. A changed row marks its hour in the same commit. Queries make marked hours anew in
 * memory; `refresh` also stores them, and removes a mark unless the hour has changed again.
 */
export interface Hours {
  core(query: SpanOfMissions): Promise<Parts<CoreSums>>;
  /** The same for each of several spans that follow each other, at least one, none of them long. */
  coreOfEach(missionTypes: readonly string[], spans: readonly Span[]): Promise<Parts<CoreSums>[]>;
  detail(query: SpanOfMissions): Promise<Parts<DetailSums>>;
  /** Stores the first marked hours; gives how many. A timer calls it. */
  refresh(): Promise<number>;
  /** Forgets rows that the next query of their hour reads again. */
  letGo(): void;
  readonly watcher: RowWatcher;
}

export interface HoursDeps {
  readonly kv: Kv;
  readonly attempts: AttemptStore;
  readonly missions: Missions;
  readonly turn: Turn;
}

export function createHours({ kv, attempts, missions, turn }: HoursDeps): Hours {
  let version = 0;
  const nextVersion = () => ++version;
  const store = createHourStore(kv);
  const rows = createHourRows({ attempts, nextVersion });
  const detailKind = createDetail(missions);
  const core = createHourCache(CORE, { store, rows, nextVersion, turn });
  const detail = createHourCache(detailKind, { store, rows, nextVersion, turn });

  /** A longer span is cut to what there is: a walk through empty centuries takes as long as any. */
  async function cut(missionType: string, span: Span): Promise<Span | null> {
    if (span.to - span.from <= LONG_MS) return span;
    const extent = await store.extent(missionType);
    if (extent === null) return null;
    const within = { from: Math.max(span.from, extent.from), to: Math.min(span.to, extent.to) };
    return within.from < within.to ? within : null;
  }

  /** Of each span, in rising order; what has changed in them is looked up once for all. */
  async function readSpans<S>(
    cache: HourCache<S>,
    missionType: string,
    spans: readonly Span[],
  ): Promise<Parts<S>[]> {
    const [first, last] = [spans[0], spans[spans.length - 1]];
    const marks = await store.marks(missionType, { from: hourOf(first.from), to: last.to });
    const found: Parts<S>[] = [];
    for (const span of spans) found.push(await cache.read(missionType, span, marks));
    return found;
  }

  async function read<S>(
    cache: HourCache<S>,
    { missionTypes, span }: SpanOfMissions,
  ): Promise<Parts<S>> {
    const found = await Promise.all(missionTypes.map(async (missionType) => {
      const within = await cut(missionType, span);
      return within === null ? [] : await readSpans(cache, missionType, [within]);
    }));
    return together(found.flat());
  }

  async function coreOfEach(missionTypes: readonly string[], spans: readonly Span[]) {
    const found = await Promise.all(missionTypes.map((type) => readSpans(core, type, spans)));
    return spans.map((_, index) => together(found.map((ofMission) => ofMission[index])));
  }

  return {
    core: (query) => read(core, query),
    coreOfEach,
    detail: (query) => read(detail, query),

    async refresh() {
      let stored = 0;
      for (const mark of await store.allMarks(MAX_HOURS_PER_STEP)) {
        const partials = [pack(CORE, await core.at(mark)), pack(detailKind, await detail.at(mark))];
        if (await store.save(mark, partials)) stored++;
      }
      core.trim();
      detail.trim();
      return stored;
    },

    letGo: rows.forget,

    watcher: {
      stored: rows.stored,
      forget() {
        rows.forget();
        core.forget();
        detail.forget();
      },
    },
  };
}

function together<S>(all: readonly Parts<S>[]): Parts<S> {
  return {
    parts: all.flatMap(({ parts }) => parts),
    version: Math.max(0, ...all.map(({ version }) => version)),
  };
}
