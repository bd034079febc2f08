import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import type { Kv } from "../kv/port.ts";
import { createDoorbell } from "./doorbell.ts";
import { createProjection, type Projection, type ProjectionSpec } from "./projection.ts";
import { createLogReader } from "./reader.ts";
import type { Fact, FactSchemas, LogRecord } from "./schema.ts";
import { createTail } from "./tail.ts";
import { createLogWriter } from "./writer.ts";

export { concatJson, encodeFact } from "./encode.ts";
export { packGroups } from "./write_groups.ts";
export type { Fact, FactSchemas, LogRecord } from "./schema.ts";
export type { Projection, ProjectionSpec, Staged } from "./projection.ts";
export { openStoredLog, type StoredLog } from "./stored.ts";

/** The one ordered log of accepted facts (decisions 5 and 7 of the architecture). */
export interface FactLog {
  /**
   * Stores facts together, in order. Resolves after the commit with the last one's position.
   * `onRefused` is called when the store does not take them, before anything else can be decided:
   * what was decided on top of them is void.
   * @throws AppError PAYLOAD_TOO_LARGE, at once, when a fact is over 60 KiB
   * @throws AppError UNAVAILABLE when the store does not take it; nothing of it is kept then,
   *   save that a lost answer may leave it stored: senders repeat with the same client id. Once
   *   another process has written to the log, nothing is taken until a restart
   */
  append(facts: readonly Fact[], onRefused?: () => void): Promise<number>;
  /** Records after `position`, at most `limit`; empty at the head. */
  read(position: number, limit: number): Promise<LogRecord[]>;
  /** Position of the newest fact. */
  head(): number;
  /** Identifies the file of data; positions of another epoch mean nothing here. */
  epoch(): string;
  /** Position of the oldest fact still here; null when there has never been one. */
  oldest(): Promise<number | null>;
  /** Resolves when the head may have moved past `position`, at the signal, or after a while. */
  wait(position: number, signal: AbortSignal, atMostMs?: number): Promise<void>;
  /** Starts a projection: catches up, then follows. Its lag slows the writer. */
  follow(spec: ProjectionSpec): Promise<FollowedProjection>;
  /** Deletes entries older than `before` that every projection has passed, never the newest. */
  trim(before: number): Promise<number>;
  stats(): LogStats;
  /**
   * Stops the followers when what was appended has reached them, or a second later at the end of
   * the step under way: they go on from there at the next start.
   */
  close(): Promise<void>;
}

export interface FollowedProjection {
  readonly name: string;
  position(): number;
  /**
   * Resolves when the rows hold everything that was acknowledged up to now (the read barrier), and
   * what was refused but stored all the same: who sends it again must be known.
   * @throws AppError UNAVAILABLE after five seconds, or when the store does not tell what it has
   */
  barrier(): Promise<void>;
  /** The barrier for what was appended up to now, acknowledged or not. */
  flushedBarrier(): Promise<void>;
  /**
   * Facts of a subject, in order, that are acknowledged and not in the rows, because the first of
   * them cannot be put there; empty as a rule.
   */
  parkedOf(subject: string): Promise<LogRecord[]>;
  /** Makes all rows anew. Only for a projection that is at rest or at start. */
  rebuild(): Promise<void>;
}

export interface LogStats {
  readonly head: number;
  /** Facts that wait for a commit. */
  readonly waiting: number;
  /** Facts that the slowest projection has not passed. */
  readonly lag: number;
  readonly failure: Error | null;
  /** Facts that could not be put into rows and wait for a program that can. */
  readonly parked: number;
  /** Why the rows do not follow at the moment; null when they do. */
  readonly projectionFailure: Error | null;
}

export interface LogDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  /** What is read back from the store is checked; what this process appended is typed already. */
  readonly schemas: FactSchemas;
  /**
   * Told of a projection's failed step, which is tried again, of a fact that is parked, and of a
   * second writer.
   */
  readonly onError: (message: string, error: unknown) => void;
  /** Other than the usual ones; for tests. */
  readonly limits?: Partial<LogLimits>;
}

export interface LogLimits {
  /** The writer waits when a projection is so many facts behind. */
  readonly maxLag: number;
  /** How long the writer and a barrier wait for the projections. */
  readonly patienceMs: number;
  /**
   * Rows wait this long for more facts, unless somebody wants to read or many have gathered. At one
   * event in flight a row is then written once for several events of its attempt: twice the rate.
   */
  readonly gatherMs: number;
  readonly gatherFacts: number;
  /** From a projection's failed step to the next try. */
  readonly retryMs: number;
  /** After the stop no further step begins later than this; the rest is done at the next start. */
  readonly drainMs: number;
}

const LIMITS: LogLimits = {
  /** About half a second of full load. */
  maxLag: 20_000,
  patienceMs: 5_000,
  gatherMs: 200,
  gatherFacts: 4_000,
  retryMs: 500,
  drainMs: 1_000,
};

export async function openLog(deps: LogDeps): Promise<FactLog> {
  const { kv, clock, ids, schemas, onError } = deps;
  const limits = { ...LIMITS, ...deps.limits };
  const { maxLag, patienceMs, gatherMs, gatherFacts, retryMs, drainMs } = limits;
  const tail = createTail({ maxRecords: 2 * maxLag, maxBytes: 32 * 1024 * 1024 });
  const committed = createDoorbell();
  const advanced = createDoorbell();
  /** Rung by a reader that waits for rows. */
  const wanted = createDoorbell();
  const stopping = new AbortController();
  const projections: Projection[] = [];
  const loops: Promise<void>[] = [];
  /** Why a projection's last step did not succeed, by its name. */
  const faults = new Map<string, Error>();
  /** Readers, and the writer, that wait for rows. */
  let waiting = 0;
  /** By the monotonic clock. */
  let drainedBy = Infinity;

  const writer = await createLogWriter({
    kv,
    clock,
    writer: ids.unique(),
    newEpoch: ids.unique,
    onCommit(records) {
      tail.push(records);
      committed.ring();
      if (lag() >= gatherFacts) wanted.ring();
    },
    onRecover() {
      tail.forget();
      committed.ring();
    },
    onIntrusion: (error) => onError("Log takes nothing more until a restart", error),
    room: () => until(() => lag() < maxLag, "Storage is too far behind"),
  });
  const reader = createLogReader({ kv, tail, schemas });

  /** Position that every projection has passed. */
  function slowest(): number {
    let position = writer.head().position;
    for (const projection of projections) position = Math.min(position, projection.position());
    return position;
  }

  function lag(): number {
    return writer.head().position - slowest();
  }

  /** Waits for the projections to reach a state; they hurry meanwhile. */
  async function until(reached: () => boolean, message: string): Promise<void> {
    if (reached()) return;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), patienceMs);
    waiting++;
    wanted.ring();
    try {
      while (!reached()) {
        if (timeout.signal.aborted) {
          throw new AppError("UNAVAILABLE", message, { details: { retryAfterMs: 2_000 } });
        }
        await advanced.wait(timeout.signal);
      }
    } finally {
      waiting--;
      clearTimeout(timer);
    }
  }

  /** Lets facts gather after a step, unless somebody waits for rows or many are there already. */
  async function gather(projection: Projection): Promise<void> {
    const behind = writer.head().position - projection.position();
    if (waiting === 0 && behind < gatherFacts) await wanted.wait(stopping.signal, gatherMs);
  }

  async function run(projection: Projection): Promise<void> {
    while (true) {
      try {
        const moved = await projection.step();
        faults.delete(projection.name);
        if (moved) {
          tail.release(slowest());
          advanced.ring();
          if (clock.monotonic() >= drainedBy) return;
          await gather(projection);
        } else {
          // A commit that failed may have been stored all the same: the position is known only now.
          advanced.ring();
          if (stopping.signal.aborted) return;
          await wait(projection.position(), stopping.signal);
        }
      } catch (error) {
        faults.set(projection.name, error instanceof Error ? error : new Error(String(error)));
        onError(`Projection "${projection.name}" failed, it is tried again`, error);
        if (stopping.signal.aborted) return;
        await createDoorbell().wait(stopping.signal, retryMs);
      }
    }
  }

  async function wait(position: number, signal: AbortSignal, atMostMs?: number): Promise<void> {
    if (writer.head().position <= position) await committed.wait(signal, atMostMs);
  }

  return {
    append: writer.append,
    read: reader.read,
    oldest: reader.oldest,
    head: () => writer.head().position,
    epoch: () => writer.head().epoch,
    wait,
    async follow(spec) {
      const projection = await createProjection(spec, {
        kv,
        read: reader.read,
        schemas,
        onParked: onError,
      });
      while (await projection.step());
      projections.push(projection);
      loops.push(run(projection));
      const barrier = async (): Promise<void> => {
        await writer.settled();
        const head = writer.head().position;
        await until(() => projection.position() >= head, "Rows are behind the log, try again");
      };
      return {
        name: spec.name,
        position: () => projection.position(),
        parkedOf: (subject) => projection.parkedOf(subject),
        rebuild: () => projection.rebuild(),
        barrier,
        flushedBarrier: () => writer.flushed().then(barrier),
      };
    },
    trim(before) {
      if (projections.length === 0) return Promise.resolve(0);
      // The newest entry stays: a reader behind the head always finds something to read.
      let upTo = writer.head().position - 1;
      for (const projection of projections) upTo = Math.min(upTo, projection.position());
      return reader.trim({ before, upTo });
    },
    stats: () => ({
      head: writer.head().position,
      waiting: writer.waiting(),
      lag: lag(),
      parked: projections.reduce((sum, projection) => sum + projection.parked(), 0),
      failure: writer.failure(),
      projectionFailure: faults.values().next().value ?? null,
    }),
    async close() {
      await writer.flushed();
      drainedBy = Math.min(drainedBy, clock.monotonic() + drainMs);
      stopping.abort();
      await Promise.all(loops);
    },
  };
}
