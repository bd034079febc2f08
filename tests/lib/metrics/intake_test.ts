import assert from "node:assert/strict";
import { AppError } from "../../../lib/errors.ts";
import { CLIENT_ID_KEPT_MS } from "../../../lib/metrics/repeats.ts";
import { MAX_AGE_MS } from "../../../lib/metrics/arrival.ts";
import { type Fault, faultyKv } from "../../support/faulty_kv.ts";
import { openTestMetrics, ORIGIN, type TestMetrics } from "../../support/open_metrics.ts";
import { testClock } from "../../support/test_clock.ts";

const login = (clientEventId?: string) => ({ eventName: "login", clientEventId });

async function storedEvents({ log }: TestMetrics): Promise<number> {
  return (await log.read(0, 10_000)).length;
}

Deno.test("[E-22] good events of a batch are stored, whatever is wrong with the others", async () => {
  await using app = await openTestMetrics();
  const items = [login(), { eventName: 7 }, login(), null];
  const results = await app.metrics.record(items, ORIGIN);
  const fields = results.map((it) => it instanceof AppError ? it.details?.field : it.duplicate);
  assert.deepEqual(fields, [false, "eventName", false, "body"]);
  assert.equal(await storedEvents(app), 2);
  assert.deepEqual(app.outcomes, [{ stored: 2, duplicate: 0, refused: 2 }]);
  assert.equal((await app.metrics.dashboard()).totalEvents, 2);
});

Deno.test("[E-22] a client's id is stored once, however often and from wherever in time it comes", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = testClock();
  let first: string;
  {
    await using app = await openTestMetrics({ kv, clock });
    const [once, twice] = await app.send(login("a"), login("a"));
    first = once.eventId;
    assert.deepEqual([once.duplicate, twice], [false, { eventId: first, duplicate: true }]);
    // On its way, then in the rows.
    assert.deepEqual(await app.send(login("a")), [{ eventId: first, duplicate: true }]);
    await app.metrics.dashboard();
    assert.deepEqual(await app.send(login("a")), [{ eventId: first, duplicate: true }]);
    assert.deepEqual(app.outcomes.map(({ duplicate }) => duplicate), [1, 1, 1]);
  }
  await using app = await openTestMetrics({ kv, clock });
  assert.deepEqual(
    await app.send(login("a"), login("b")).then((all) => all.map((it) => it.duplicate)),
    [
      true,
      false,
    ],
  );
  assert.equal((await app.metrics.dashboard()).totalEvents, 2);
});

Deno.test("[E-22] clients' ids are their own: another key may use the same", async () => {
  await using app = await openTestMetrics();
  await app.send(login("a"));
  const [other] = await app.metrics.record([login("a")], { ...ORIGIN, source: "key_2" });
  assert.ok(!(other instanceof AppError) && !other.duplicate);
  assert.equal((await app.metrics.dashboard()).totalEvents, 2);
});

Deno.test("[E-22] the same id in many requests at once is stored once", async () => {
  await using app = await openTestMetrics();
  const sent = await Promise.all(
    Array.from({ length: 50 }, (_, i) => app.send(login("a"), login(`b${i}`))),
  );
  const ids = new Set(sent.map(([same]) => same.eventId));
  assert.equal(ids.size, 1);
  assert.equal(sent.filter(([same]) => !same.duplicate).length, 1);
  assert.equal((await app.metrics.dashboard()).totalEvents, 51);
});

for (const fault of ["fail", "lose", "deny", "late"] satisfies Fault[]) {
  Deno.test(`[E-22] an event is stored once, whatever became of its commit: ${fault}`, async () => {
    using real = await Deno.openKv(":memory:");
    const store = faultyKv(real);
    await using app = await openTestMetrics({ kv: store.kv });
    await app.send(login("before"));
    await app.metrics.dashboard();
    store.spoil(fault);
    let tries = 0;
    const batch = [login("a"), login("b")];
    while (true) {
      const results = await app.metrics.record(batch, ORIGIN).catch((error) => {
        assert.equal(error.code, "UNAVAILABLE");
        return null;
      });
      if (results !== null) break;
      assert.ok(++tries < 4);
    }
    const [a, b] = await app.send(...batch);
    assert.deepEqual([a.duplicate, b.duplicate], [true, true]);
    assert.equal((await app.metrics.dashboard()).totalEvents, 3);
    assert.equal(await storedEvents(app), 3);
  });
}

Deno.test("[E-22] who repeats an event that could not be stored is told, and its own are kept", async () => {
  using real = await Deno.openKv(":memory:");
  const store = faultyKv(real);
  await using app = await openTestMetrics({ kv: store.kv });
  await app.send(login("before"));
  await app.metrics.dashboard();
  store.spoil("fail");
  const first = app.metrics.record([login("a")], ORIGIN);
  const second = app.metrics.record([login("a"), { eventName: 1 }], ORIGIN);
  await assert.rejects(first, { code: "UNAVAILABLE" });
  const [repeat, bad] = await second;
  assert.ok(repeat instanceof AppError && repeat.code === "UNAVAILABLE");
  assert.ok(bad instanceof AppError && bad.code === "INVALID_EVENT");
  assert.deepEqual((await app.send(login("a"))).map((it) => it.duplicate), [false]);
});

Deno.test("[E-22] what is too old to be known as a repeat is too old to be stored", () => {
  assert.ok(CLIENT_ID_KEPT_MS > MAX_AGE_MS);
});
