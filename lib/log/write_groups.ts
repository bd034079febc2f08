import { MAX_COMMIT_BYTES, MAX_COMMIT_KEY_BYTES, MAX_MUTATIONS } from "../kv/limits.ts";
import type { Key, Write } from "../kv/port.ts";

/** Writes that belong together: they are committed in one atomic operation. */
export type WriteGroup = readonly Write[];

/** What the store bounds in one commit. */
interface Size {
  readonly writes: number;
  /** Of keys and values. */
  readonly bytes: number;
  /** Of the keys of what is set; the store does not count those of deletes. */
  readonly keyBytes: number;
}

const EMPTY: Size = { writes: 0, bytes: 0, keyBytes: 0 };

/** Puts as many groups into a commit as fit; a group is never split. */
export function packGroups(groups: readonly WriteGroup[]): Write[][] {
  const commits: Write[][] = [];
  let current: Write[] = [];
  let size = EMPTY;
  for (const group of groups) {
    const added = sizeOf(group);
    if (current.length > 0 && !fits(sum(size, added))) {
      commits.push(current);
      current = [];
      size = EMPTY;
    }
    current.push(...group);
    size = sum(size, added);
  }
  if (current.length > 0) commits.push(current);
  return commits;
}

export function fitsCommit(writes: WriteGroup): boolean {
  return fits(sizeOf(writes));
}

function fits({ writes, bytes, keyBytes }: Size): boolean {
  return writes <= MAX_MUTATIONS && bytes <= MAX_COMMIT_BYTES && keyBytes <= MAX_COMMIT_KEY_BYTES;
}

function sum(a: Size, b: Size): Size {
  return {
    writes: a.writes + b.writes,
    bytes: a.bytes + b.bytes,
    keyBytes: a.keyBytes + b.keyBytes,
  };
}

function sizeOf(writes: WriteGroup): Size {
  let bytes = 0;
  let keyBytes = 0;
  for (const write of writes) {
    const ofKey = bytesOfKey(write.key);
    bytes += ofKey;
    if (write.kind !== "set") continue;
    keyBytes += ofKey;
    if (write.value instanceof Uint8Array) bytes += write.value.length;
  }
  return { writes: writes.length, bytes, keyBytes };
}

/** At most, as the store encodes it: each part between two bytes, a number in nine. */
function bytesOfKey(key: Key): number {
  let bytes = 0;
  for (const part of key) bytes += typeof part === "string" ? 2 + bytesOfText(part) : 9;
  return bytes;
}

function bytesOfText(text: string): number {
  return ASCII.test(text) ? text.length : 3 * text.length;
}

const ASCII = /^[ -~]*$/;
