import type { AttemptStore } from "../attempt_store.ts";
import type { AttemptRow } from "../schema.ts";
import { HOUR_MS, hourOf } from "./hour.ts";

/** Held together; an hour that is asked for stays, whatever its size. */
const MAX_ROWS = 20_000;

/**
 * The rows of hours that are read again and again: the one under way, and the ragged ends of a
 * range. Once read, an hour is kept as its rows change; at 1400 attempts an hour, reading takes
 * 50 to 100 ms and a query may take 15.
 */
export interface HourRows {
  /** The attempts that started in an hour, with all that the log has of them up to `position`. */
  read(missionType: string, hour: number, position: number): Promise<RowsOfHour>;
  /** Takes in rows as they are stored, which are then held up to `position`. */
  stored(rows: readonly AttemptRow[], position: number): void;
  /** Changes may have been missed: all is read again. */
  forget(): void;
}

/** Lives: it changes as rows are stored. */
export interface RowsOfHour {
  readonly rows: ReadonlyMap<string, AttemptRow>;
  /** Is another when any row is. */
  readonly version: number;
}

interface Held extends RowsOfHour {
  readonly rows: Map<string, AttemptRow>;
  version: number;
  loading: Promise<void>;
}

export interface HourRowsDeps {
  readonly attempts: AttemptStore;
  /** Counts up. */
  readonly nextVersion: () => number;
}

export function createHourRows({ attempts, nextVersion }: HourRowsDeps): HourRows {
  const held = new Map<string, Held>();
  /** Of the log: what was stored up to here has been heard of. */
  let heardUpTo = 0;

  async function load({ rows }: Held, missionType: string, hour: number): Promise<void> {
    const ids = await attempts.startedIn(missionType, { from: hour, to: hour + HOUR_MS });
    for (const row of await attempts.findMany(ids)) if (row !== null) keep(rows, row);
  }

  function open(missionType: string, hour: number): Held {
    const key = keyOf(missionType, hour);
    const opened: Held = { rows: new Map(), version: nextVersion(), loading: Promise.resolve() };
    held.set(key, opened);
    opened.loading = load(opened, missionType, hour).catch((error) => {
      if (held.get(key) === opened) held.delete(key);
      throw error;
    });
    return opened;
  }

  /** Lets go of the hours that were asked for longest ago. */
  function evict(kept: Held): void {
    let total = 0;
    for (const { rows } of held.values()) total += rows.size;
    for (const [key, each] of held) {
      if (total <= MAX_ROWS) return;
      if (each === kept) continue;
      held.delete(key);
      total -= each.rows.size;
    }
  }

  return {
    async read(missionType, hour, position) {
      const key = keyOf(missionType, hour);
      const known = held.get(key);
      // A change that was stored and not heard of yet, or never: the store has it.
      const wanted = known === undefined || position > heardUpTo ? open(missionType, hour) : known;
      held.delete(key);
      held.set(key, wanted);
      await wanted.loading;
      evict(wanted);
      return wanted;
    },
    stored(rows, position) {
      for (const row of rows) {
        const hour = held.get(keyOf(row.missionType, hourOf(row.startAt)));
        if (hour === undefined) continue;
        keep(hour.rows, row);
        hour.version = nextVersion();
      }
      heardUpTo = Math.max(heardUpTo, position);
    },
    forget() {
      held.clear();
    },
  };
}

/** A row that was read may be older than the one that was heard of meanwhile. */
function keep(rows: Map<string, AttemptRow>, row: AttemptRow): void {
  const known = rows.get(row.attemptId);
  if (known === undefined || known.position <= row.position) rows.set(row.attemptId, row);
}

function keyOf(missionType: string, hour: number): string {
  return `${missionType}/${hour}`;
}
