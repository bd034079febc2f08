import assert from "node:assert/strict";
import { AppError } from "../../../lib/errors.ts";
import { stage } from "../../../lib/kv/port.ts";
import {
  type AttemptCounts,
  countChange,
  indexWrites,
  sortValue,
} from "../../../lib/missions/attempt_index.ts";
import type { ListQuery } from "../../../lib/missions/attempt_list.ts";
import { countsWrite, createAttemptStore, rowWrite } from "../../../lib/missions/attempt_store.ts";
import { ATTEMPT_SORTS, missionKeys } from "../../../lib/missions/keys.ts";
import { rebuildRow } from "../../../lib/missions/rebuild.ts";
import {
  ATTEMPT_STATUSES,
  type AttemptRow,
  type MissionFact,
} from "../../../lib/missions/schema.ts";
import {
  eventFact,
  MISSIONS,
  START_AT,
  startedFact,
  toRecords,
} from "../../support/mission_facts.ts";

interface Attempt {
  readonly number: number;
  readonly missionType?: string;
  /** Seconds after the others; attempts may start in the same moment. */
  readonly startSec?: number;
  /** Seconds; none for an attempt that is still running. */
  readonly duration?: number;
  readonly rating?: number;
}

const idOf = (number: number) => `attempt_${String(number).padStart(4, "0")}`;

function rowOf(attempt: Attempt): AttemptRow {
  const { number, missionType = "portfolio", startSec = 0, duration, rating } = attempt;
  const attemptId = idOf(number);
  const startAt = START_AT + startSec * 1000;
  const facts: MissionFact[] = [
    startedFact({ attemptId, missionType, startAt, receivedAt: startAt }),
  ];
  const more = { attemptId };
  if (duration !== undefined) {
    facts.push(eventFact("mission_completed", startSec + duration, {}, more));
  }
  if (rating !== undefined) {
    const review = { reviewId: `review_${number}`, rating, feedback: null, submittedAt: START_AT };
    facts.push({ type: "missions.reviewed", attemptId, ...review, via: "rest", warnings: [] });
  }
  const row = rebuildRow(toRecords(facts), MISSIONS);
  assert.ok(row !== null);
  return row;
}

async function openStore(attempts: readonly Attempt[]) {
  const kv = await Deno.openKv(":memory:");
  let counts: AttemptCounts = {};
  for (const row of attempts.map(rowOf)) {
    counts = countChange(counts, null, row);
    const operation = kv.atomic();
    stage(operation, [rowWrite(row), ...indexWrites(null, row), countsWrite(counts)]);
    await operation.commit();
  }
  const store = createAttemptStore(kv);
  const list = async (parts: Partial<ListQuery>, known: AttemptCounts | null = counts) => {
    const query: ListQuery = {
      missionTypes: MISSIONS.types,
      statuses: ATTEMPT_STATUSES,
      sort: "startTime",
      order: "asc",
      limit: 100,
      offset: 0,
      ...parts,
    };
    const ids = await store.listIds(query, known);
    return ids.map((id) => Number(id.slice("attempt_".length)));
  };
  return { kv, store, list, counts, [Symbol.dispose]: () => kv.close() };
}

/** Four that ended, of which two were rated alike; two that run. */
const SIX: readonly Attempt[] = [
  { number: 1, startSec: 50, duration: 30, rating: 4 },
  { number: 2, startSec: 40, duration: 10, rating: 5, missionType: "vocabulary" },
  { number: 3, startSec: 30, duration: 30, rating: 4, missionType: "vocabulary" },
  { number: 4, startSec: 20, duration: 90 },
  { number: 5, startSec: 10 },
  { number: 6, startSec: 10, missionType: "vocabulary", rating: 1 },
];

const ORDERS: readonly [name: string, query: Partial<ListQuery>, numbers: number[]][] = [
  ["[M-10] by start, oldest first", { sort: "startTime", order: "asc" }, [5, 6, 4, 3, 2, 1]],
  ["[M-10] by start, newest first", { sort: "startTime", order: "desc" }, [1, 2, 3, 4, 6, 5]],
  ["[T-M15] by duration, those without one last", { sort: "duration", order: "asc" }, [
    2,
    1,
    3,
    4,
    5,
    6,
  ]],
  ["[T-M15] by duration, longest first, those without one still last", {
    sort: "duration",
    order: "desc",
  }, [4, 3, 1, 2, 6, 5]],
  ["[T-M15] by rating, those without one last", { sort: "rating", order: "asc" }, [
    6,
    1,
    3,
    2,
    4,
    5,
  ]],
  ["[T-M15] by rating, easiest first, those without one still last", {
    sort: "rating",
    order: "desc",
  }, [2, 3, 1, 6, 5, 4]],
  ["[M-10][M-38] of one mission", { missionTypes: ["vocabulary"] }, [6, 3, 2]],
  ["[M-10][M-38] of one status", { statuses: ["completed"] }, [4, 3, 2, 1]],
  ["[M-10] of one mission and status", {
    missionTypes: ["portfolio"],
    statuses: ["pending"],
  }, [5]],
  ["[M-10] of a status that nobody has", { statuses: ["expired"] }, []],
];

for (const [name, query, numbers] of ORDERS) {
  Deno.test(`${name}: ${numbers}`, async () => {
    using app = await openStore(SIX);
    assert.deepEqual(await app.list(query), numbers);
    assert.deepEqual(await app.list(query, null), numbers);
  });
}

Deno.test("[T-M15] pages by offset are the whole list, cut, in every order", async () => {
  using app = await openStore(SIX);
  for (const sort of ["startTime", "duration", "rating"] as const) {
    for (const order of ["asc", "desc"] as const) {
      const whole = await app.list({ sort, order });
      for (const limit of [1, 2, 4, 6, 7]) {
        // With the counts the second half is read from the end.
        for (const known of [null, app.counts]) {
          const pages: number[] = [];
          for (let offset = 0; offset < 8; offset += limit) {
            const page = await app.list({ sort, order, limit, offset }, known);
            assert.ok(page.length <= limit);
            pages.push(...page);
          }
          assert.deepEqual(pages, whole, `${sort} ${order}, ${limit} a page of ${known}`);
        }
      }
    }
  }
});

Deno.test("[T-M15] a page far behind the end is empty", async () => {
  using app = await openStore(SIX);
  for (const known of [null, app.counts, {}]) {
    assert.deepEqual(await app.list({ offset: 1_000_000 }, known), []);
  }
});

Deno.test("[M-10] what is rare among all may fill a page: it is read on as long as it lasts", async () => {
  const done = Array.from({ length: 900 }, (_, number) => ({ number, duration: 1 }));
  const running = Array.from({ length: 45 }, (_, i) => ({ number: 1_000 + i, startSec: 9 + i }));
  using app = await openStore([...done, ...running]);
  const page = await app.list({ order: "desc", limit: 50 });
  const newest = [...running.map(({ number }) => number).reverse(), 899, 898, 897, 896, 895];
  assert.deepEqual(page, newest);
});

Deno.test("[T-M15] more than one batch of equal values is ordered by id", async () => {
  using app = await openStore(Array.from({ length: 230 }, (_, i) => ({ number: i, duration: 30 })));
  const page = await app.list({ sort: "duration", order: "desc", limit: 50, offset: 100 });
  assert.deepEqual(page, Array.from({ length: 50 }, (_, i) => 129 - i));
});

Deno.test("rows are read many at a time, in the order asked for, null where there is none", async () => {
  using app = await openStore(Array.from({ length: 25 }, (_, number) => ({ number })));
  const ids = [...Array.from({ length: 25 }, (_, i) => idOf(24 - i)), "attempt_9999"];
  const rows = await app.store.findMany(ids);
  assert.deepEqual(rows.map((row) => row?.attemptId ?? null), [...ids.slice(0, 25), null]);
  assert.equal(await app.store.find("attempt_9999"), null);
  assert.deepEqual(await app.store.findMany([]), []);
});

Deno.test("open attempts are those that pend or run, of any number, page by page", async () => {
  using app = await openStore([
    ...SIX,
    ...Array.from({ length: 12 }, (_, i) => ({ number: 100 + i, startSec: i })),
  ]);
  for (const pageSize of [1, 5, 14, 200]) {
    const open: string[] = [];
    for await (const ids of app.store.openIds(MISSIONS.types, pageSize)) open.push(...ids);
    const expected = [5, 6, ...Array.from({ length: 12 }, (_, i) => 100 + i)].map(idOf);
    assert.deepEqual(open.sort(), expected.sort());
  }
});

Deno.test("[M-17][T-M21] ended attempts are counted in a half-open span of time", async () => {
  using app = await openStore(SIX);
  const countIn = async (fromSec: number, toSec: number) => {
    const span = { from: START_AT + fromSec * 1000, to: START_AT + toSec * 1000 };
    return (await app.store.endedIn(span)).length;
  };
  assert.equal(await countIn(0, 1000), 4);
  assert.equal(await countIn(50, 60), 1);
  assert.equal(await countIn(50, 80), 2);
  assert.equal(await countIn(111, 1000), 0);
});

Deno.test("a stored row that is not of its form is named as a fault of the store", async () => {
  using app = await openStore([{ number: 1 }]);
  await app.kv.set(missionKeys.attempt(idOf(1)), new TextEncoder().encode('{"attemptId":1}'));
  await assert.rejects(
    () => app.store.find(idOf(1)),
    (error) => error instanceof AppError && error.code === "DATABASE_ERROR",
  );
});

Deno.test("an empty store has no counts and no starts", async () => {
  using app = await openStore([]);
  assert.deepEqual(await app.store.counts(), {});
  assert.equal(await app.store.findStart("key"), null);
});

Deno.test("[M-10][T-M15] pages that go on from a place are those of the whole list, in both directions", async () => {
  using opened = await openStore(SIX);
  const rows = new Map(SIX.map((attempt) => [attempt.number, rowOf(attempt)]));
  for (const sort of ATTEMPT_SORTS) {
    for (const order of ["asc", "desc"] as const) {
      const all = await opened.list({ sort, order });
      for (const [index, number] of all.entries()) {
        const row = rows.get(number);
        assert.ok(row !== undefined);
        const place = { value: sortValue(sort, row), attemptId: row.attemptId };
        // The offset is what a reader sees; it is not walked as well.
        const page = { sort, order, limit: 2, offset: 4 };
        const after = await opened.list({ ...page, beside: { ...place, side: "after" } });
        assert.deepEqual(
          after,
          all.slice(index + 1, index + 3),
          `${sort} ${order} after ${number}`,
        );
        const before = await opened.list({ ...page, beside: { ...place, side: "before" } });
        const wanted = all.slice(Math.max(0, index - 2), index);
        assert.deepEqual(before, wanted, `${sort} ${order} before ${number}`);
      }
    }
  }
});

Deno.test("[M-10][T-M18] an attempt that moves to a status that nobody had is listed while it does", async () => {
  using app = await openStore([{ number: 1, duration: 9 }, { number: 2, startSec: 5 }]);
  const bothRan: AttemptCounts = { portfolio: { pending: 2 } };
  for (const order of ["asc", "desc"] as const) {
    const numbers = await app.list({ order }, bothRan);
    assert.deepEqual(numbers.toSorted(), [1, 2]);
  }
});
