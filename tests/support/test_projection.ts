import type { Kv, Write } from "../../lib/kv/port.ts";
import type { LogRecord, ProjectionSpec } from "../../lib/log/mod.ts";

/** A projection that keeps one row per fact and remembers what was done with it. */
export interface TestProjection {
  readonly spec: ProjectionSpec;
  /** Positions that were staged, call by call. */
  readonly staged: number[][];
  /** Positions of each commit that it heard of. */
  readonly committed: number[][];
  rebuilds(): number;
  /** Called before each staging; throws or waits as the test wants. */
  before: () => void | Promise<void>;
}

export interface TestProjectionOptions {
  readonly name?: string;
  readonly version?: number;
  readonly groupsOf?: (records: readonly LogRecord[]) => Write[][];
}

const ROWS = ["test", "rows"];

export function testProjection(
  { name = "rows", version = 1, groupsOf = rowsOf }: TestProjectionOptions = {},
): TestProjection {
  let rebuilds = 0;
  const test: TestProjection = {
    staged: [],
    committed: [],
    rebuilds: () => rebuilds,
    before: () => {},
    spec: {
      name,
      version,
      async stage(records) {
        await test.before();
        const positions = records.map(({ position }) => position);
        test.staged.push(positions);
        return {
          groups: groupsOf(records),
          committed: () => void test.committed.push(positions),
        };
      },
      rebuild() {
        rebuilds++;
        return Promise.resolve();
      },
    },
  };
  return test;
}

function rowsOf(records: readonly LogRecord[]): Write[][] {
  return records.map(({ position, fact }) => [
    { kind: "set", key: [...ROWS, position], value: Reflect.get(fact, "n") },
  ]);
}

/** The numbers in the rows, in order of position. */
export async function rowNumbers(kv: Kv): Promise<unknown[]> {
  return await Array.fromAsync(kv.list({ prefix: ROWS }), ({ value }) => value);
}
