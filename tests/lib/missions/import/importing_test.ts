import assert from "node:assert/strict";
import fc from "fast-check";
import type { MissionFact } from "../../../../lib/missions/schema.ts";
import { textLines } from "../../../../lib/text_lines.ts";
import { ALL_ATTEMPTS, exportFacts, importLines } from "../../../support/facts_file.ts";
import { START_AT } from "../../../support/mission_facts.ts";
import { openTestMissions } from "../../../support/open_missions.ts";
import { playVisit, VISIT } from "../../../support/visits.ts";

type TestMissions = Awaited<ReturnType<typeof openTestMissions>>;

/** All rows as an export shows them. */
async function tableOf({ missions }: TestMissions) {
  return (await Array.fromAsync((await missions.openExport("attempts", ALL_ATTEMPTS)).pages))
    .flat();
}

async function exhibition(): Promise<TestMissions> {
  const app = await openTestMissions();
  const first = await playVisit(app.missions);
  await playVisit(app.missions, { startSec: 60, missionType: "vocabulary", events: [] });
  await playVisit(app.missions, { startSec: 120, events: [VISIT[4], VISIT[0]] });
  await app.missions.exclude(first, { reason: "staff", by: "admin" });
  return app;
}

Deno.test("[M-18] what one server exports another one imports, and shows the same", async () => {
  await using source = await exhibition();
  await using target = await openTestMissions();
  const facts = await exportFacts(source.missions);
  const report = await importLines(target.missions, facts);
  assert.deepEqual(report, {
    lines: facts.length,
    imported: facts.length,
    known: 0,
    refused: 0,
    attempts: 3,
    faults: [],
  });
  assert.deepEqual(await tableOf(target), await tableOf(source));
  assert.deepEqual(await exportFacts(target.missions), facts);
});

Deno.test("[M-18] importing twice changes nothing", async () => {
  await using source = await exhibition();
  await using target = await openTestMissions();
  const facts = await exportFacts(source.missions);
  await importLines(target.missions, facts);
  const head = target.log.head();
  const again = await importLines(target.missions, facts);
  assert.deepEqual([again.imported, again.known, again.attempts], [0, facts.length, 0]);
  assert.equal(target.log.head(), head);
  assert.equal(
    (await importLines(source.missions, facts)).known,
    facts.length,
    "nor at its origin",
  );
});

Deno.test("[M-18] an import goes on where another one stopped, and adds what came later", async () => {
  await using source = await exhibition();
  await using target = await openTestMissions();
  const facts = await exportFacts(source.missions);
  await importLines(target.missions, facts.slice(0, 4));
  const rest = await importLines(target.missions, facts);
  assert.deepEqual([rest.imported, rest.known], [facts.length - 4, 4]);
  assert.deepEqual(await tableOf(target), await tableOf(source));

  const { attemptId } = facts[0];
  await source.missions.include(attemptId, { by: "admin" });
  const later = await importLines(target.missions, await exportFacts(source.missions));
  assert.deepEqual([later.imported, later.known], [1, facts.length]);
  assert.deepEqual(await tableOf(target), await tableOf(source));
});

Deno.test("[M-18] bad lines are told by number and left out, good ones are imported", async () => {
  await using source = await exhibition();
  await using target = await openTestMissions();
  const facts = await exportFacts(source.missions);
  const bad = [
    "not JSON",
    { type: "missions.forgotten" },
    "",
    { ...facts[1], attemptId: "attempt_1" },
    { ...facts[1], eventId: undefined },
  ];
  const report = await importLines(target.missions, [...bad, ...facts]);
  assert.deepEqual([report.lines, report.imported, report.refused], [
    facts.length + 4,
    facts.length,
    4,
  ]);
  assert.deepEqual(report.faults.map(({ line, message, field }) => [line, message, field]), [
    [1, "Line is not valid JSON", undefined],
    [2, "Fact is of no known type", "type"],
    [4, "Attempt is not known", "attemptId"],
    [5, "Fact is not taken: missing required field 'eventId'", "eventId"],
  ]);
  assert.deepEqual(await tableOf(target), await tableOf(source));
});

Deno.test("[M-18] an attempt that is another one here is left alone", async () => {
  await using app = await exhibition();
  const facts = await exportFacts(app.missions);
  const before = await tableOf(app);
  const start = facts[0];
  assert.ok(start.type === "missions.attempt_started");
  const other = facts.filter(({ attemptId }) => attemptId === start.attemptId)
    .map((fact, i) => "eventId" in fact ? { ...fact, eventId: `event_${i}` } : fact);
  const report = await importLines(app.missions, [
    { ...start, startAt: start.startAt + 1 },
    ...other,
  ]);
  assert.equal(report.refused, other.length + 1);
  assert.match(report.faults[0].message, /Another attempt has this id/);
  assert.deepEqual(await tableOf(app), before);
});

Deno.test("[M-18] a contradiction is refused: another review, a seq of another event", async () => {
  await using app = await openTestMissions();
  const attemptId = await playVisit(app.missions);
  await app.missions.record(attemptId, {
    input: { eventType: "page_view", timestamp: START_AT, data: {}, seq: 7 },
    receivedAt: START_AT,
    processingMs: 0,
    chars: 2,
  });
  const facts = await exportFacts(app.missions);
  const review = facts.find(({ type }) => type === "missions.reviewed");
  const numbered = facts.at(-1);
  const report = await importLines(app.missions, [
    { ...review, reviewId: "review_1", rating: 1 },
    { ...numbered, eventId: "event_1" },
  ]);
  assert.deepEqual(report.faults.map(({ line, field }) => [line, field]), [
    [1, "reviewId"],
    [2, "seq"],
  ]);
  assert.equal((await app.missions.get(attemptId)).review?.rating, 4);
});

Deno.test("[M-18] an event that a kiosk sent to both servers is one event", async () => {
  await using app = await openTestMissions();
  const attemptId = await playVisit(app.missions, { events: [] });
  await app.missions.record(attemptId, {
    input: {
      eventType: "page_view",
      timestamp: START_AT,
      data: {},
      clientEventId: "01890a5d-ac96-774b-bcce-b302099a8057",
    },
    receivedAt: START_AT,
    processingMs: 0,
    chars: 2,
  });
  const event = (await exportFacts(app.missions)).at(-1);
  const report = await importLines(app.missions, [{ ...event, eventId: "event_1" }]);
  assert.deepEqual([report.imported, report.known], [0, 1]);
});

Deno.test("[M-18] events go on coming into an imported attempt, and repeats are known", async () => {
  await using source = await openTestMissions();
  const attemptId = await playVisit(source.missions, { events: VISIT.slice(0, 2) });
  await using target = await openTestMissions();
  await importLines(target.missions, await exportFacts(source.missions));
  await target.missions.record(attemptId, {
    input: { eventType: "mission_completed", timestamp: START_AT + 30_000, data: {} },
    receivedAt: START_AT + 30_000,
    processingMs: 0,
    chars: 2,
  });
  const row = await target.missions.get(attemptId);
  assert.deepEqual([row.lifecycle.phase, row.eventCount], ["ended", 3]);
  assert.equal(
    (await importLines(target.missions, await exportFacts(source.missions))).imported,
    0,
  );
});

Deno.test("[M-18] only one import runs at a time", async () => {
  await using app = await openTestMissions();
  const stuck = Promise.withResolvers<void>();
  const waiting = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await stuck.promise;
      controller.close();
    },
  });
  const first = app.missions.importFacts(textLines(waiting, { maxBytes: 100 }));
  await assert.rejects(() => importLines(app.missions, []), { code: "CONFLICT" });
  stuck.resolve();
  assert.equal((await first).lines, 0);
  assert.equal((await importLines(app.missions, [])).lines, 0);
});

Deno.test("[M-18] facts of many attempts, in any order that keeps each attempt's own, import alike", async () => {
  await using source = await exhibition();
  const facts = await exportFacts(source.missions);
  const table = await tableOf(source);
  const ids = [...new Set(facts.map(({ attemptId }) => attemptId))];
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat(ids.length - 1)), async (turns) => {
      const left = ids.map((id) => facts.filter(({ attemptId }) => attemptId === id));
      const mixed: MissionFact[] = [];
      while (left.some((of) => of.length > 0)) {
        const next = left[turns.next().value].shift();
        if (next !== undefined) mixed.push(next);
      }
      await using target = await openTestMissions();
      assert.equal((await importLines(target.missions, mixed)).imported, facts.length);
      assert.deepEqual(await tableOf(target), table);
    }),
    { numRuns: 10 },
  );
});
