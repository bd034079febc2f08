import type { Clock } from "../clock.ts";
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
}

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
  /** Reads the head again; true when it is not where it was thought to be. */
  recover(): Promise<boolean>;
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
    if (stored.head.writer !== writer) throw new Error("Another process writes to this log");
    // An earlier commit, given up as failed, may have come through late and taken the place.
    if (stored.head.commit !== next.commit) throw new Error("Store did not take the commit");
    versionstamp = stored.versionstamp;
  }

  async function recover(): Promise<boolean> {
    const before = head.position;
    ({ head, versionstamp } = await readHead(kv, () => head));
    isKnown = true;
    return head.position !== before;
  }

  return { current: () => head, advance, isKnown: () => isKnown, recover };
}

async function readHead(kv: Kv, missing: () => Head) {
  const { key, value, versionstamp } = await kv.get(logKeys.head);
  const head = value === null ? missing() : decodeJson(key, value, headSchema);
  return { head, versionstamp };
}
