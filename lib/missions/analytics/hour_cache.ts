import type { Span } from "../../time_zone.ts";
import { DAY_MS, HOUR_MS, hourOf, toHours } from "./hour.ts";
import { type Block, createHourBlocks, type Entry, type HourBlocksDeps } from "./hour_blocks.ts";
import type { HourRows } from "./hour_rows.ts";
import type { HourMark } from "./hour_store.ts";
import { counted, type PartialKind, type PartialResult } from "./partial.ts";

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

type Found<S> = Omit<Entry<S>, "mark">;

export interface HourCacheDeps extends HourBlocksDeps {
  readonly rows: HourRows;
}

export function createHourCache<S>(kind: PartialKind<S>, deps: HourCacheDeps): HourCache<S> {
  const { rows, nextVersion, turn } = deps;
  const blocks = createHourBlocks(kind, deps);

  async function entryAt(mark: HourMark): Promise<Entry<S>> {
    const { missionType, hour, position, versionstamp } = mark;
    const block = await blocks.at(missionType, hour);
    const known = block.hour(hour);
    if (known?.mark === versionstamp) return known;
    const ofHour = await rows.read(missionType, hour, position);
    // Another query may have made it meanwhile, for this mark or a later one.
    const newest = block.hour(hour)?.mark ?? "";
    const partial = kind.of(counted(ofHour.rows.values()));
    const entry: Entry<S> = { partial, mark: versionstamp, version: nextVersion() };
    if (newest < versionstamp) block.replace(hour, entry);
    return entry;
  }

  /** Whole days without a mark as one result each, the other hours one by one. */
  async function wholeHours(
    missionType: string,
    { from, to }: Span,
    marks: ReadonlyMap<number, HourMark>,
  ): Promise<Found<S>[]> {
    const found: Found<S>[] = [];
    for (let day = Math.floor(from / DAY_MS) * DAY_MS; day < to; day += DAY_MS) {
      await turn();
      const hours = { from: Math.max(from, day), to: Math.min(to, day + DAY_MS) };
      const block = await blocks.at(missionType, hours.from);
      if (hours.to - hours.from === DAY_MS && !hasMark(hours, marks)) {
        const merged = block.day(day);
        if (merged !== null) found.push(merged);
      } else found.push(...await hourByHour(block, hours, marks));
    }
    return found;
  }

  async function hourByHour(
    block: Block<S>,
    { from, to }: Span,
    marks: ReadonlyMap<number, HourMark>,
  ): Promise<Found<S>[]> {
    const found: Found<S>[] = [];
    for (let hour = from; hour < to; hour += HOUR_MS) {
      const mark = marks.get(hour);
      const entry = mark === undefined ? block.hour(hour) : await entryAt(mark);
      if (entry !== undefined) found.push(entry);
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
      const found = await wholeHours(missionType, whole, marks);
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
    trim: blocks.trim,
    forget: blocks.forget,
  };
}

function hasMark({ from, to }: Span, marks: ReadonlyMap<number, HourMark>): boolean {
  for (let hour = from; hour < to; hour += HOUR_MS) if (marks.has(hour)) return true;
  return false;
}
