import assert from "node:assert/strict";
import { START_AT } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";

const HOUR_MS = 3_600_000;

Deno.test("annotations are listed in the order of the time line, whenever they were made", async () => {
  await using app = await openTestMissions();
  const { missions, clock } = app;
  for (const [text, hours] of [["later", 5], ["first", -3], ["same", 5]] as const) {
    await missions.annotate({ at: START_AT + hours * HOUR_MS, text }, "kim");
  }
  const all = await missions.listAnnotations({});
  assert.deepEqual(all.map(({ text }) => text), ["first", "later", "same"]);
  assert.deepEqual({ ...all[0], annotationId: "" }, {
    annotationId: "",
    at: START_AT - 3 * HOUR_MS,
    text: "first",
    missionType: null,
    by: "kim",
    createdAt: clock.now(),
  });
});

Deno.test("annotations of a period and a mission have those of all missions among them", async () => {
  await using app = await openTestMissions();
  const { missions } = app;
  await missions.annotate({ at: START_AT, text: "all" }, "kim");
  await missions.annotate({ at: START_AT, text: "one", missionType: "Portfolio" }, "kim");
  await missions.annotate({ at: START_AT, text: "other", missionType: "vocabulary" }, "kim");
  await missions.annotate({ at: START_AT - 48 * HOUR_MS, text: "before" }, "kim");
  const textsOf = async (query: Parameters<typeof missions.listAnnotations>[0]) =>
    (await missions.listAnnotations(query)).map(({ text }) => text);
  const day = { startDate: "2025-01-19", endDate: "2025-01-19" };
  assert.deepEqual(await textsOf(day), ["all", "one", "other"]);
  assert.deepEqual(await textsOf({ ...day, missionType: "portfolio" }), ["all", "one"]);
  assert.deepEqual(await textsOf({ missionType: "all" }), ["before", "all", "one", "other"]);
  await assert.rejects(() => textsOf({ missionType: "nothing" }), { code: "VALIDATION_ERROR" });
});

Deno.test("an annotation can be deleted, once, and outlasts a rebuild", async () => {
  await using app = await openTestMissions();
  const { missions } = app;
  const { annotationId } = await missions.annotate({ at: START_AT, text: "a" }, "kim");
  await missions.rebuild();
  assert.equal((await missions.listAnnotations({})).length, 1);
  await missions.removeAnnotation(annotationId);
  assert.deepEqual(await missions.listAnnotations({}), []);
  await assert.rejects(() => missions.removeAnnotation(annotationId), { code: "NOT_FOUND" });
});

Deno.test("an annotation of a mission that is not defined is refused, and the thousand-and-first", async () => {
  await using app = await openTestMissions();
  const annotate = (missionType: string | null) =>
    app.missions.annotate({ at: START_AT, text: "a", missionType }, "kim");
  await assert.rejects(() => annotate("nothing"), { code: "VALIDATION_ERROR" });
  const { annotationId } = await annotate(null);
  const first = await app.kv.get(["missions", "annotations", annotationId]);
  for (let i = 1; i < 1_000; i++) {
    await app.kv.set(["missions", "annotations", `${i}`], first.value);
  }
  await assert.rejects(() => annotate(null), { code: "CONFLICT" });
});
