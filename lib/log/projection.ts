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

/**
 * Runs a projection: read after the cursor, write, save the cursor in the same atomic operation.
 * A crash between two steps repeats nothing and loses nothing.
 */
export async function createProjection(
  spec: ProjectionSpec,
  { kv, read }: ProjectionDeps,
): Promise<Projection> {
  const key = logKeys.cursor(spec.name);
  const stored = await kv.get(key);
  let versionstamp = stored.versionstamp;
  const cursor = stored.value === null
    ? { position: 0, version: spec.version }
    : decodeJson(key, stored.value, cursorSchema);
  let position = cursor.position;

  async function save(writes: readonly Write[], next: number): Promise<void> {
    const operation = kv.atomic().check({ key, versionstamp });
    stage(operation, writes);
    operation.set(key, encodeJson({ position: next, version: spec.version }));
    const result = await operation.commit();
    if (!result.ok) throw new AppError("CONFLICT", `Projection "${spec.name}" is run twice`);
    versionstamp = result.versionstamp;
    position = next;
  }

  async function step(): Promise<boolean> {
    let records = cutToBytes(await read(position, MAX_RECORDS_PER_STEP));
    if (records.length === 0) return false;
    let staged = await spec.stage(records);
    while (records.length > 1 && !fitsCommit(staged.writes)) {
      records = records.slice(0, Math.ceil(records.length / 2));
      staged = await spec.stage(records);
    }
    await save(staged.writes, records[records.length - 1].position);
    staged.committed?.();
    return true;
  }

  async function rebuild(): Promise<void> {
    await spec.rebuild();
    await save([], position);
  }

  if (cursor.version !== spec.version) await rebuild();
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
