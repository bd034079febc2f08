import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { AppError } from "../../../lib/errors.ts";
import type { Write } from "../../../lib/kv/port.ts";
import { createProjection, type Projection } from "../../../lib/log/projection.ts";
import type { LogRecord } from "../../../lib/log/schema.ts";
import { said, sayings, type TestLog, testLog } from "../../support/test_log.ts";
import { rowNumbers, type TestProjection, testProjection } from "../../support/test_projection.ts";

/** A projection that cannot take some numbers; facts of one last digit belong together. */
function pickyProjection(isPoison: (n: number) => boolean): TestProjection {
  const numberOf = ({ fact }: LogRecord) => Number(Reflect.get(fact, "n"));
  const rows = testProjection({
    groupsOf: (records) =>
      records.map((record): Write[] => {
        if (isPoison(numberOf(record))) throw new Error(`cannot take ${numberOf(record)}`);
        const key = ["test", "rows", record.position];
        return [{ kind: "set", key, value: numberOf(record) }];
      }),
  });
  const subjectOf = (fact: object) => `${Number(Reflect.get(fact, "n")) % 10}`;
  Object.assign(rows.spec, { subjectOf });
  return rows;
}

interface Opened {
  readonly projection: Projection;
  readonly reports: string[];
}

async function open({ log, store }: TestLog, { spec }: TestProjection): Promise<Opened> {
  const reports: string[] = [];
  const projection = await createProjection(spec, {
    kv: store.kv,
    read: log.read,
    schemas: {},
    onParked: (message, error) => reports.push(`${message}: ${error}`),
  });
  return { projection, reports };
}

async function stepToEnd(projection: Projection): Promise<void> {
  while (await projection.step());
}

const numbers = (records: readonly LogRecord[]) =>
  records.map(({ fact }) => Reflect.get(fact, "n"));

Deno.test("[T-M18] a fact that cannot be taken is parked with all later ones of its subject, the rest goes on", async () => {
  await using test = await testLog();
  const { projection, reports } = await open(test, pickyProjection((n) => n === 13));
  await test.log.append(sayings(40));
  await stepToEnd(projection);
  assert.equal(projection.position(), 40);
  const parked = [13, 23, 33];
  const all = Array.from({ length: 40 }, (_, i) => i + 1);
  assert.deepEqual(await rowNumbers(test.store.kv), all.filter((n) => !parked.includes(n)));
  assert.equal(projection.parked(), 3);
  assert.deepEqual(numbers(await projection.parkedOf("3")), parked);
  assert.deepEqual(await projection.parkedOf("4"), []);
  assert.deepEqual(reports, [
    'Projection "rows" cannot take fact 13, it is parked: Error: cannot take 13',
  ]);
  await test.log.append([said(43), said(44)]);
  await stepToEnd(projection);
  assert.deepEqual(numbers(await projection.parkedOf("3")), [...parked, 43]);
});

Deno.test("[T-M18] what is parked stays so over a restart, until a program comes that can take it", async () => {
  await using test = await testLog();
  const first = await open(test, pickyProjection((n) => n === 3));
  await test.log.append(sayings(30));
  await stepToEnd(first.projection);

  const again = await open(test, pickyProjection((n) => n === 3));
  assert.equal(again.projection.parked(), 3);
  await test.log.append([said(31), said(33)]);
  await stepToEnd(again.projection);
  assert.equal(again.projection.parked(), 4);

  const mendedInPart = await open(test, pickyProjection((n) => n === 23));
  assert.equal(mendedInPart.projection.parked(), 2, "23 and what waits behind it");

  const mended = pickyProjection(() => false);
  const { projection } = await open(test, mended);
  assert.equal(projection.parked(), 0);
  assert.deepEqual(mended.staged, [[23, 32]], "in order, and nothing else");
  const all = [...Array.from({ length: 31 }, (_, i) => i + 1), 33];
  assert.deepEqual(await rowNumbers(test.store.kv), all);
  assert.deepEqual((await open(test, mended)).projection.parked(), 0);
});

Deno.test("[T-M18] parked facts outlive the log", async () => {
  await using test = await testLog();
  const poisoned = pickyProjection((n) => n === 1);
  const rows = await test.log.follow(poisoned.spec);
  await test.log.append([said(1)]);
  await test.log.append([said(2)]);
  await rows.barrier();
  test.clock.advance(60_000);
  assert.equal(await test.log.trim(test.clock.now()), 1);
  assert.equal(test.log.stats().parked, 1);
  assert.equal(test.log.stats().projectionFailure, null);
  const next = await (await test.reopen()).follow(pickyProjection(() => false).spec);
  assert.deepEqual(await next.parkedOf("1"), []);
  assert.deepEqual(await rowNumbers(test.store.kv), [1, 2]);
});

Deno.test("[T-M18] a stored fact that is not of its form is parked and not taken for another", async () => {
  const schemas = { test: z.object({ type: z.literal("test.said"), n: z.number() }) };
  await using test = await testLog({ schemas });
  const odd = { ...said(2), n: "two" };
  await test.log.append([said(1), odd, said(3)]);
  const log = await test.reopen();
  const rows = await log.follow(testProjection().spec);
  assert.equal(rows.position(), 3);
  assert.deepEqual(await rowNumbers(test.store.kv), [1, 3]);
  assert.equal(log.stats().parked, 1);
  assert.match(test.reports[0], /cannot take fact 2, it is parked: .*not of its form/);
});

Deno.test("a change that is too large for a commit is parked, and nothing else", async () => {
  await using test = await testLog();
  const large = (position: number) =>
    Array.from({ length: position === 2 ? 1_000 : 1 }, (_, n): Write => {
      return { kind: "set", key: ["test", "rows", position, n], value: position };
    });
  const rows = testProjection({ groupsOf: (records) => records.map((it) => large(it.position)) });
  const { projection } = await open(test, rows);
  await test.log.append(sayings(3));
  await stepToEnd(projection);
  assert.deepEqual(await rowNumbers(test.store.kv), [1, 3]);
  assert.equal(projection.parked(), 1);
});

Deno.test("a store that fails parks nothing", async () => {
  await using test = await testLog();
  const rows = pickyProjection(() => false);
  const { projection } = await open(test, rows);
  await test.log.append(sayings(3));
  rows.before = () => {
    throw new AppError("UNAVAILABLE", "Storage does not answer");
  };
  await assert.rejects(projection.step(), { code: "UNAVAILABLE" });
  rows.before = () => {};
  test.store.spoil("fail");
  await assert.rejects(projection.step(), /disk I\/O error/);
  await stepToEnd(projection);
  assert.equal(projection.parked(), 0);
  assert.deepEqual(await rowNumbers(test.store.kv), [1, 2, 3]);
});

Deno.test("a fault of every fact is not one of the facts: the projection stops", async () => {
  await using test = await testLog();
  const rows = testProjection({
    groupsOf: () => {
      throw new Error("program is wrong");
    },
  });
  const { projection } = await open(test, rows);
  await test.log.append(sayings(50));
  await assert.rejects(stepToEnd(projection), /program is wrong/);
  assert.equal(projection.parked(), 20);
  assert.equal(projection.position(), 20);
  await assert.rejects(projection.step(), /program is wrong/);
});

Deno.test("[T-M18] whatever is poison and whenever it crashes, each fact is in the rows or parked, once", async () => {
  const poison = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 5 });
  const faults = fc.array(fc.constantFrom("none", "fail", "lose"), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(poison, faults, async (poison, faults) => {
      await using test = await testLog();
      await test.log.append(sayings(60));
      test.store.spoil(...faults);
      /** Starts again after each crash, of which there are as many as faults at the most. */
      const run = async (rows: TestProjection): Promise<Projection> => {
        for (let crash = 0; crash < faults.length; crash++) {
          try {
            const { projection } = await open(test, rows);
            await stepToEnd(projection);
            return projection;
          } catch (error) {
            assert.match(String(error), /disk I\/O error/);
          }
        }
        const { projection } = await open(test, rows);
        await stepToEnd(projection);
        return projection;
      };
      const projection = await run(pickyProjection((n) => poison.includes(n)));
      const first = (n: number) => Math.min(...poison.filter((it) => it % 10 === n % 10));
      const all = Array.from({ length: 60 }, (_, i) => i + 1);
      assert.deepEqual(await rowNumbers(test.store.kv), all.filter((n) => n < first(n)));
      assert.equal(projection.parked(), all.filter((n) => n >= first(n)).length);
      assert.equal((await run(pickyProjection(() => false))).parked(), 0);
      assert.deepEqual(await rowNumbers(test.store.kv), all);
    }),
    { numRuns: 40 },
  );
});
