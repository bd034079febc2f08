import type { Kv } from "../../lib/kv/port.ts";

/** A real store that a test can break and mend. */
export interface FailingKv {
  readonly kv: Kv;
  /** Lets every call fail from now on, or only commits and writes. */
  breakDown(what: "all" | "writes"): void;
  /** Lets the commits fail that come after so many more. */
  breakAfter(commits: number): void;
  mend(): void;
}

export function failingKv(real: Kv): FailingKv {
  let broken: "all" | "writes" | null = null;
  let commitsLeft = Infinity;

  async function read<T>(call: () => Promise<T>): Promise<T> {
    if (broken === "all") throw new Error("disk I/O error");
    return await call();
  }
  async function write<T>(call: () => Promise<T>): Promise<T> {
    if (broken !== null || commitsLeft-- <= 0) throw new Error("database or disk is full");
    return await call();
  }

  const kv: Kv = {
    get: (...args) => read(() => real.get(...args)),
    getMany: (...args) => read(() => real.getMany(...args)),
    list<T>(...args: Parameters<Kv["list"]>) {
      const iterator = real.list<T>(...args);
      const next = iterator.next.bind(iterator);
      iterator.next = () => read(next);
      return iterator;
    },
    set: (...args) => write(() => real.set(...args)),
    delete: (...args) => write(() => real.delete(...args)),
    close: () => real.close(),
    atomic() {
      const operation = real.atomic();
      const commit = operation.commit.bind(operation);
      operation.commit = () => write(commit);
      return operation;
    },
  };
  return {
    kv,
    breakDown: (what) => broken = what,
    breakAfter: (commits) => commitsLeft = commits,
    mend() {
      broken = null;
      commitsLeft = Infinity;
    },
  };
}
