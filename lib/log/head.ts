import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { logKeys } from "./keys.ts";
import { packEntries } from "./pack.ts";
import { type Head, headSchema, type LogRecord } from "./schema.ts";

export interface HeadDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  /** Names this process in the head. */
  readonly writer: string;
  /** For a file that has no head yet. */
  readonly newEpoch: () => string;
  /** Called once, when another process was seen to have moved the head. */
  readonly onIntrusion: (error: AppError) => void;
}

/** A restart takes as long; whoever comes earlier is told the same again. */
const RETRY_AFTER_INTRUSION_MS = 30_000;

/** The end of the log as it is stored, and the one way to move it. */
export interface StoredHead {
  current(): Head;
  /**
   * Stores records that begin right behind the head, and the head that follows from them.
   * @throws when the store did not take them, or when it is not known whether it did
   */
  advance(records: readonly LogRecord[]): Promise<void>;
  /** False after a commit that failed: it may be stored all the same. */
  isKnown(): boolean;
  /**
   * Reads the head again; true when it is not where it was thought to be.
   * @throws AppError UNAVAILABLE, from then on at each call, when another process has moved it
   */
  recover(): Promise<boolean>;
  /** Why this process may not write any more; null while it is the only one that does. */
  intrusion(): AppError | null;
}

export async function openHead(deps: HeadDeps): Promise<StoredHead> {
  const { kv, clock, writer } = deps;
  let { head, versionstamp } = await readHead(kv, () => ({
    position: 0,
    epoch: deps.newEpoch(),
    writer,
    commit: 0,
  }));
  let isKnown = true;
  let intrusion: AppError | null = null;
  let commits = 0;

  async function advance(records: readonly LogRecord[]): Promise<void> {
    const position = head.position + records.length;
    const next: Head = { epoch: head.epoch, position, writer, commit: ++commits };
    const operation = kv.atomic().check({ key: logKeys.head, versionstamp });
    let first = head.position + 1;
    for (const entry of packEntries(records, clock.now())) {
      operation.set(logKeys.entry(first), entry.bytes);
      first += entry.count;
    }
    operation.set(logKeys.head, encodeJson(next));
    try {
      const result = await operation.commit();
      if (result.ok) versionstamp = result.versionstamp;
      else await confirmLostAnswer(next);
    } catch (cause) {
      isKnown = false;
      throw cause;
    }
    head = next;
  }

  /** The store said no, though the write may be there: a repeated request answers like this. */
  async function confirmLostAnswer(next: Head): Promise<void> {
    const stored = await readHead(kv, () => head);
    if (stored.head.writer !== writer) throw intruded(stored.head.writer);
    // An earlier commit, given up as failed, may have come through late and taken the place.
    if (stored.head.commit !== next.commit) throw new Error("Store did not take the commit");
    versionstamp = stored.versionstamp;
  }

  async function recover(): Promise<boolean> {
    if (intrusion !== null) throw intrusion;
    const stored = await readHead(kv, () => head);
    const moved = stored.versionstamp !== versionstamp;
    if (moved && stored.head.writer !== writer) throw intruded(stored.head.writer);
    ({ head, versionstamp } = stored);
    isKnown = true;
    return moved;
  }

  /**
   * For good: what the other one has decided is not known here, in the gates and rows in memory, so
   * that nothing could be decided on top of it.
   */
  function intruded(by: string): AppError {
    intrusion = new AppError(
      "UNAVAILABLE",
      "Another process has written to the store, the server must be restarted",
      { details: { retryAfterMs: RETRY_AFTER_INTRUSION_MS }, cause: new Error(`Writer is ${by}`) },
    );
    deps.onIntrusion(intrusion);
    return intrusion;
  }

  return {
    current: () => head,
    advance,
    isKnown: () => isKnown,
    recover,
    intrusion: () => intrusion,
  };
}

async function readHead(kv: Kv, missing: () => Head) {
  const { key, value, versionstamp } = await kv.get(logKeys.head);
  const head = value === null ? missing() : decodeJson(key, value, headSchema);
  return { head, versionstamp };
}
