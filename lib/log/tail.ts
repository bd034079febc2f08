import type { LogRecord } from "./schema.ts";

/** The newest records, in memory, so that followers near the head need not read the store. */
export interface Tail {
  push(records: readonly LogRecord[]): void;
  /** Lets go of all records, when the store holds newer ones that never came by here. */
  forget(): void;
  /** Records after `position`, at most `limit`; null when some of them are no longer here. */
  after(position: number, limit: number): LogRecord[] | null;
  /** Lets go of the records up to `position`, which everybody near the head has passed. */
  release(position: number): void;
}

export interface TailLimits {
  readonly maxRecords: number;
  /** As stored; about half of what they take in memory. */
  readonly maxBytes: number;
}

export function createTail({ maxRecords, maxBytes }: TailLimits): Tail {
  let records: LogRecord[] = [];
  let first = 0;
  let bytes = 0;

  function forget(): void {
    records = [];
    first = 0;
    bytes = 0;
  }

  function dropWhile(surplus: () => boolean): void {
    while (first < records.length && surplus()) bytes -= records[first++].encoded.length;
    // Dropped records stay referenced until the array is cut; cut rarely, it copies.
    if (first > 1024 && first * 2 > records.length) {
      records = records.slice(first);
      first = 0;
    }
  }

  return {
    forget,
    push(added) {
      if (added.length === 0) return;
      const last = records.at(-1);
      // After a commit whose answer was lost there is a gap; the store has what is missing here.
      if (last !== undefined && added[0].position !== last.position + 1) forget();
      for (const record of added) {
        records.push(record);
        bytes += record.encoded.length;
      }
      dropWhile(() => records.length - first > maxRecords || bytes > maxBytes);
    },
    after(position, limit) {
      if (first >= records.length) return null;
      const start = first + (position + 1 - records[first].position);
      if (start < first || start > records.length) return null;
      return records.slice(start, start + limit);
    },
    release(position) {
      dropWhile(() => records[first].position <= position);
    },
  };
}
