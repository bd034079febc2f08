import { AppError } from "../errors.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import { type Kv, stage, type Write } from "../kv/port.ts";
import { logKeys } from "./keys.ts";
import { cursorSchema } from "./schema.ts";

/** How far a projection has come, as it is stored, and the one way to write what goes with it. */
export interface Cursor {
  /** Of the last fact that the rows hold. */
  position(): number;
  /** Of the program that made the rows. */
  version(): number;
  /** Moves over facts that are not in the log any more; stored with the next commit. */
  skipTo(position: number): void;
  /** Reads the cursor again where a commit has failed: it may be stored all the same. */
  know(): Promise<void>;
  /**
   * Writes in one atomic operation; with `next`, the cursor moves there in the same.
   * @throws AppError CONFLICT when somebody else has moved the cursor
   */
  commit(writes: readonly Write[], next: number | null): Promise<void>;
}

export interface CursorParts {
  readonly kv: Kv;
  /** Of the projection. */
  readonly name: string;
  /** Of its program. */
  readonly version: number;
}

export async function openCursor({ kv, name, version }: CursorParts): Promise<Cursor> {
  const key = logKeys.cursor(name);
  let stored: Awaited<ReturnType<typeof readCursor>> = await readCursor(kv, name);
  /** Not after a commit that failed. */
  let isKnown = true;

  async function commit(writes: readonly Write[], next: number | null): Promise<void> {
    const operation = kv.atomic().check({ key, versionstamp: stored.versionstamp });
    stage(operation, writes);
    if (next !== null) operation.set(key, encodeJson({ position: next, version }));
    isKnown = false;
    const result = await operation.commit();
    if (!result.ok) throw new AppError("CONFLICT", `Projection "${name}" is run twice`);
    isKnown = true;
    if (next !== null) stored = { position: next, version, versionstamp: result.versionstamp };
  }

  return {
    position: () => stored.position,
    version: () => stored.version ?? version,
    skipTo: (position) => stored = { ...stored, position },
    async know() {
      if (isKnown) return;
      stored = await readCursor(kv, name);
      isKnown = true;
    },
    commit,
  };
}

/** Where a projection stands in a store; at 0 and of no version when it has never been there. */
export async function readCursor(kv: Kv, projection: string) {
  const { key, value, versionstamp } = await kv.get(logKeys.cursor(projection));
  if (value === null) return { position: 0, version: null, versionstamp };
  return { ...decodeJson(key, value, cursorSchema), versionstamp };
}
