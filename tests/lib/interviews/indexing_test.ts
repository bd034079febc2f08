import { deepEqual, equal } from "node:assert/strict";
import { interviewKeys } from "../../../lib/interviews/keys.ts";
import { begun, NO_LIMITS } from "../../support/analysing.ts";
import { person } from "../../support/person.ts";
import { testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const DAY_MS = 86_400_000;

Deno.test("[P-31] sessions of before the index by time are found by retention, after one start", async () => {
  const kv = await Deno.openKv(":memory:");
  const clock = testClock();
  const env = { ...NO_LIMITS, RETAIN_INTERVIEWS_DAYS: "30" };
  const sessionIds: string[] = [];
  let userId = "";
  {
    await using app = await testApp({ parts: { kv, clock }, env });
    const kim = await person(app);
    userId = kim.userId;
    for (let count = 0; count < 3; count++) sessionIds.push((await begun(kim)).sessionId);
  }
  // As a store looks that was written before.
  for await (const { key } of kv.list({ prefix: interviewKeys.sessionsByTime })) {
    await kv.delete(key);
  }
  await kv.delete(interviewKeys.sessionsIndexed);
  clock.advance(31 * DAY_MS);
  await using app = await testApp({ parts: { kv, clock }, env });
  const { sessions, everybody } = app.docent.interviews;
  const listed = await everybody.sessions({ limit: 10, offset: 0 });
  deepEqual(listed.map(({ sessionId }) => sessionId).sort(), sessionIds.toSorted());
  await sessions.removeOld();
  equal((await sessions.list(userId, { limit: 10, offset: 0 })).total, 0);
  deepEqual(await everybody.sessions({ limit: 10, offset: 0 }), []);
  kv.close();
});

Deno.test("[P-31] more sessions than one commit takes are indexed, and only once", async () => {
  const kv = await Deno.openKv(":memory:");
  const SESSIONS = 1_201;
  for (let at = 0; at < SESSIONS; at++) {
    const place = { userId: `user_${at % 7}`, sessionId: `interview_${at}`, startedAt: at };
    await kv.set(interviewKeys.sessionByStart(place), null);
  }
  const count = async () => {
    let found = 0;
    for await (const _ of kv.list({ prefix: interviewKeys.sessionsByTime })) found++;
    return found;
  };
  {
    await using _app = await testApp({ parts: { kv } });
  }
  equal(await count(), SESSIONS);
  const place = { userId: "user_0", sessionId: "interview_0", startedAt: 0 };
  await kv.delete(interviewKeys.sessionByTime(place));
  {
    await using _app = await testApp({ parts: { kv } });
  }
  equal(await count(), SESSIONS - 1, "not looked through again");
  kv.close();
});
