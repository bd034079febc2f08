import assert from "node:assert/strict";
import { encodeFact } from "../../../lib/log/encode.ts";
import type { LogRecord } from "../../../lib/log/schema.ts";
import { createTail } from "../../../lib/log/tail.ts";

/** Records of the positions `from` to `to`, each of twenty bytes. */
function records(from: number, to: number): LogRecord[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const fact = { type: "test.said" };
    return { position: from + index, fact, encoded: encodeFact(fact) };
  });
}

const positions = (found: LogRecord[] | null) => found?.map(({ position }) => position) ?? null;

Deno.test("after() gives what follows a position, and null for what it does not hold", () => {
  const tail = createTail({ maxRecords: 4, maxBytes: 1_000 });
  assert.equal(tail.after(0, 10), null, "an empty tail knows nothing");
  tail.push(records(1, 6));
  const table: [position: number, limit: number, expected: number[] | null][] = [
    [0, 10, null],
    [1, 10, null],
    [2, 10, [3, 4, 5, 6]],
    [2, 2, [3, 4]],
    [5, 10, [6]],
    [6, 10, []],
    [7, 10, null],
  ];
  for (const [position, limit, expected] of table) {
    assert.deepEqual(positions(tail.after(position, limit)), expected, `after ${position}`);
  }
});

Deno.test("push() keeps to the limit of bytes, were it nothing that stays", () => {
  const tail = createTail({ maxRecords: 100, maxBytes: 45 });
  tail.push(records(1, 3));
  assert.equal(tail.after(0, 10), null);
  assert.deepEqual(positions(tail.after(1, 10)), [2, 3]);
  const none = createTail({ maxRecords: 100, maxBytes: 10 });
  none.push(records(1, 3));
  assert.equal(none.after(2, 10), null);
  assert.equal(none.after(3, 10), null);
});

Deno.test("push() starts anew behind a gap, and so does forget()", () => {
  const tail = createTail({ maxRecords: 100, maxBytes: 1_000 });
  tail.push(records(1, 3));
  tail.push([]);
  tail.push(records(5, 6));
  assert.equal(tail.after(3, 10), null);
  assert.deepEqual(positions(tail.after(4, 10)), [5, 6]);
  tail.forget();
  assert.equal(tail.after(6, 10), null);
  tail.push(records(7, 7));
  assert.deepEqual(positions(tail.after(6, 10)), [7]);
});

Deno.test("release() lets go of what everybody has passed", () => {
  const tail = createTail({ maxRecords: 100, maxBytes: 1_000 });
  tail.release(5);
  tail.push(records(1, 6));
  tail.release(4);
  assert.equal(tail.after(3, 10), null);
  assert.deepEqual(positions(tail.after(4, 10)), [5, 6]);
  tail.release(6);
  assert.equal(tail.after(6, 10), null);
  tail.push(records(7, 8));
  assert.deepEqual(positions(tail.after(6, 10)), [7, 8]);
});

Deno.test("after() stays right while thousands go through", () => {
  const tail = createTail({ maxRecords: 10, maxBytes: 10_000 });
  for (let position = 1; position <= 5_000; position += 3) {
    tail.push(records(position, position + 2));
    const newest = position + 2;
    assert.deepEqual(
      positions(tail.after(newest - 2, 10)),
      [newest - 1, newest].filter((p) => p > 0),
    );
    if (newest > 11) assert.equal(tail.after(newest - 11, 10), null);
  }
});
