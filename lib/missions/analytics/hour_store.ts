import { z } from "zod";
import { decodeJson, encodeJson } from "../../kv/json_value.ts";
import { MAX_COMMIT_BYTES } from "../../kv/limits.ts";
import { type Key, type Kv, stage, type Write } from "../../kv/port.ts";
import type { Span } from "../../time_zone.ts";
import { type HourPlace, missionKeys } from "../keys.ts";
import type { AttemptRow } from "../schema.ts";
import { CORE } from "./core.ts";
import { HOUR_MS, hourOf } from "./hour.ts";
import { type PackedPartial, unpack } from "./packed.ts";
import type { PartialKind, PartialResult } from "./partial.ts";

/** An hour whose attempts have changed since its partial results were stored. */
export interface HourMark {
  readonly missionType: string;
  readonly hour: number;
  /** In the log: rows that hold it hold the change. */
  readonly position: number;
  /** Grows with each change. */
  readonly versionstamp: string;
}

/** Partial results as they are stored, and the marks of those that no longer hold. */
export interface HourStore {
  /** Marks of a mission's hours that begin in a span, by hour. */
  marks(missionType: string, span: Span): Promise<Map<number, HourMark>>;
  /** The first marks of all missions. */
  allMarks(limit: number): Promise<HourMark[]>;
  /** The results of a mission's hours that begin in a span. */
  read<S>(
    kind: PartialKind<S>,
    missionType: string,
    span: Span,
  ): AsyncGenerator<[hour: number, partial: PartialResult<S>]>;
  /** From the first to the last hour of a mission that has results or a mark; null without any. */
  extent(missionType: string): Promise<Span | null>;
  /**
   * Stores the results of an hour and removes its mark; false, and nothing done, when the hour has
   * changed again or has more attempts than one commit takes (some 20 000).
   */
  save(mark: HourMark, partials: readonly PackedPartial[]): Promise<boolean>;
}

/** The store gives so many in one go. */
const VALUES_PER_READ = 50;

interface StoredHour {
  readonly hour: number;
  readonly key: Key;
  readonly chunks: unknown[];
}

const markSchema = z.object({ position: z.number() });

/** Marks the hour in which an attempt started; goes with each write of its row. */
export function hourMarkWrite({ missionType, startAt }: AttemptRow, position: number): Write {
  const key = missionKeys.hourMark(missionType, hourOf(startAt));
  return { kind: "set", key, value: encodeJson({ position }) };
}

export function createHourStore(kv: Kv): HourStore {
  async function listMarks(selector: Deno.KvListSelector, limit?: number): Promise<HourMark[]> {
    const marks: HourMark[] = [];
    for await (const { key, value, versionstamp } of kv.list(selector, { limit })) {
      const { position } = decodeJson(key, value, markSchema);
      const [, , missionType, hour] = key;
      marks.push({ missionType: String(missionType), hour: Number(hour), position, versionstamp });
    }
    return marks;
  }

  return {
    async marks(missionType, { from, to }) {
      const start = missionKeys.hourMark(missionType, from);
      const marks = await listMarks({ start, end: missionKeys.hourMark(missionType, to) });
      return new Map(marks.map((mark) => [mark.hour, mark]));
    },

    allMarks: (limit) => listMarks({ prefix: missionKeys.hourMarks }, limit),

    async *read(kind, missionType, { from, to }) {
      const place = (hour: number) => missionKeys.hour({ kind: kind.name, missionType, hour });
      const range = { start: place(from), end: place(to) };
      let last: StoredHour = { hour: NaN, key: range.start, chunks: [] };
      for await (const { key, value } of kv.list(range, { batchSize: VALUES_PER_READ })) {
        const hour = Number(key.at(-2));
        if (hour !== last.hour) {
          if (last.chunks.length > 0) yield [last.hour, unpack(kind, last)];
          last = { hour, key, chunks: [] };
        }
        last.chunks.push(value);
      }
      if (last.chunks.length > 0) yield [last.hour, unpack(kind, last)];
    },

    async extent(missionType) {
      const prefixes = [
        missionKeys.hoursOf(CORE.name, missionType),
        missionKeys.hourMarksOf(missionType),
      ];
      const hours: number[] = [];
      for (const prefix of prefixes) {
        for (const reverse of [false, true]) {
          // Both kinds of key have the hour in the same place.
          for await (const { key } of kv.list({ prefix }, { limit: 1, reverse })) {
            hours.push(Number(key[prefix.length]));
          }
        }
      }
      if (hours.length === 0) return null;
      return { from: Math.min(...hours), to: Math.max(...hours) + HOUR_MS };
    },

    async save(mark, partials) {
      if (!fitsCommit(partials)) return false;
      const { missionType, hour, versionstamp } = mark;
      const key = missionKeys.hourMark(missionType, hour);
      const writes: Write[] = [{ kind: "delete", key }];
      for (const { kind, chunks } of partials) {
        writes.push(...await partWrites(kv, { kind, missionType, hour }, chunks));
      }
      const operation = kv.atomic().check({ key, versionstamp });
      stage(operation, writes);
      return (await operation.commit()).ok;
    },
  };
}

async function partWrites(
  kv: Kv,
  place: HourPlace,
  chunks: readonly Uint8Array[],
): Promise<Write[]> {
  const writes: Write[] = chunks.map((value, part) => ({
    kind: "set",
    key: missionKeys.hourPart(place, part),
    value,
  }));
  // What an earlier result had more of: an exclusion takes times away.
  const prefix = missionKeys.hour(place);
  const surplus = { prefix, start: missionKeys.hourPart(place, chunks.length) };
  for await (const { key } of kv.list(surplus)) writes.push({ kind: "delete", key });
  return writes;
}

function fitsCommit(partials: readonly PackedPartial[]): boolean {
  const chunks = partials.flatMap((packed) => packed.chunks);
  return chunks.reduce((total, chunk) => total + chunk.length, 0) <= MAX_COMMIT_BYTES;
}
