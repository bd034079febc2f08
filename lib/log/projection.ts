import { AppError } from "../errors.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import { MAX_COMMIT_BYTES, MAX_MUTATIONS } from "../kv/limits.ts";
import { type Kv, stage, type Write } from "../kv/port.ts";
import { logKeys } from "./keys.ts";
import { cursorSchema, type LogRecord } from "./schema.ts";

/** Writes that belong together: they are committed in one atomic operation. */
export type WriteGroup = readonly Write[];

/** What a run of records changes. Staging itself has no effect. */
export interface Staged {
  /**
   * As many groups as fit are committed at a time, the cursor with the last of them. A crash may
   * come in between, so the same records staged again must leave what is stored as it is.
   */
  readonly groups: readonly WriteGroup[];
  /**
   * Called after all of them are stored; not when that is not known, so what is kept in memory
   * from a step that did not come to this has to be read again.
   */
  readonly committed?: () => void;
}

/** A reader of the log that keeps rows of its own. */
export interface ProjectionSpec {
  readonly name: string;
  /** Raise it when the rows' shape or meaning changes: the rows are then rebuilt at start. */
  readonly version: number;
  /** Facts to writes, on the rows as they are stored. */
  stage(records: readonly LogRecord[]): Promise<Staged>;
  /** Makes the rows anew from what is kept for ever, as of the saved cursor. */
  rebuild(): Promise<void>;
}

export interface Projection {
  readonly name: string;
  /** Position of the last fact that its rows hold. */
  position(): number;
  /** Reads and writes once; true when there was something to do. The loop and tests call it. */
  step(): Promise<boolean>;
  rebuild(): Promise<void>;
}

export interface ProjectionDeps {
  readonly kv: Kv;
  readonly read: (position: number, limit: number) => Promise<LogRecord[]>;
}

/** In one step: many, so that a row is written once for many facts of its attempt. */
const MAX_RECORDS_PER_STEP = 8_000;
const MAX_BYTES_PER_STEP = 4 * 1024 * 1024;

/**
 * Runs a projection: read after the cursor, write, save the cursor in the same atomic operation.
 * A crash between two steps loses nothing, and what it repeats changes nothing.
 */
export async function createProjection(
  spec: ProjectionSpec,
  { kv, read }: ProjectionDeps,
): Promise<Projection> {
  const key = logKeys.cursor(spec.name);
  const saved = await readCursor(kv, spec.name);
  let { position, versionstamp } = saved;
  /** Not after a commit that failed: it may be stored all the same. */
  let isCursorKnown = true;

  async function knowCursor(): Promise<void> {
    if (isCursorKnown) return;
    ({ position, versionstamp } = await readCursor(kv, spec.name));
    isCursorKnown = true;
  }

  async function commit(writes: readonly Write[], next: number | null): Promise<void> {
    const operation = kv.atomic().check({ key, versionstamp });
    stage(operation, writes);
    if (next !== null) operation.set(key, encodeJson({ position: next, version: spec.version }));
    isCursorKnown = false;
    const result = await operation.commit();
    if (!result.ok) throw new AppError("CONFLICT", `Projection "${spec.name}" is run twice`);
    isCursorKnown = true;
    if (next === null) return;
    versionstamp = result.versionstamp;
    position = next;
  }

  async function step(): Promise<boolean> {
    await knowCursor();
    let records = cutToBytes(await read(position, MAX_RECORDS_PER_STEP));
    if (records.length === 0) return false;
    let staged = await spec.stage(records);
    // A group is never split: where one is too large, fewer records make smaller ones.
    while (records.length > 1 && !staged.groups.every(fitsCommit)) {
      records = records.slice(0, Math.ceil(records.length / 2));
      staged = await spec.stage(records);
    }
    const commits = packGroups(staged.groups);
    for (const writes of commits.slice(0, -1)) await commit(writes, null);
    await commit(commits.at(-1) ?? [], records[records.length - 1].position);
    staged.committed?.();
    return true;
  }

  async function rebuild(): Promise<void> {
    await knowCursor();
    await spec.rebuild();
    await commit([], position);
  }

  /** Moves over what was trimmed before this projection, new or long away, could read it. */
  async function skipTrimmed(): Promise<boolean> {
    const [oldest] = await read(position, 1);
    if (oldest === undefined || oldest.position === position + 1) return false;
    position = oldest.position - 1;
    return true;
  }

  const isOutdated = saved.version !== null && saved.version !== spec.version;
  if (await skipTrimmed() || isOutdated) await rebuild();
  return { name: spec.name, position: () => position, step, rebuild };
}

/** Where a projection stands in a store; at 0 and of no version when it has never been there. */
export async function readCursor(kv: Kv, projection: string) {
  const { key, value, versionstamp } = await kv.get(logKeys.cursor(projection));
  const cursor = value === null
    ? { position: 0, version: null }
    : decodeJson(key, value, cursorSchema);
  return { ...cursor, versionstamp };
}

function cutToBytes(records: LogRecord[]): LogRecord[] {
  let bytes = 0;
  for (let i = 0; i < records.length; i++) {
    bytes += records[i].bytes;
    if (i > 0 && bytes > MAX_BYTES_PER_STEP) return records.slice(0, i);
  }
  return records;
}

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

function fitsCommit(writes: WriteGroup): boolean {
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
