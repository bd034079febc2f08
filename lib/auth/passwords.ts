import { AppError } from "../errors.ts";

/** bcrypt in threads of its own: a hash takes long and would stop every kiosk meanwhile. */
export interface Passwords {
  /**
   * @throws AppError RATE_LIMIT when too many wait
   */
  matches(password: string, hash: string): Promise<boolean>;
  /**
   * @throws AppError VALIDATION_ERROR over 72 bytes, which bcrypt would cut silently
   */
  hash(password: string): Promise<string>;
  close(): void;
}

const MAX_WAITING = 32;
const MAX_PASSWORD_BYTES = 72;
/** Started when needed: the second one only when two sign in at once. */
const THREADS = 2;
/** See `docs/decisions/011-bcrypt-at-cost-10.md`. */
export const BCRYPT_COST = 10;

/**
 * The program of the thread. It is a text and not a file, so that the server needs no permission to
 * read its own sources; the version is the one of `deno.json`, checked by a test.
 */
export const WORKER_SOURCE = `
import bcrypt from "npm:bcryptjs@3.0.3";
self.onmessage = ({ data: { id, password, hash, cost } }) => {
  try {
    const result = hash === null
      ? bcrypt.hashSync(password, cost)
      : bcrypt.compareSync(password, hash);
    self.postMessage({ id, result });
  } catch (error) {
    self.postMessage({ id, error: String(error) });
  }
};`;

interface Job {
  resolve(result: string | boolean): void;
  reject(error: Error): void;
}

interface Work {
  readonly password: string;
  /** Null to make one. */
  readonly hash: string | null;
}

/** A thread that is started with its first work, and again after it failed. */
function createThread() {
  let worker: Worker | null = null;
  let nextId = 0;
  const jobs = new Map<number, Job>();

  function start(): Worker {
    const url = `data:text/javascript,${encodeURIComponent(WORKER_SOURCE)}`;
    const started = new Worker(url, { type: "module" });
    started.onmessage = ({ data }) => {
      const job = jobs.get(data.id);
      jobs.delete(data.id);
      if (data.error === undefined) job?.resolve(data.result);
      else job?.reject(new Error(data.error));
    };
    started.onerror = (event) => {
      event.preventDefault();
      stop(new Error(`Password thread failed: ${event.message}`));
    };
    return started;
  }

  function stop(reason: Error): void {
    worker?.terminate();
    worker = null;
    for (const job of jobs.values()) job.reject(reason);
    jobs.clear();
  }

  function run(work: Work): Promise<string | boolean> {
    worker ??= start();
    const id = nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<string | boolean>();
    jobs.set(id, { resolve, reject });
    worker.postMessage({ id, cost: BCRYPT_COST, ...work });
    return promise;
  }

  return { run, stop, waiting: () => jobs.size };
}

export function createPasswords(): Passwords {
  const threads = Array.from({ length: THREADS }, createThread);

  function run(work: Work): Promise<string | boolean> {
    const waiting = threads.reduce((sum, thread) => sum + thread.waiting(), 0);
    if (waiting >= MAX_WAITING) {
      throw new AppError("RATE_LIMIT", "Too many sign-ins at once, try again", {
        details: { retryAfterMs: 5_000 },
      });
    }
    return threads.reduce((a, b) => b.waiting() < a.waiting() ? b : a).run(work);
  }

  return {
    async matches(password, hash) {
      if (isTooLong(password)) return false;
      return await run({ password, hash }) === true;
    },
    async hash(password) {
      if (isTooLong(password)) {
        throw new AppError("VALIDATION_ERROR", "Password is too long", {
          details: { field: "password", expected: `at most ${MAX_PASSWORD_BYTES} bytes` },
        });
      }
      return String(await run({ password, hash: null }));
    },
    close() {
      for (const thread of threads) thread.stop(new Error("Server shuts down"));
    },
  };
}

/** True where bcrypt would cut silently. */
export function isTooLong(password: string): boolean {
  return new TextEncoder().encode(password).length > MAX_PASSWORD_BYTES;
}
