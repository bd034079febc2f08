import { AppError } from "../errors.ts";
import { MAX_COMMIT_BYTES, MAX_PACKED_BYTES } from "../kv/limits.ts";
import { type HeadDeps, openHead } from "./head.ts";
import { createFactEncoder } from "./encode.ts";
import type { Fact, Head, LogRecord } from "./schema.ts";

/** Facts in one commit; the entries then stay far below the store's limit of mutations. */
const MAX_FACTS_PER_COMMIT = 4_000;

type Encoded = Omit<LogRecord, "position">;

interface Waiting {
  readonly facts: readonly Encoded[];
  readonly bytes: number;
  readonly resolve: (position: number) => void;
  readonly reject: (error: AppError) => void;
  readonly onRefused: () => void;
}

export interface WriterDeps extends HeadDeps {
  /** Called with each commit's records, before the senders hear of it. */
  readonly onCommit: (records: readonly LogRecord[]) => void;
  /** Called when the store turns out to hold what was thought to have failed. */
  readonly onRecover: () => void;
  /** Resolves when there is room: followers may make the writer, and so the senders, wait. */
  readonly room: () => Promise<void>;
}

export interface LogWriter {
  append(facts: readonly Fact[], onRefused?: () => void): Promise<number>;
  head(): Head;
  /** Facts that wait for a commit. */
  waiting(): number;
  /** Resolves when everything that was appended so far is committed or refused. */
  flushed(): Promise<void>;
  /**
   * Resolves when it is known what the store holds: at once, unless a commit has failed.
   * @throws AppError UNAVAILABLE when the store does not tell
   */
  settled(): Promise<void>;
  /** Null, or why the last commit did not succeed. */
  failure(): Error | null;
}

/**
 * Group commit: what arrives while one commit is under way is the next commit. No timer, one
 * commit at a time (decision 5 of the architecture).
 */
export async function createLogWriter(deps: WriterDeps): Promise<LogWriter> {
  const { room, onCommit, onRecover } = deps;
  const head = await openHead(deps);
  const encodeFact = createFactEncoder();
  const queue: Waiting[] = [];
  let queuedFacts = 0;
  let draining = false;
  let failure: Error | null = null;

  async function drain(): Promise<void> {
    // One turn of the event loop's microtasks: frames of the same packet share a commit.
    await Promise.resolve();
    while (queue.length > 0) {
      let group: Waiting[] = [];
      try {
        await room();
        if (!head.isKnown() && await head.recover()) onRecover();
        group = take(countForCommit(queue));
        await commit(group);
      } catch (cause) {
        failure = cause instanceof Error ? cause : new Error(String(cause));
        refuse([...group, ...take(queue.length)], head.intrusion() ?? notStored(failure));
      }
    }
    // In the same breath as the last look at the queue: an append in between would wait for ever.
    draining = false;
  }

  function take(count: number): Waiting[] {
    const group = queue.splice(0, count);
    for (const { facts } of group) queuedFacts -= facts.length;
    return group;
  }

  async function commit(group: readonly Waiting[]): Promise<void> {
    let position = head.current().position;
    const records: LogRecord[] = [];
    for (const { facts } of group) {
      for (const fact of facts) records.push({ position: ++position, ...fact });
    }
    if (records.length > 0) {
      await head.advance(records);
      failure = null;
      onCommit(records);
    }
    let last = position - records.length;
    for (const { facts, resolve } of group) resolve(last += facts.length);
  }

  function encode(fact: Fact): Encoded {
    const encoded = encodeFact(fact);
    if (encoded.length <= MAX_PACKED_BYTES) return { fact, encoded };
    throw tooLarge("Event is too large to store", MAX_PACKED_BYTES);
  }

  function append(facts: readonly Fact[], onRefused = () => {}): Promise<number> {
    const encoded = facts.map(encode);
    const bytes = encoded.reduce((sum, fact) => sum + fact.encoded.length, 0);
    if (bytes > MAX_COMMIT_BYTES) throw tooLarge("Events are too large together", MAX_COMMIT_BYTES);
    return new Promise((resolve, reject) => {
      queue.push({ facts: encoded, bytes, resolve, reject, onRefused });
      queuedFacts += encoded.length;
      if (draining) return;
      draining = true;
      drain();
    });
  }

  return {
    append,
    head: head.current,
    waiting: () => queuedFacts,
    async flushed() {
      // An empty append takes its turn behind all others and writes nothing.
      if (draining) await append([]).catch(() => {});
    },
    async settled() {
      // After an intrusion there is no more to know: what was acknowledged stands as it did.
      if (!head.isKnown() && head.intrusion() === null) await append([]);
    },
    failure: () => failure,
  };
}

/** How many of those that wait fit one commit; always one, which was checked when it came. */
function countForCommit(queue: readonly Waiting[]): number {
  let facts = 0, bytes = 0;
  for (let i = 0; i < queue.length; i++) {
    facts += queue[i].facts.length;
    bytes += queue[i].bytes;
    if (i > 0 && (facts > MAX_FACTS_PER_COMMIT || bytes > MAX_COMMIT_BYTES)) return i;
  }
  return queue.length;
}

function tooLarge(message: string, maxBytes: number): AppError {
  return new AppError("PAYLOAD_TOO_LARGE", message, {
    details: { expected: `at most ${maxBytes} bytes` },
  });
}

function notStored(cause: Error): AppError {
  return new AppError("UNAVAILABLE", "Storage does not accept writes, try again", {
    details: { retryAfterMs: 2_000 },
    cause,
  });
}

function refuse(group: readonly Waiting[], error: AppError): void {
  // All of them before anything else may run: a promise is heard of only later.
  for (const waiting of group) waiting.onRefused();
  for (const waiting of group) waiting.reject(error);
}
