import type { Key } from "../kv/port.ts";

/** Every key of the log. An entry's key is the position of its first fact. */
export const logKeys = {
  entries: ["log", "entries"] satisfies Key,
  entry: (position: number): Key => ["log", "entries", position],
  /** Entries from a position on. */
  from: (position: number) => ({
    start: logKeys.entry(position),
    end: logKeys.entry(Number.MAX_VALUE),
  }),
  head: ["log", "head"] satisfies Key,
  cursor: (projection: string): Key => ["log", "cursors", projection],
  allParked: (projection: string): Key => ["log", "parked", projection],
  parked: (projection: string, position: number): Key => ["log", "parked", projection, position],
};
