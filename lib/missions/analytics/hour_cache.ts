import type { Span } from "../../time_zone.ts";
import { HOUR_MS, hourOf, toHours } from "./hour.ts";
import type { HourRows } from "./hour_rows.ts";
import type { HourMark, HourStore } from "./hour_store.ts";
import { counted, type PartialKind, type PartialResult } from "./partial.ts";

/** Read from the store together: 256 hours, some ten days. */
const BLOCK_MS = 256 * HOUR_MS;
/** Numbers of all samples together that stay in memory, four bytes each. */
const MAX_NUMBERS = 16_000_000;
/** What an hour takes beside its samples, in the same unit. */
const HOUR_NUMBERS = 250;

/** The partial results that make up a span. */
export interface Parts<S> {
  readonly parts: readonly PartialResult<S>[];
  /** Is another when any of them is. */
  readonly version: number;
}

/** One kind of partial results in memory, as the store has it or newer. */
export interface HourCache<S> {
  /** `marks` must have been read before; what changed later may be in or not. */
  read(missionType: string, span: Span, marks: ReadonlyMap<number, HourMark>): Promise<Parts<S>>;
  /** The result of a marked hour, as new as the mark. */
  at(mark: HourMark): Promise<PartialResult<S>>;
  /** Lets go of what was used longest ago. Not while the result of a marked hour is stored. */
  trim(): void;
  forget(): void;
}

interface Entry<S> {
  readonly partial: PartialResult<S>;
  /** Versionstamp of the mark that it was made for; null when it came from the store. */
  readonly mark: string | null;
  readonly version: number;
}

interface Block<S> {
  entries: Map<number, Entry<S>>;
  loading: Promise<void>;
}

export interface HourCacheDeps {
  readonly store: HourStore;
  readonly rows: HourRows;
  /** Counts up. */
  readonly nextVersion: () => number;
}

export function createHourCache<S>(kind: PartialKind<S>, deps: HourCacheDeps): HourCache<S> {
  const { store, rows, nextVersion } = deps;
  const blocks = new Map<string, Block<S>>();

  async function load(block: Block<S>, missionType: string, from: number): Promise<void> {
    const version = nextVersion();
    const stored = await store.read(kind, missionType, { from, to: from + BLOCK_MS });
    for (const [hour, partial] of stored) block.entries.set(hour, { partial, mark: null, version });
  }

  function open(missionType: string, from: number): Block<S> {
    const block: Block<S> = { entries: new Map(), loading: Promise.resolve() };
    block.loading = load(block, missionType, from);
    return block;
  }

  async function entriesAt(missionType: string, hour: number): Promise<Map<number, Entry<S>>> {
    const from = Math.floor(hour / BLOCK_MS) * BLOCK_MS;
    const key = `${missionType}/${from}`;
    const block = blocks.get(key) ?? open(missionType, from);
    // Moved to the end: the map's order is that of the last use.
    blocks.delete(key);
    blocks.set(key, block);
    try {
      await block.loading;
    } catch (error) {
      if (blocks.get(key) === block) blocks.delete(key);
      throw error;
    }
    return block.entries;
  }

  async function entryAt(mark: HourMark): Promise<Entry<S>> {
    const { missionType, hour, position, versionstamp } = mark;
    const entries = await entriesAt(missionType, hour);
    const known = entries.get(hour);
    if (known?.mark === versionstamp) return known;
    const ofHour = await rows.read(missionType, hour, position);
    // Another query may have made it meanwhile, for this mark or a later one.
    const newest = entries.get(hour)?.mark ?? "";
    const partial = kind.of(counted(ofHour.rows.values()));
    const entry: Entry<S> = { partial, mark: versionstamp, version: nextVersion() };
    if (newest < versionstamp) entries.set(hour, entry);
    return entry;
  }

  async function wholeHours(
    missionType: string,
    { from, to }: Span,
    marks: ReadonlyMap<number, HourMark>,
  ): Promise<Entry<S>[]> {
    const isWithin = (hour: number) => hour >= from && hour < to;
    const made = new Map<number, Entry<S>>();
    for (const [hour, mark] of marks) if (isWithin(hour)) made.set(hour, await entryAt(mark));
    const found = [...made.values()];
    for (let start = from; start < to; start = (Math.floor(start / BLOCK_MS) + 1) * BLOCK_MS) {
      const entries = await entriesAt(missionType, start);
      for (const [hour, entry] of entries) {
        if (isWithin(hour) && !made.has(hour)) found.push(entry);
      }
    }
    return found;
  }

  /** A part of an hour, made from its rows. */
  async function raggedEnd(missionType: string, end: Span, mark: HourMark | undefined) {
    const ofHour = await rows.read(missionType, hourOf(end.from), mark?.position ?? 0);
    const within = counted(ofHour.rows.values())
      .filter(({ startAt }) => startAt >= end.from && startAt < end.to);
    return { partial: kind.of(within), version: ofHour.version };
  }

  return {
    async read(missionType, span, marks) {
      const { whole, ragged } = toHours(span);
      const found: Omit<Entry<S>, "mark">[] = await wholeHours(missionType, whole, marks);
      for (const end of ragged) {
        found.push(await raggedEnd(missionType, end, marks.get(hourOf(end.from))));
      }
      return {
        parts: found.map(({ partial }) => partial),
        version: found.reduce((newest, { version }) => Math.max(newest, version), 0),
      };
    },
    async at(mark) {
      return (await entryAt(mark)).partial;
    },
    trim() {
      const sizes = new Map([...blocks].map(([key, block]) => [key, sizeOf(block)]));
      let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      for (const [key, size] of sizes) {
        if (total <= MAX_NUMBERS) return;
        blocks.delete(key);
        total -= size;
      }
    },
    forget: () => blocks.clear(),
  };
}

function sizeOf<S>({ entries }: Block<S>): number {
  let size = HOUR_NUMBERS;
  for (const { partial: { samples } } of entries.values()) {
    size += HOUR_NUMBERS;
    for (const sample of Object.values(samples)) size += sample.length;
  }
  return size;
}
