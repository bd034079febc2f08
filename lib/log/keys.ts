import type { Key } from "../kv/port.ts";

/** Every key of the log. An entry's key is the position of its first fact. */
export const logKeys = {
  entries: ["log", "entries"] satisfies Key,
  entry: (position: number): Key => ["log", "entries", position],
  head: ["log", "head"] satisfies Key,
  cursor: (projection: string): Key => ["log", "cursors", projection],
};
