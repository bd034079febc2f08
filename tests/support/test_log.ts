import { createIds } from "../../lib/ids.ts";
import { type Fact, type FactLog, type LogDeps, openLog } from "../../lib/log/mod.ts";
import { type FaultyKv, faultyKv } from "./faulty_kv.ts";
import { type TestClock, testClock } from "./test_clock.ts";

export interface TestLog {
  readonly log: FactLog;
  readonly store: FaultyKv;
  readonly clock: TestClock;
  /** What the log reported, in order. */
  readonly reports: string[];
  /** The same store as the next process finds it. */
  reopen(): Promise<FactLog>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A log on a store in memory whose commits can be held and spoiled. */
export async function testLog(options: Partial<LogDeps> = {}): Promise<TestLog> {
  const store = faultyKv(await Deno.openKv(":memory:"));
  const clock = testClock();
  const reports: string[] = [];
  const logs: FactLog[] = [];
  async function reopen(): Promise<FactLog> {
    const log = await openLog({
      kv: store.kv,
      clock,
      ids: createIds({ clock }),
      schemas: {},
      onError: (message, error) => reports.push(`${message}: ${messageOf(error)}`),
      ...options,
    });
    logs.push(log);
    return log;
  }
  return {
    log: await reopen(),
    store,
    clock,
    reports,
    reopen,
    async [Symbol.asyncDispose]() {
      for (const log of logs) await log.close();
      store.kv.close();
    },
  };
}

export interface Said extends Fact {
  readonly n: number;
  readonly text?: string;
}

/** A fact of the tests; `bytes` makes its JSON about so long. */
export function said(n: number, bytes = 0): Said {
  const fact = { type: "test.said", n };
  return bytes === 0 ? fact : { ...fact, text: "x".repeat(bytes) };
}

/** `said` for each number from 1 to `count`. */
export function sayings(count: number, bytes = 0): Said[] {
  return Array.from({ length: count }, (_, index) => said(index + 1, bytes));
}

/** The numbers of the facts after a position, read to the end in steps. */
export async function readNumbers(log: FactLog, position = 0, limit = 1_000): Promise<number[]> {
  const numbers: number[] = [];
  let at = position;
  while (true) {
    const records = await log.read(at, limit);
    if (records.length === 0) return numbers;
    for (const record of records) {
      if (record.position <= at) throw new Error(`Position ${record.position} after ${at}`);
      at = record.position;
      numbers.push(Number(Reflect.get(record.fact, "n")));
    }
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
