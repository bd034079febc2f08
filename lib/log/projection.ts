import { AppError } from "../errors.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import { MAX_COMMIT_BYTES, MAX_MUTATIONS } from "../kv/limits.ts";
import { type Kv, stage, type Write } from "../kv/port.ts";
import { logKeys } from "./keys.ts";
import { cursorSchema, type LogRecord } from "./schema.ts";

/** What a run of records changes. Staging has no effect; `committed` is called after the commit. */
export interface Staged {
  readonly writes: readonly Write[];
  readonly committed?: () => void;
}

/** A reader of the log that keeps rows of its own. */
export interface ProjectionSpec {
  readonly name: string;
  /** Raise it when the rows' shape or meaning changes: the rows are then rebuilt at start. */
  readonly version: number;
  /** Facts to rows. Must give the same result when called again with the same records. */
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

/** In one commit: many, so that a row is written once for many facts of its attempt. */
const MAX_RECORDS_PER_STEP = 4_000;
const MAX_BYTES_PER_STEP = 480 * 1024;

/** What one commit brings about. */
interface Work {
  readonly staged: Staged;
  /** Position of the last record in it. */
  readonly upTo: number;
}

/**
 * Runs a projection: read after the cursor, write, save the cursor in the same atomic operation.
 * A crash between two steps repeats nothing and loses nothing.
 */
export async function createProjection(
  spec: ProjectionSpec,
  { kv, read }: ProjectionDeps,
): Promise<Projection> {
  const key = logKeys.cursor(spec.name);
  let { position, version, versionstamp } = await readCursor();
  /** Tried again as it is until it is known to be stored: a commit may throw and be there. */
  let begun: Work | null = null;

  async function readCursor() {
    const { value, versionstamp } = await kv.get(key);
    const cursor = value === null
      ? { position: 0, version: spec.version }
      : decodeJson(key, value, cursorSchema);
    return { ...cursor, versionstamp };
  }

  async function step(): Promise<boolean> {
    begun ??= await prepare();
    if (begun === null) return false;
    await commit(begun);
    return true;
  }

  async function prepare(): Promise<Work | null> {
    let records = cutToBytes(await read(position, MAX_RECORDS_PER_STEP));
    if (records.length === 0) return null;
    let staged = await spec.stage(records);
    while (records.length > 1 && !fitsCommit(staged.writes)) {
      records = records.slice(0, Math.ceil(records.length / 2));
      staged = await spec.stage(records);
    }
    return { staged, upTo: records[records.length - 1].position };
  }

  async function commit({ staged, upTo }: Work): Promise<void> {
    const operation = kv.atomic().check({ key, versionstamp });
    stage(operation, staged.writes);
    operation.set(key, encodeJson({ position: upTo, version: spec.version }));
    const result = await operation.commit();
    versionstamp = result.ok ? result.versionstamp : await confirmLostAnswer(upTo);
    position = upTo;
    begun = null;
    staged.committed?.();
  }

  /** The store said no, though the write may be there from an earlier try. */
  async function confirmLostAnswer(upTo: number): Promise<string | null> {
    const stored = await readCursor();
    if (stored.position === upTo) return stored.versionstamp;
    throw new AppError("CONFLICT", `Projection "${spec.name}" is run twice`);
  }

  async function rebuild(): Promise<void> {
    if (begun !== null) await commit(begun);
    await spec.rebuild();
    await commit({ staged: { writes: [] }, upTo: position });
  }

  /** Moves over what was trimmed before this projection, new or long away, could read it. */
  async function skipTrimmed(): Promise<boolean> {
    const [oldest] = await read(position, 1);
    if (oldest === undefined || oldest.position === position + 1) return false;
    position = oldest.position - 1;
    return true;
  }

  if (await skipTrimmed() || version !== spec.version) await rebuild();
  return { name: spec.name, position: () => position, step, rebuild };
}

function cutToBytes(records: LogRecord[]): LogRecord[] {
  let bytes = 0;
  for (let i = 0; i < records.length; i++) {
    bytes += records[i].bytes;
    if (i > 0 && bytes > MAX_BYTES_PER_STEP) return records.slice(0, i);
  }
  return records;
}

function fitsCommit(writes: readonly Write[]): boolean {
  if (writes.length > MAX_MUTATIONS) return false;
  let bytes = 0;
  for (const write of writes) {
    bytes += KEY_BYTES;
    if (write.kind === "set" && write.value instanceof Uint8Array) bytes += write.value.length;
  }
  return bytes <= MAX_COMMIT_BYTES;
}

/** More than any key of ours takes. */
const KEY_BYTES = 160;
