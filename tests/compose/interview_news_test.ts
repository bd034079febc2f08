import { deepEqual, equal } from "node:assert/strict";
import type { Analyser } from "../../lib/interviews/mod.ts";
import { begun, ended, NO_LIMITS } from "../support/analysing.ts";
import { eventually } from "../support/eventually.ts";
import { person } from "../support/person.ts";
import { testApp } from "../support/test_app.ts";
import { testClock } from "../support/test_clock.ts";

const BROKEN: Analyser = { analyse: () => Promise.reject(new Error("The analyser is broken")) };

async function practising({ analyser }: { analyser?: Analyser } = {}) {
  const clock = testClock();
  const app = await testApp({ parts: { clock, analyser }, env: NO_LIMITS });
  const kim = await person(app);
  const { people } = app.docent;
  const prefer = (preferences: { language?: "ko" | "en"; notifications?: boolean }) =>
    people.profiles.change(kim.userId, (profile) => ({
      ...profile,
      preferences: { ...profile.preferences, ...preferences },
    }));
  const page = { limit: 10, skip: 0 };
  return {
    app,
    clock,
    kim,
    prefer,
    told: async () => (await people.notifications.list(kim.userId, page)).entries,
    done: async () => (await people.activities.list(kim.userId, page)).entries,
    async finish() {
      const input = await begun(kim);
      const { data } = (await kim.send("POST", "/api/analysis/answer", input)).body;
      await ended(app, kim.userId, data.id);
      await kim.send("POST", `/api/sessions/${input.sessionId}/complete`);
      return input.sessionId;
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

Deno.test("[X-13][X-14][V-12] a finished interview is an activity, and its report a notification", async () => {
  await using it = await practising();
  await it.prefer({ language: "en" });
  const interviewId = await it.finish();
  await eventually(async () => (await it.told()).length === 1, "the report is told");
  const [{ type, title, actionUrl }] = await it.told();
  deepEqual({ type, title, actionUrl }, {
    type: "milestone",
    title: "Your interview report is ready",
    actionUrl: `/app/practice/${interviewId}`,
  });
  const [activity, ...others] = await it.done();
  deepEqual([activity.type, activity.title, activity.description, activity.data, others], [
    "log_created",
    "Finished an interview",
    "Answers: 1",
    { interviewId, category: "other", answers: 1 },
    [],
  ]);
  equal((await it.app.docent.people.findLearning(it.kim.userId)).currentStreak, 1);
});

Deno.test("[X-13] who wants no notifications gets none, and keeps the activity", async () => {
  await using it = await practising();
  await it.prefer({ notifications: false });
  await it.finish();
  await eventually(async () => (await it.done()).length === 1, "the activity is there");
  equal((await it.done())[0].title, "면접 연습을 마침");
  deepEqual(await it.told(), []);
});

Deno.test("[X-13][P-23] the end of the time is told before it comes, and ends with it", async () => {
  await using it = await practising();
  await begun(it.kim);
  it.clock.advance(115 * 60_000);
  await it.app.docent.interviews.sessions.settleDue();
  await eventually(async () => (await it.told()).length === 1, "the warning is told");
  const [{ type, expiresAt }] = await it.told();
  deepEqual([type, expiresAt], ["reminder", it.clock.now() + 5 * 60_000]);
  it.clock.advance(5 * 60_000);
  deepEqual(await it.told(), [], "it says nothing any more");
});

Deno.test("[X-13][V-10] an answer that could not be analysed is told", async () => {
  await using it = await practising({ analyser: BROKEN });
  const { queue } = it.app.docent.interviews;
  await it.kim.send("POST", "/api/analysis/answer", await begun(it.kim));
  await eventually(async () => {
    it.clock.advance(60_000);
    queue.pump();
    return (await it.told()).length === 1;
  }, "the failure is told");
  const [{ type, title }] = await it.told();
  deepEqual([type, title], ["system", "답변을 분석하지 못했습니다"]);
  deepEqual(await it.done(), []);
});
