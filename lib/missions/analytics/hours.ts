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
  detail(query: SpanOfMissions): Promise<Parts<DetailSums>>;
  /** Stores the first marked hours; gives how many. A timer calls it. */
  refresh(): Promise<number>;
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

  async function read<S>(
    cache: HourCache<S>,
    { missionTypes, span }: SpanOfMissions,
  ): Promise<Parts<S>> {
    const found = await Promise.all(missionTypes.map(async (missionType) => {
      const within = await cut(missionType, span);
      if (within === null) return { parts: [], version: 0 };
      const marked = { from: hourOf(within.from), to: within.to };
      return await cache.read(missionType, within, await store.marks(missionType, marked));
    }));
    return {
      parts: found.flatMap(({ parts }) => parts),
      version: Math.max(0, ...found.map((each) => each.version)),
    };
  }

  return {
    core: (query) => read(core, query),
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
