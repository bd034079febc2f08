import { backOffMs } from "./back_off.ts";
import { batchBody, type BatchPart, nextBatch, readAnswer } from "./batch.ts";
import type { ClockOffset } from "./clock_offset.ts";
import { type Line, openLine } from "./line.ts";
import { isFinalForAttempt, startOf } from "./messages.ts";
import type { KioskStatus } from "./mod.ts";
import type { Answer, KioskClock, Net, Timers } from "./ports.ts";
import type { Queue } from "./queue.ts";
import type { Command } from "./registry.ts";

export interface DeliveryDeps {
  readonly queue: Queue;
  readonly net: Net;
  readonly clock: KioskClock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly offset: ClockOffset;
  readonly app: string | undefined;
  /** The mission that runs in this page, for which a line is kept open; null without one. */
  readonly running: () => string | null;
  /** The time of an attempt's own clock. */
  readonly timeOf: (attemptId: string) => number;
  /** Something left the queue: so many events were refused. */
  readonly onSettled: (refused: number) => void;
  readonly onConnection: (connection: KioskStatus["connection"]) => void;
  readonly obey: (command: Command) => void;
}

/** The server answered that it cannot now; or there was no answer. Ends a round, and goes no further. */
class Failure {
  constructor(readonly waitMs: number, readonly isOffline: boolean) {}
}

/** Another line would end as this one did: the attempt is over, or not for us. */
const NO_LINE = new Set([4403, 4404, 4410]);

/** Sends what the queue holds until it is empty: one round at a time, for ever. */
export function createDelivery(deps: DeliveryDeps) {
  const { queue, net, clock, timers } = deps;
  let line: Line | null = null;
  let lineOf: string | null = null;
  let lineFailures = 0;
  /** By the monotonic clock. */
  let noLineBefore = 0;
  let quietUntil = 0;
  let failures = 0;
  let isBusy = false;
  let isWanted = false;
  let isOver = false;
  let stopTimer: (() => void) | null = null;

  /** There is something to send, or to look at again. */
  function wake(): void {
    isWanted = true;
    if (!isBusy && stopTimer === null) void run();
  }

  async function run(): Promise<void> {
    isBusy = true;
    try {
      while (isWanted && !isOver) {
        isWanted = false;
        await round();
        failures = 0;
      }
    } catch (error) {
      const { waitMs, isOffline } = error instanceof Failure ? error : new Failure(0, true);
      if (isOffline) deps.onConnection("offline");
      wakeIn(Math.max(waitMs, backOffMs(failures++, deps.random)));
    }
    isBusy = false;
  }

  function wakeIn(ms: number): void {
    if (isOver) return;
    stopTimer?.();
    stopTimer = timers.after(ms, () => {
      stopTimer = null;
      wake();
    });
  }

  async function round(): Promise<void> {
    const quietMs = quietUntil - clock.monotonic();
    if (quietMs > 0) throw new Failure(quietMs, false);
    const running = deps.running();
    if (lineOf !== running) dropLine();
    if (running !== null && line === null) await tryLine(running);
    if (line?.isReady()) {
      deps.onConnection("socket");
      pump();
    }
    for (let parts = choose(); parts.length > 0; parts = choose()) await sendBatch(parts);
  }

  /** What no line carries. */
  function choose(): BatchPart[] {
    const byLine = line?.isReady() ? lineOf : null;
    const entries = [...queue.entries.values()];
    return nextBatch({
      entries: entries.filter(({ attempt }) => attempt.attemptId !== byLine),
      isReady: queue.isSaved,
    });
  }

  function pump(): void {
    const entry = lineOf === null ? undefined : queue.entries.get(lineOf);
    if (entry === undefined || !line?.isReady() || quietUntil > clock.monotonic()) return;
    const { attemptId } = entry.attempt;
    line.send(entry.events.values().filter(queue.isSaved), () => deps.timeOf(attemptId));
  }

  async function tryLine(attemptId: string): Promise<void> {
    const entry = queue.entries.get(attemptId);
    if (entry === undefined || entry.attempt.endedAt !== null) return;
    if (clock.monotonic() < noLineBefore) return;
    const answer = await post(
      "/api/missions/start",
      startOf(entry.attempt, deps.timeOf(attemptId)),
    );
    // deno-lint-ignore no-explicit-any
    const { data, error } = answer.body as any;
    if (answer.status !== 201) {
      if (!isFinalForAttempt(error)) throw new Failure(answer.retryAfterMs, false);
      return giveUp(attemptId);
    }
    queue.update(attemptId, { known: true });
    const url = `${data.wsUrl}?attemptId=${data.attemptId}&token=${data.wsToken}`;
    const [first] = entry.events.keys();
    lineOf = attemptId;
    const opened = await openLine(url, first ?? entry.attempt.lastSeq + 1, {
      ...deps,
      onSettled: (seq, taken) => settle(attemptId, seq, taken),
      onWait: rest,
      onClosed: (code) => lost(attemptId, code),
    });
    if (isOver) opened?.close();
    else if (opened?.isReady()) line = opened;
  }

  function settle(attemptId: string, seq: number, taken: boolean): void {
    lineFailures = 0;
    const wasHere = queue.remove(attemptId, seq);
    deps.onSettled(wasHere && !taken ? 1 : 0);
    pump();
  }

  /** The server asks for a pause. */
  function rest(ms: number): void {
    quietUntil = Math.max(quietUntil, clock.monotonic() + ms);
    line?.again();
    wakeIn(ms);
  }

  function lost(attemptId: string, code: number): void {
    if (lineOf !== attemptId) return;
    line = lineOf = null;
    const waitMs = NO_LINE.has(code) ? Infinity : backOffMs(lineFailures++, deps.random);
    noLineBefore = clock.monotonic() + waitMs;
    // What was under way goes by batch at once, and later events by a line again.
    wake();
  }

  function dropLine(): void {
    const dropped = line;
    line = lineOf = null;
    noLineBefore = lineFailures = 0;
    dropped?.close();
  }

  async function sendBatch(parts: readonly BatchPart[]): Promise<void> {
    const sentAt = clock.now();
    const answer = await post("/api/missions/batch", batchBody(parts, deps.timeOf));
    if (answer.status !== 201 && answer.status !== 207) {
      throw new Failure(answer.retryAfterMs, false);
    }
    const waitMs = read(parts, answer, sentAt);
    deps.onConnection("batch");
    if (waitMs !== null) throw new Failure(waitMs, false);
  }

  function read(parts: readonly BatchPart[], { body }: Answer, sentAt: number): number | null {
    // deno-lint-ignore no-explicit-any
    const { data } = body as any;
    deps.offset.answered(sentAt, data.timestamp);
    let refused = 0;
    const waitMs = readAnswer(parts, data, {
      known: (attemptId) => queue.update(attemptId, { known: true }),
      settled({ attemptId, seq }, taken) {
        if (queue.remove(attemptId, seq) && !taken) refused++;
      },
      refused: giveUp,
    });
    deps.onSettled(refused);
    return waitMs;
  }

  function giveUp(attemptId: string): void {
    deps.onSettled(queue.forget(attemptId));
  }

  async function post(path: string, body: unknown): Promise<Answer> {
    const answer = await net.post(path, body).catch(() => null);
    if (answer === null || answer.body === null) throw new Failure(answer?.retryAfterMs ?? 0, true);
    return answer;
  }

  return {
    wake,
    /** The network may be there again: no waiting. */
    retry(): void {
      stopTimer?.();
      stopTimer = null;
      failures = lineFailures = noLineBefore = 0;
      wake();
    },
    /** The page may be gone in a moment: everything that fits is left to the browser to send. */
    async leave(): Promise<void> {
      const parts = nextBatch({ entries: queue.entries.values(), isReady: () => true });
      if (parts.length === 0) return;
      const body = batchBody(parts, deps.timeOf);
      const sentAt = clock.now();
      const answer = await net.post("/api/missions/batch", body, { keepalive: true })
        .catch(() => null);
      if (answer?.status === 201 || answer?.status === 207) read(parts, answer, sentAt);
    },
    close(): void {
      isOver = true;
      stopTimer?.();
      dropLine();
    },
  };
}
