import type { Span } from "../../time_zone.ts";
import type { Turn } from "../../turns.ts";
import { DAY_MS, HOUR_MS } from "./hour.ts";
import type { HourStore } from "./hour_store.ts";
import { mergeParts, type PartialKind, type PartialResult } from "./partial.ts";

/** Read from the store together: ten days. */
const BLOCK_MS = 10 * DAY_MS;
/** Numbers of all samples together that stay in memory, four bytes each. */
const MAX_NUMBERS = 16_000_000;
/** What a result takes beside its samples, in the same unit. */
const ENTRY_NUMBERS = 250;

/** A partial result in memory. */
export interface Entry<S> {
  readonly partial: PartialResult<S>;
  /** Versionstamp of the mark that it was made for; null when it came from the store. */
  readonly mark: string | null;
  readonly version: number;
}

/** Hours of one mission that are read together. */
export interface Block<S> {
  hour(hour: number): Entry<S> | undefined;
  /** Puts a newer result in the place of what there is. */
  replace(hour: number, entry: Entry<S>): void;
  /** The hours of a day of UTC as one result, merged when first asked for; null without any. */
  day(day: number): Entry<S> | null;
  /** Of all results, in numbers of four bytes. */
  size(): number;
}

/** The blocks that were used last. */
export interface HourBlocks<S> {
  /** The block that holds an hour, read when first asked for. */
  at(missionType: string, hour: number): Promise<Block<S>>;
  /** Lets go of what was used longest ago. */
  trim(): void;
  forget(): void;
}

export interface HourBlocksDeps {
  readonly store: HourStore;
  /** Counts up. */
  readonly nextVersion: () => number;
  readonly turn: Turn;
}

interface Held<S> {
  readonly block: Block<S>;
  readonly loading: Promise<void>;
}

export function createHourBlocks<S>(kind: PartialKind<S>, deps: HourBlocksDeps): HourBlocks<S> {
  const { store, nextVersion, turn } = deps;
  const held = new Map<string, Held<S>>();

  async function load(block: Block<S>, missionType: string, from: number): Promise<void> {
    const version = nextVersion();
    const span: Span = { from, to: from + BLOCK_MS };
    for await (const [hour, partial] of store.read(kind, missionType, span)) {
      block.replace(hour, { partial, mark: null, version });
      await turn();
    }
  }

  function open(missionType: string, from: number): Held<S> {
    const block = createBlock(kind);
    return { block, loading: load(block, missionType, from) };
  }

  return {
    async at(missionType, hour) {
      const from = Math.floor(hour / BLOCK_MS) * BLOCK_MS;
      const key = `${missionType}/${from}`;
      const wanted = held.get(key) ?? open(missionType, from);
      // Moved to the end: the map's order is that of the last use.
      held.delete(key);
      held.set(key, wanted);
      try {
        await wanted.loading;
      } catch (error) {
        if (held.get(key) === wanted) held.delete(key);
        throw error;
      }
      return wanted.block;
    },
    trim() {
      const sizes = new Map([...held].map(([key, { block }]) => [key, block.size()]));
      let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      for (const [key, size] of sizes) {
        if (total <= MAX_NUMBERS) return;
        held.delete(key);
        total -= size;
      }
    },
    forget: () => held.clear(),
  };
}

function createBlock<S>(kind: PartialKind<S>): Block<S> {
  const hours = new Map<number, Entry<S>>();
  const days = new Map<number, Entry<S>>();
  const dayOf = (hour: number) => Math.floor(hour / DAY_MS) * DAY_MS;

  function merge(day: number): Entry<S> | null {
    const entries: Entry<S>[] = [];
    for (let hour = day; hour < day + DAY_MS; hour += HOUR_MS) {
      const entry = hours.get(hour);
      if (entry !== undefined) entries.push(entry);
    }
    if (entries.length === 0) return null;
    return {
      partial: mergeParts(kind, entries.map(({ partial }) => partial)),
      mark: null,
      version: Math.max(...entries.map(({ version }) => version)),
    };
  }

  return {
    hour: (hour) => hours.get(hour),
    replace(hour, entry) {
      hours.set(hour, entry);
      days.delete(dayOf(hour));
    },
    day(day) {
      const known = days.get(day) ?? merge(day);
      if (known !== null) days.set(day, known);
      return known;
    },
    size() {
      let size = ENTRY_NUMBERS;
      for (const { partial } of [...hours.values(), ...days.values()]) size += sizeOf(partial);
      return size;
    },
  };
}

function sizeOf<S>({ samples }: PartialResult<S>): number {
  return Object.values(samples).reduce((size, sample) => size + sample.length, ENTRY_NUMBERS);
}
