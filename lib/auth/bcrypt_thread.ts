/** Compares with hashes of bcrypt, one after the other, in a thread of its own: it takes long. */
export interface BcryptThread {
  matches(password: string, hash: string): Promise<boolean>;
  close(): void;
}

/** bcrypt reads no further, and says nothing. */
const MAX_BCRYPT_BYTES = 72;

/**
 * The program of the thread. It is a text and not a file, so that the server needs no permission to
 * read its own sources; the version is the one of `deno.json`, checked by a test.
 */
export const WORKER_SOURCE = `
import bcrypt from "npm:bcryptjs@3.0.3";
self.onmessage = ({ data: { id, password, hash } }) => {
  try {
    self.postMessage({ id, matches: bcrypt.compareSync(password, hash) });
  } catch (error) {
    self.postMessage({ id, error: String(error) });
  }
};`;

interface Job {
  resolve(matches: boolean): void;
  reject(error: Error): void;
}

/** Started with its first work, which most servers never have, and again after it failed. */
export function createBcryptThread(): BcryptThread {
  let worker: Worker | null = null;
  let nextId = 0;
  const jobs = new Map<number, Job>();

  function start(): Worker {
    const url = `data:text/javascript,${encodeURIComponent(WORKER_SOURCE)}`;
    const started = new Worker(url, { type: "module" });
    started.onmessage = ({ data: { id, matches, error } }) => {
      const job = jobs.get(id);
      jobs.delete(id);
      if (error === undefined) job?.resolve(matches);
      else job?.reject(new Error(error));
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

  return {
    async matches(password, hash) {
      if (new TextEncoder().encode(password).length > MAX_BCRYPT_BYTES) return false;
      worker ??= start();
      const id = nextId++;
      const { promise, resolve, reject } = Promise.withResolvers<boolean>();
      jobs.set(id, { resolve, reject });
      worker.postMessage({ id, password, hash });
      return await promise;
    },
    close: () => stop(new Error("Server shuts down")),
  };
}
