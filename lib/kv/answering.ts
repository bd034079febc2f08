import { AppError } from "../errors.ts";
import type { Kv } from "./port.ts";

const RETRY_AFTER_MS = 2_000;

/**
 * A store whose failures are UNAVAILABLE: whoever asked is told to come again, and that it is not
 * his doing. What the store said stays the cause.
 */
export function answeringKv(kv: Kv): Kv {
  return {
    get: (...args) => answer(() => kv.get(...args)),
    getMany: (...args) => answer(() => kv.getMany(...args)),
    set: (...args) => answer(() => kv.set(...args)),
    delete: (...args) => answer(() => kv.delete(...args)),
    list<T>(...args: Parameters<Kv["list"]>) {
      const iterator = kv.list<T>(...args);
      const next = iterator.next.bind(iterator);
      iterator.next = () => answer(next);
      return iterator;
    },
    atomic() {
      const operation = kv.atomic();
      const commit = operation.commit.bind(operation);
      operation.commit = () => answer(commit);
      return operation;
    },
    close: () => kv.close(),
  };
}

async function answer<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new AppError("UNAVAILABLE", "Storage does not answer, try again", {
      details: { retryAfterMs: RETRY_AFTER_MS },
      cause,
    });
  }
}
