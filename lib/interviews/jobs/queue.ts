import { z } from "zod";
import type { Clock } from "../../clock.ts";
import { jittered } from "../../jitter.ts";
import { decodeJson, encodeJson } from "../../kv/json_value.ts";
import { listJson } from "../../kv/list_json.ts";
import type { Kv } from "../../kv/port.ts";
import type { OneAtATime } from "../../one_at_a_time.ts";
import { interviewKeys } from "../keys.ts";
import { createFairOrder } from "./fair_order.ts";

const jobSchema = z.object({
  jobId: z.string(),
  userId: z.string(),
  sessionId: z.string(),
  /** How often it was begun. */
  tries: z.number().int(),
  /** Not before, epoch milliseconds. */
  dueAt: z.number(),
  /** The process that works at it, and until when at most; null while it waits. */
  lease: z.object({ owner: z.string(), until: z.number() }).nullable(),
  /** Tried too often; kept to be looked at. */
  isDead: z.boolean(),
});
/** Work that is to be done once, whatever happens meanwhile. */
export type Job = z.infer<typeof jobSchema>;

/** What a queue does with its jobs. */
export interface JobHandler<Result> {
  /** The long part; stops at the signal. May run again after a crash, to the same effect. */
  work(job: Job, signal: AbortSignal): Promise<Result>;
  /**
   * Adds what the result changes to the commit that ends the job: both happen, or neither. What it
   * gives back is called after that.
   */
  finish(job: Job, result: Result, operation: Deno.AtomicOperation): Promise<() => void>;
  /** The same for a job that is given up. */
  giveUp(job: Job, error: unknown, operation: Deno.AtomicOperation): Promise<() => void>;
}

export interface JobQueueDeps<Result> {
  readonly kv: Kv;
  readonly clock: Clock;
  /** Of this process; a lease of another one is of a process that is gone. */
  readonly owner: string;
  readonly handler: JobHandler<Result>;
  /** One change at a time for each person: a job ends in a turn of its own. */
  readonly turns: OneAtATime;
  /** How many are worked at together. */
  readonly workers: number;
  /** How long one may take. */
  readonly leaseMs: number;
  readonly onError: (error: unknown) => void;
  /** A row that cannot be read is left where it is, and the others are worked at. */
  readonly onUnreadable: (error: unknown) => void;
}

export interface JobQueue {
  /** Adds a job to the commit of what it is about; `wake` after that. */
  stage(operation: Deno.AtomicOperation, job: Pick<Job, "jobId" | "userId" | "sessionId">): void;
  wake(jobId: string): Promise<void>;
  /** Begins what is due; the timer's step. */
  pump(): void;
  waiting(): number;
  /** How many were given up, and their rows, as many as are asked for. */
  dead(): number;
  listDead(limit: number): Promise<Job[]>;
  /** Stops working; what is not done is done after the next start. */
  close(): Promise<void>;
}

const MAX_TRIES = 5;
const BACK_OFF_MS = 2_000;

/**
 * A queue that outlives the process: jobs are rows in the store, and the order is kept in memory.
 * One process owns the store, so whatever is leased at the start was left behind by a crash.
 */
export async function openJobQueue<Result>(deps: JobQueueDeps<Result>): Promise<JobQueue> {
  const { kv, clock, owner, handler, turns, onUnreadable } = deps;
  const order = createFairOrder();
  const running = new Map<string, { stop: AbortController; ended: Promise<void> }>();
  let deadCount = 0;
  let isClosed = false;

  const rows = () => listJson(kv, { prefix: interviewKeys.jobs, schema: jobSchema, onUnreadable });
  for await (const job of rows()) {
    if (job.isDead) deadCount++;
    else order.add(job);
  }

  async function read(jobId: string) {
    const { key, value, versionstamp } = await kv.get(interviewKeys.job(jobId));
    const job = value === null ? null : decodeJson(key, value, jobSchema);
    return { job, check: { key, versionstamp } };
  }

  /** Null when the job is gone, or another process has it. */
  async function claim(jobId: string): Promise<Job | null> {
    const { job, check } = await read(jobId);
    if (job === null || job.isDead) return null;
    const until = clock.now() + deps.leaseMs;
    const claimed = { ...job, tries: job.tries + 1, lease: { owner, until } };
    const { ok } = await kv.atomic().check(check).set(check.key, encodeJson(claimed)).commit();
    return ok ? claimed : null;
  }

  /** Ends a job together with what that changes, unless it is no longer ours. */
  function end(
    claimed: Job,
    settle: (operation: Deno.AtomicOperation) => Promise<() => void>,
  ): Promise<void> {
    return turns.run(claimed.userId, async () => {
      const { job, check } = await read(claimed.jobId);
      if (job?.lease?.owner !== owner || job.tries !== claimed.tries) return;
      const operation = kv.atomic().check(check);
      const tell = await settle(operation);
      if ((await operation.commit()).ok) tell();
    });
  }

  async function retryLater(job: Job): Promise<void> {
    const backOffMs = jittered(BACK_OFF_MS * 2 ** job.tries);
    const waiting = { ...job, lease: null, dueAt: clock.now() + backOffMs };
    await end(job, (operation) => {
      operation.set(interviewKeys.job(job.jobId), encodeJson(waiting));
      return Promise.resolve(() => order.add(waiting));
    });
  }

  async function giveUp(job: Job, error: unknown): Promise<void> {
    await end(job, async (operation) => {
      const dead = { ...job, lease: null, isDead: true };
      operation.set(interviewKeys.job(job.jobId), encodeJson(dead));
      const tell = await handler.giveUp(job, error, operation);
      return () => {
        deadCount++;
        tell();
      };
    });
  }

  async function run(jobId: string, stop: AbortController): Promise<void> {
    const job = await claim(jobId);
    if (job === null) return;
    const timeout = AbortSignal.timeout(deps.leaseMs);
    try {
      const result = await handler.work(job, AbortSignal.any([stop.signal, timeout]));
      await end(job, async (operation) => {
        operation.delete(interviewKeys.job(jobId));
        return await handler.finish(job, result, operation);
      });
    } catch (error) {
      // A stop is nobody's failure: the row stays, and the next start takes it up.
      if (isClosed) return;
      deps.onError(error);
      if (job.tries < MAX_TRIES) await retryLater(job);
      else await giveUp(job, error);
    }
  }

  function pump(): void {
    while (!isClosed && running.size < deps.workers) {
      const next = order.take(clock.now());
      if (next === null) return;
      const { jobId } = next;
      const stop = new AbortController();
      const ended = run(jobId, stop).catch((error) => {
        // The store failed: the row is as it was, and is tried again.
        deps.onError(error);
        order.add({ ...next, dueAt: clock.now() + BACK_OFF_MS });
      }).finally(() => {
        running.delete(jobId);
        pump();
      });
      running.set(jobId, { stop, ended });
    }
  }

  return {
    stage(operation, { jobId, userId, sessionId }) {
      const now = clock.now();
      const job: Job = {
        jobId,
        userId,
        sessionId,
        tries: 0,
        dueAt: now,
        lease: null,
        isDead: false,
      };
      operation.set(interviewKeys.job(jobId), encodeJson(job));
    },
    async wake(jobId) {
      const { job } = await read(jobId);
      if (job !== null && !running.has(jobId)) order.add(job);
      pump();
    },
    pump,
    waiting: () => order.size() + running.size,
    dead: () => deadCount,
    async listDead(limit) {
      const dead: Job[] = [];
      for await (const job of rows()) {
        if (job.isDead) dead.push(job);
      }
      // Those whose interviews were deleted since are gone.
      deadCount = dead.length;
      return dead.slice(-limit).reverse();
    },
    async close() {
      isClosed = true;
      for (const { stop } of running.values()) stop.abort();
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}
