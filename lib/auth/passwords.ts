import { AppError } from "../errors.ts";

/** bcrypt in a thread of its own: a hash takes a quarter of a second and would stop every kiosk. */
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
export const BCRYPT_COST = 12;

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

export function createPasswords(): Passwords {
  let worker: Worker | null = null;
  let nextId = 0;
  const jobs = new Map<number, Job>();

  function startWorker(): Worker {
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

  function run(work: { password: string; hash: string | null }): Promise<string | boolean> {
    if (jobs.size >= MAX_WAITING) {
      throw new AppError("RATE_LIMIT", "Too many sign-ins at once, try again", {
        details: { retryAfterMs: 5_000 },
      });
    }
    worker ??= startWorker();
    const id = nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<string | boolean>();
    jobs.set(id, { resolve, reject });
    worker.postMessage({ id, cost: BCRYPT_COST, ...work });
    return promise;
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
    close: () => stop(new Error("Server shuts down")),
  };
}

/** True where bcrypt would cut silently. */
export function isTooLong(password: string): boolean {
  return new TextEncoder().encode(password).length > MAX_PASSWORD_BYTES;
}
