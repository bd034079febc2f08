/**
 * The program of the thread, which copies all pages in one step: in several, each commit of a
 * server meanwhile makes SQLite begin anew, and under load it never comes to an end. Commits are not
 * held up, as the store keeps a write-ahead log; but the thread that copies stands still, so it may
 * not be the server's. It is a text and not a file, so that the server needs no permission to read
 * its own sources.
 */
const WORKER_SOURCE = `
import { backup, DatabaseSync } from "node:sqlite";
self.onmessage = async ({ data: { from, to } }) => {
  let error = null;
  try {
    const source = new DatabaseSync(from);
    try {
      await backup(source, to, { rate: -1 });
    } finally {
      source.close();
    }
  } catch (cause) {
    error = String(cause?.message ?? cause);
  }
  self.postMessage({ error });
};`;

export interface CopyOptions {
  /** A store, also one that a server has open; it must be there. */
  readonly from: string;
  /** A file that is empty, or not there. */
  readonly to: string;
  /** Gives up; what was copied so far is worth nothing. */
  readonly signal?: AbortSignal;
}

/**
 * Copies a store as it is at one moment, after the call: every commit of before it is in the copy.
 * @throws Error with one sentence when either file cannot be used, or at the signal
 */
export async function copyStore({ from, to, signal }: CopyOptions): Promise<void> {
  signal?.throwIfAborted();
  const url = `data:text/javascript,${encodeURIComponent(WORKER_SOURCE)}`;
  const worker = new Worker(url, { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (why: string) => reject(new Error(`Cannot copy "${from}" to "${to}": ${why}`));
  const giveUp = () => fail("it was given up");
  worker.onmessage = ({ data: { error } }) => error === null ? resolve() : fail(error);
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message);
  };
  signal?.addEventListener("abort", giveUp);
  worker.postMessage({ from, to });
  try {
    await promise;
  } finally {
    signal?.removeEventListener("abort", giveUp);
    worker.terminate();
  }
}
