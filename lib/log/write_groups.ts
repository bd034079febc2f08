import { MAX_COMMIT_BYTES, MAX_MUTATIONS } from "../kv/limits.ts";
import type { Write } from "../kv/port.ts";

/** Writes that belong together: they are committed in one atomic operation. */
export type WriteGroup = readonly Write[];

/** Puts as many groups into a commit as fit; a group is never split. */
export function packGroups(groups: readonly WriteGroup[]): Write[][] {
  const commits: Write[][] = [];
  let current: Write[] = [];
  let bytes = 0;
  for (const group of groups) {
    const added = bytesOf(group);
    const full = current.length + group.length > MAX_MUTATIONS || bytes + added > MAX_COMMIT_BYTES;
    if (full && current.length > 0) {
      commits.push(current);
      current = [];
      bytes = 0;
    }
    current.push(...group);
    bytes += added;
  }
  if (current.length > 0) commits.push(current);
  return commits;
}

export function fitsCommit(writes: WriteGroup): boolean {
  return writes.length <= MAX_MUTATIONS && bytesOf(writes) <= MAX_COMMIT_BYTES;
}

function bytesOf(writes: WriteGroup): number {
  let bytes = 0;
  for (const write of writes) {
    bytes += KEY_BYTES;
    if (write.kind === "set" && write.value instanceof Uint8Array) bytes += write.value.length;
  }
  return bytes;
}

/** More than any key of ours takes. */
const KEY_BYTES = 160;
