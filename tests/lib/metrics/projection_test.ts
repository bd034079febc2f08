import assert from "node:assert/strict";
import fc from "fast-check";
import { createBucketStore, HOUR_MS, MINUTES_KEPT_MS } from "../../../lib/metrics/bucket_store.ts";
import type { CountedEvent } from "../../../lib/metrics/mod.ts";
import { bucketsProjection } from "../../../lib/metrics/projection.ts";
import type { Fact } from "../../../lib/log/mod.ts";
import { createIds } from "../../../lib/ids.ts";
import { openLog } from "../../../lib/log/mod.ts";
import { countedEvent, countedEvents } from "../../support/counted_events.ts";
import { eventually } from "../../support/eventually.ts";
import { type Fault, faultyKv } from "../../support/faulty_kv.ts";
import { openTestMetrics } from "../../support/open_metrics.ts";
import { testClock } from "../../support/test_clock.ts";

const NOW = Date.parse("2025-01-19T10:30:20.000Z");

interface Told extends Fact {
  readonly event: CountedEvent;
}

function told(event: CountedEvent): Told {
  return { type: "test.told", event };
}

function readTold(facts: readonly Fact[]): Promise<(CountedEvent | null)[]> {
  return Promise.resolve(
    facts.map((fact) => fact.type === "test.told" ? (fact as Told).event : null),
  );
}

/** The log and the buckets that follow it, on a store that may fail. */
async function open(kv: ReturnType<typeof faultyKv>["kv"], readEvents = readTold) {
  const clock = testClock(NOW);
  const stored: string[] = [];
  const log = await openLog({
    kv,
    clock,
    ids: createIds({ clock }),
    schemas: {},
    onError: () => {},
    limits: { retryMs: 1, gatherMs: 1 },
  });
  const buckets = createBucketStore(kv);
  const rows = await log.follow(bucketsProjection({
    clock,
    buckets,
    readEvents,
    onStored: (events) => stored.push(...events.map(({ eventId }) => eventId)),
  }));
  return { log, rows, buckets, stored, [Symbol.asyncDispose]: () => log.close() };
}

type Opened = Awaited<ReturnType<typeof open>>;

async function totals({ buckets }: Opened, from: number, to: number) {
  const sum = async (kind: "minute" | "hour") =>
    (await buckets.read(kind, { from, to })).values()
      .reduce((total, { bucket }) => total + bucket.events, 0);
  return { minutes: await sum("minute"), hours: await sum("hour") };
}

Deno.test("[T-E07] an event is counted in its hour, and in its minute while minutes are kept", async () => {
  using kv = await Deno.openKv(":memory:");
  await using app = await open(kv);
  const old = NOW - MINUTES_KEPT_MS - HOUR_MS;
  await app.log.append([old, NOW - HOUR_MS, NOW].map((at) => told(countedEvent(at))));
  await app.rows.barrier();
  assert.deepEqual(await totals(app, old - HOUR_MS, NOW + HOUR_MS), { minutes: 2, hours: 3 });
  const fresh = createBucketStore(kv);
  assert.deepEqual(await totals({ ...app, buckets: fresh }, old - HOUR_MS, NOW + HOUR_MS), {
    minutes: 2,
    hours: 3,
  });
});

Deno.test("[E-07][T-M18] an event that could not be counted is counted once when it can be, later ones or not", async () => {
  using kv = await Deno.openKv(":memory:");
  const events = [0, 1, 2].map((i) => countedEvent(NOW + i));
  const [first, bad, last] = events;
  async function pickyRead(facts: readonly Fact[]): ReturnType<typeof readTold> {
    const read = await readTold(facts);
    if (read.some((event) => event?.eventId === bad.eventId)) throw new Error("Cannot be read");
    return read;
  }
  {
    await using app = await open(kv, pickyRead);
    await app.log.append(events.map(told));
    await app.rows.barrier();
    assert.deepEqual(await totals(app, NOW - HOUR_MS, NOW + HOUR_MS), { minutes: 2, hours: 2 });
    assert.deepEqual(app.stored, [first.eventId, last.eventId]);
    assert.equal(app.log.stats().parked, 1);
  }
  for (let start = 0; start < 2; start++) {
    await using app = await open(kv);
    assert.deepEqual(await totals(app, NOW - HOUR_MS, NOW + HOUR_MS), { minutes: 3, hours: 3 });
    assert.equal(app.log.stats().parked, 0);
  }
});

for (const fault of ["fail", "lose", "deny", "late"] satisfies Fault[]) {
  Deno.test(`[E-07] each event is counted and told once, whatever became of a commit: ${fault}`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(countedEvents({ from: NOW - 3 * HOUR_MS, to: NOW }, 12), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.nat(3),
        async (batches, spoilAt) => {
          using real = await Deno.openKv(":memory:");
          const store = faultyKv(real);
          await using app = await open(store.kv);
          let sent = 0;
          for (const [i, events] of batches.entries()) {
            if (events.length === 0) continue;
            await totals(app, NOW - 4 * HOUR_MS, NOW + HOUR_MS);
            // The log's commit, then that of the buckets.
            if (i === spoilAt) store.spoil("none", fault);
            await app.log.append(events.map(told));
            sent += events.length;
            await eventually(() => app.rows.position() === sent, "all is counted");
          }
          // What is read now is not what was in memory before.
          const counted = await totals(app, NOW - 4 * HOUR_MS, NOW + HOUR_MS);
          assert.deepEqual(counted, { minutes: sent, hours: sent });
          // After a lost answer it is told when the log is seen to have gone on.
          const last = countedEvent(NOW);
          await app.log.append([told(last)]);
          await eventually(() => app.rows.position() === sent + 1, "all is counted");
          const ids = [...batches.flat(), last].map(({ eventId }) => eventId);
          assert.deepEqual(app.stored, ids);
        },
      ),
      { numRuns: 25 },
    );
  });
}

Deno.test("[E-07] events of hundreds of hours in one step are counted once after a crash in it", async () => {
  using real = await Deno.openKv(":memory:");
  const store = faultyKv(real);
  const events = Array.from(
    { length: 1_500 },
    (_, i) => countedEvent(NOW - i * HOUR_MS, { person: `user ${i}` }),
  );
  {
    await using app = await open(store.kv);
    // The log's commit, then the first of several of the buckets; what follows fails.
    store.spoil("none", "none", "fail");
    await app.log.append(events.map(told));
    await eventually(() => app.rows.position() === events.length, "all is counted");
  }
  await using app = await open(store.kv);
  const { hours } = await totals(app, NOW - 2_000 * HOUR_MS, NOW + HOUR_MS);
  assert.equal(hours, events.length);
});

Deno.test("[E-07] a rebuild keeps what was counted: the log does not reach back so far", async () => {
  using kv = await Deno.openKv(":memory:");
  await using app = await open(kv);
  await app.log.append([told(countedEvent(NOW))]);
  await app.rows.barrier();
  await app.rows.rebuild();
  assert.equal((await totals(app, NOW - HOUR_MS, NOW + HOUR_MS)).hours, 1);
});

Deno.test("[E-11] hours are kept when the log is trimmed and the process ends", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = testClock();
  {
    await using app = await openTestMetrics({ kv, clock });
    await app.send({ eventName: "login" }, { eventName: "login" });
    await app.metrics.dashboard();
    await app.send({ eventName: "logout" });
    await app.metrics.dashboard();
    clock.advance(2 * HOUR_MS);
    assert.ok(await app.log.trim(clock.now()) > 0);
  }
  await using app = await openTestMetrics({ kv, clock });
  assert.equal((await app.metrics.dashboard()).totalEvents, 3);
});
