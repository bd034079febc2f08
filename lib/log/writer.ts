import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import { MAX_COMMIT_BYTES, MAX_PACKED_BYTES } from "../kv/limits.ts";
import type { Kv } from "../kv/port.ts";
import { logKeys } from "./keys.ts";
import { packEntries, utf8Length } from "./pack.ts";
import { type Fact, type Head, headSchema, type LogRecord } from "./schema.ts";

/** Facts in one commit; the entries then stay far below the store's limit of mutations. */
const MAX_FACTS_PER_COMMIT = 4_000;

type Encoded = Omit<LogRecord, "position">;

interface Waiting {
  readonly facts: readonly Encoded[];
  readonly resolve: (position: number) => void;
  readonly reject: (error: AppError) => void;
}

export interface WriterDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  /** Names this process in the head. */
  readonly writer: string;
  /** For a file that has no head yet. */
  readonly newEpoch: () => string;
  /** Called with each commit's records, before the senders hear of it. */
  readonly onCommit: (records: readonly LogRecord[]) => void;
  /** Resolves when there is room: followers may make the writer, and so the senders, wait. */
  readonly room: () => Promise<void>;
}

export interface LogWriter {
  append(facts: readonly Fact[]): Promise<number>;
  head(): Head;
  /** Facts that wait for a commit. */
  waiting(): number;
  /** Resolves when everything that was appended so far is committed or refused. */
  flushed(): Promise<void>;
  /** Null, or why the last commit did not succeed. */
  failure(): Error | null;
}

/**
 * Group commit: what arrives while one commit is under way is the next commit. No timer, one
 * commit at a time (decision 5 of the architecture).
 */
export async function createLogWriter(deps: WriterDeps): Promise<LogWriter> {
  const { kv } = deps;
  let { head, headVersion } = await loadHead(deps);
  let queue: Waiting[] = [];
  let queuedFacts = 0;
  let draining: Promise<void> | null = null;
  let failure: Error | null = null;

  async function drain(): Promise<void> {
    // One turn of the event loop's microtasks: frames of the same packet share a commit.
    await Promise.resolve();
    while (queue.length > 0) {
      const group: Waiting[] = [];
      try {
        await deps.room();
        if (failure !== null) head = await recoverHead();
        group.push(...takeGroup());
        await commit(group);
        failure = null;
      } catch (cause) {
        failure = cause instanceof Error ? cause : new Error(String(cause));
        refuse([...group, ...queue.splice(0)], failure);
        queuedFacts = 0;
      }
    }
    // In the same turn as the last look at the queue: what is appended next must start a new run.
    draining = null;
  }

  function takeGroup(): Waiting[] {
    let facts = 0, bytes = 0, taken = 0;
    for (const waiting of queue) {
      for (const fact of waiting.facts) bytes += fact.bytes;
      facts += waiting.facts.length;
      if (taken > 0 && (facts > MAX_FACTS_PER_COMMIT || bytes > MAX_COMMIT_BYTES)) break;
      taken++;
    }
    const group = queue.slice(0, taken);
    queue = queue.slice(taken);
    for (const waiting of group) queuedFacts -= waiting.facts.length;
    return group;
  }

  async function commit(group: readonly Waiting[]): Promise<void> {
    const records: LogRecord[] = [];
    let position = head.position;
    for (const waiting of group) {
      for (const fact of waiting.facts) records.push({ position: ++position, ...fact });
    }
    if (records.length > 0) await write(records, position);
    let last = position - records.length;
    for (const waiting of group) waiting.resolve(last += waiting.facts.length);
  }

  async function write(records: readonly LogRecord[], position: number): Promise<void> {
    const next: Head = { ...head, position, writer: deps.writer };
    const operation = kv.atomic().check({ key: logKeys.head, versionstamp: headVersion });
    let first = head.position + 1;
    for (const entry of packEntries(records, deps.clock.now())) {
      operation.set(logKeys.entry(first), entry.bytes);
      first += entry.count;
    }
    const result = await operation.set(logKeys.head, encodeJson(next)).commit();
    if (result.ok) headVersion = result.versionstamp;
    else await confirmLostAnswer(next);
    head = next;
    deps.onCommit(records);
  }

  /** The store said no, though the write may be there: a repeated request answers like this. */
  async function confirmLostAnswer(next: Head): Promise<void> {
    const stored = await recoverHead();
    if (stored.position === next.position && stored.writer === next.writer) return;
    throw new Error("Another process writes to this log");
  }

  async function recoverHead(): Promise<Head> {
    const entry = await kv.get(logKeys.head);
    headVersion = entry.versionstamp;
    return entry.value === null ? head : decodeJson(entry.key, entry.value, headSchema);
  }

  function append(facts: readonly Fact[]): Promise<number> {
    const encoded = facts.map(encodeFact);
    return new Promise((resolve, reject) => {
      queue.push({ facts: encoded, resolve, reject });
      queuedFacts += encoded.length;
      draining ??= drain();
    });
  }

  return {
    append,
    head: () => head,
    waiting: () => queuedFacts,
    async flushed() {
      // An empty append takes its turn behind all others and writes nothing.
      if (draining !== null) await append([]).catch(() => {});
    },
    failure: () => failure,
  };
}

function encodeFact(fact: Fact): Encoded {
  const json = JSON.stringify(fact);
  const bytes = utf8Length(json);
  if (bytes > MAX_PACKED_BYTES) {
    throw new AppError("PAYLOAD_TOO_LARGE", "Event is too large to store", {
      details: { expected: `at most ${MAX_PACKED_BYTES} bytes` },
    });
  }
  return { fact, json, bytes };
}

function refuse(group: readonly Waiting[], cause: Error): void {
  const error = new AppError("UNAVAILABLE", "Storage does not accept writes, try again", {
    details: { retryAfterMs: 2_000 },
    cause,
  });
  for (const waiting of group) waiting.reject(error);
}

async function loadHead({ kv, newEpoch, writer }: WriterDeps) {
  const entry = await kv.get(logKeys.head);
  const head: Head = entry.value === null
    ? { position: 0, epoch: newEpoch(), writer }
    : decodeJson(entry.key, entry.value, headSchema);
  return { head, headVersion: entry.versionstamp };
}
