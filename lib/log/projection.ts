import { AppError } from "../errors.ts";
import type { Kv } from "../kv/port.ts";
import { type Cursor, openCursor } from "./cursor.ts";
import { Parking } from "./parking.ts";
import type { Fact, FactSchemas, LogRecord } from "./schema.ts";
import { fitsCommit, packGroups, type WriteGroup } from "./write_groups.ts";

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
  /**
   * Facts to writes, on the rows as they are stored. Late facts were parked and come behind others
   * that the rows hold; what is staged for them is committed at once, and never twice.
   * @throws AppError UNAVAILABLE when the store fails: it is tried again. By any other error the
   *   facts are at fault; the one that is, is parked
   */
  stage(records: readonly LogRecord[], options?: { readonly late: boolean }): Promise<Staged>;
  /** Makes the rows anew from what is kept for ever, as of the saved cursor. */
  rebuild(): Promise<void>;
  /**
   * What a fact has to be applied in order for; later ones wait with it when it is parked. Without
   * it, or for null, a fact stands alone.
   */
  subjectOf?(fact: Fact): string | null;
}

export interface ProjectionDeps {
  readonly kv: Kv;
  readonly read: (position: number, limit: number) => Promise<LogRecord[]>;
  readonly schemas: FactSchemas;
  /** Told of a fact that the projection cannot take. */
  readonly onParked: (message: string, error: unknown) => void;
}

/** In one step: many, so that a row is written once for many facts of its attempt. */
const MAX_RECORDS_PER_STEP = 8_000;
const MAX_BYTES_PER_STEP = 4 * 1024 * 1024;

/** Catches up with what was stored while it was away; the rest comes with the steps. */
export async function createProjection(
  spec: ProjectionSpec,
  deps: ProjectionDeps,
): Promise<Projection> {
  const { name, version } = spec;
  const cursor = await openCursor({ ...deps, name, version });
  const parking = new Parking({
    ...deps,
    name,
    subjectOf: (fact) => spec.subjectOf?.(fact) ?? null,
  });
  const projection = new Projection({ ...deps, spec, cursor, parking });
  await projection.open();
  return projection;
}

interface ProjectionParts extends ProjectionDeps {
  readonly spec: ProjectionSpec;
  readonly cursor: Cursor;
  readonly parking: Parking;
}

/**
 * Runs a projection: reads after the cursor, writes, saves the cursor in the same atomic operation.
 * A crash between two steps loses nothing, and what it repeats changes nothing.
 */
export class Projection {
  readonly #parts: ProjectionParts;

  constructor(parts: ProjectionParts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.spec.name;
  }

  /** Position of the last fact that its rows hold, or that is parked. */
  position(): number {
    return this.#parts.cursor.position();
  }

  /** How many facts it could not take. */
  parked(): number {
    return this.#parts.parking.count();
  }

  /** The facts of a subject that it could not take yet, in order. */
  parkedOf(subject: string): Promise<LogRecord[]> {
    return this.#parts.parking.of(subject);
  }

  /** Makes the rows anew where they are of another program, and tries what is parked again. */
  async open(): Promise<void> {
    const { spec, cursor, parking } = this.#parts;
    if (await this.#skipTrimmed() || cursor.version() !== spec.version) await this.rebuild();
    const parked = await parking.open(cursor.position());
    const bySubject = Map.groupBy(parked, (record) => parking.subjectOf(record));
    for (const records of bySubject.values()) await this.#release(records);
  }

  /** Reads and writes once; true when there was something to do. The loop and tests call it. */
  async step(): Promise<boolean> {
    const { cursor, parking, read } = this.#parts;
    await cursor.know();
    const records = cutToBytes(await read(cursor.position(), MAX_RECORDS_PER_STEP));
    if (records.length === 0) return false;
    try {
      const { taken, staged } = await this.#stageMost(records, { late: false });
      const behind = taken.filter((record) => parking.waits(record));
      const groups = [...staged.groups, ...parking.writesIn(behind, "An earlier one is parked")];
      await this.#commit(groups, taken[taken.length - 1].position);
      staged.committed?.();
      parking.park(behind);
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      await this.#park(records[0], error.cause);
    }
    return true;
  }

  async rebuild(): Promise<void> {
    const { spec, cursor } = this.#parts;
    await cursor.know();
    await spec.rebuild();
    await cursor.commit([], cursor.position());
  }

  /**
   * The longest beginning that can be staged and committed. Fewer records make smaller groups, and
   * leave a fact behind that cannot be staged.
   * @throws NotTaken when the first record alone cannot be
   */
  async #stageMost(records: readonly LogRecord[], { late }: { readonly late: boolean }) {
    const { parking } = this.#parts;
    let taken = records;
    while (true) {
      // A parked fact waits for itself: of those that are tried again, none is left out.
      const free = late ? taken : taken.filter((record) => !parking.waits(record));
      const tried = await this.#tryToStage(free, { late });
      if (!(tried instanceof NotTaken)) return { taken, staged: tried };
      if (taken.length === 1) throw tried;
      taken = taken.slice(0, Math.ceil(taken.length / 2));
    }
  }

  async #tryToStage(
    records: readonly LogRecord[],
    options: { readonly late: boolean },
  ): Promise<Staged | NotTaken> {
    if (records.length === 0) return { groups: [] };
    const fault = records.find((record) => record.fault !== undefined)?.fault;
    if (fault !== undefined) return new NotTaken(fault);
    try {
      const staged = await this.#parts.spec.stage(records, options);
      // A group is never split.
      if (staged.groups.every(fitsCommit)) return staged;
      return new NotTaken(new Error("What it changes is too large for one commit"));
    } catch (error) {
      if (error instanceof AppError && error.code === "UNAVAILABLE") throw error;
      return new NotTaken(error);
    }
  }

  async #commit(groups: readonly WriteGroup[], next: number): Promise<void> {
    const { cursor } = this.#parts;
    const commits = packGroups(groups);
    for (const writes of commits.slice(0, -1)) await cursor.commit(writes, null);
    await cursor.commit(commits.at(-1) ?? [], next);
  }

  async #park(record: LogRecord, cause: unknown): Promise<void> {
    const { parking, onParked } = this.#parts;
    if (parking.isFull()) throw cause;
    await this.#commit(parking.writesIn([record], cause), record.position);
    parking.park([record]);
    onParked(`Projection "${this.name}" cannot take fact ${record.position}, it is parked`, cause);
  }

  /** Puts parked facts of one subject into the rows, as far as they can be. */
  async #release(records: readonly LogRecord[]): Promise<void> {
    const { cursor, parking } = this.#parts;
    let rest = records;
    while (rest.length > 0) {
      try {
        const { taken, staged } = await this.#stageMost(rest, { late: true });
        await this.#commit([...staged.groups, ...parking.writesOut(taken)], cursor.position());
        staged.committed?.();
        parking.release(taken);
        rest = rest.slice(taken.length);
      } catch (error) {
        if (!(error instanceof NotTaken)) throw error;
        return;
      }
    }
  }

  /** Moves over what was trimmed before this projection, new or long away, could read it. */
  async #skipTrimmed(): Promise<boolean> {
    const { cursor, read } = this.#parts;
    const position = cursor.position();
    const [oldest] = await read(position, 1);
    if (oldest === undefined || oldest.position === position + 1) return false;
    cursor.skipTo(oldest.position - 1);
    return true;
  }
}

/** A record cannot be put into the rows; the cause says why. */
class NotTaken extends Error {
  constructor(cause: unknown) {
    super("Fact cannot be taken", { cause });
  }
}

function cutToBytes(records: LogRecord[]): LogRecord[] {
  let bytes = 0;
  for (let i = 0; i < records.length; i++) {
    bytes += records[i].encoded.length;
    if (i > 0 && bytes > MAX_BYTES_PER_STEP) return records.slice(0, i);
  }
  return records;
}
