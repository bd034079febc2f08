import assert from "node:assert/strict";
import { createIds, type Ids, idSchema } from "../../lib/ids.ts";
import { testClock } from "../support/test_clock.ts";

const KINDS: [kind: Exclude<keyof Ids, "unique">, prefix: string][] = [
  ["attempt", "attempt"],
  ["event", "event"],
  ["review", "review"],
  ["connection", "conn"],
  ["request", "req"],
];

Deno.test("[M-02][T-M03][X-12] ids are a prefix, 13 digits of time and 9 of a counter", () => {
  const ids = createIds({ clock: testClock() });
  for (const [kind, prefix] of KINDS) {
    const id = ids[kind]();
    assert.match(id, new RegExp(`^${prefix}_1737282600000\\d{9}$`));
    assert.ok(id.length <= 50);
  }
});

Deno.test("[M-02][T-M03] ids made in one millisecond are distinct and in order", () => {
  const ids = createIds({ clock: testClock(), random: () => 0.1 });
  const made = Array.from({ length: 10_000 }, () => ids.attempt());
  assert.equal(new Set(made).size, made.length);
  assert.deepEqual(made, made.toSorted());
});

Deno.test("[T-M03] ids of two processes differ by where their counters begin", () => {
  const clock = testClock();
  const counters = [0, 0.5, 0.999_999_999_9].map((at) =>
    createIds({ clock, random: () => at }).event().slice(-9)
  );
  assert.deepEqual(counters, ["000000001", "500000001", "000000000"]);
  const [one, other] = [createIds({ clock }), createIds({ clock })];
  assert.notEqual(one.event(), other.event());
});

Deno.test("unique() is a UUID, and as given in a test", () => {
  const clock = testClock();
  assert.match(createIds({ clock }).unique(), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal(createIds({ clock, uuid: () => "mine" }).unique(), "mine");
});

Deno.test("[M-02][M-60] idSchema() takes the ids of its kind and no others", () => {
  const schema = idSchema("attempt");
  const ids = createIds({ clock: testClock() });
  for (const good of [ids.attempt(), "attempt_1"]) assert.equal(schema.parse(good), good);
  const long = `attempt_${"1".repeat(43)}`;
  for (const bad of ["", "attempt_", "attempt_x", "attempt_1\n", ids.event(), "1", long, 1]) {
    assert.ok(!schema.safeParse(bad).success, String(bad));
  }
});
