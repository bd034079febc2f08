import { deepEqual } from "node:assert/strict";
import { arrivalOf, START_AT } from "../support/mission_facts.ts";
import { type Person, person } from "../support/person.ts";
import { startMission, type TestApp, testApp } from "../support/test_app.ts";

const titlesOf = async (app: TestApp, { userId }: Person) =>
  (await app.docent.people.notifications.list(userId, { limit: 100, skip: 0 })).entries
    .map(({ title }) => title);

const speak = (app: TestApp, { userId }: Person, change: object) =>
  app.docent.people.profiles.change(userId, (profile) => ({
    ...profile,
    preferences: { ...profile.preferences, language: "en", ...change },
  }));

Deno.test("[X-13] a low rating is told once to who operates, and to nobody else", async () => {
  await using app = await testApp();
  const [operator, admin] = [await person(app, "operator"), await person(app, "admin")];
  const others = [await person(app), await person(app, "viewer"), await person(app, "researcher")];
  for (const one of [operator, admin]) await speak(app, one, {});
  const ratings = [[1, "Too loud"], [2, null], [3, "Fine"], [5, null]] as const;
  const ids: string[] = [];
  for (const [rating, feedback] of ratings) {
    const { attemptId } = await startMission(app, { timestamp: new Date(START_AT).toISOString() });
    await app.docent.missions.record(attemptId, arrivalOf("page_view", 1));
    ids.push(attemptId);
    await app.docent.missions.review(attemptId, { rating, feedback });
  }
  for (let i = 0; i < 2; i++) await app.docent.reports.readMissions();
  for (const one of [operator, admin]) {
    const { entries } = await app.docent.people.notifications
      .list(one.userId, { limit: 100, skip: 0 });
    deepEqual(entries.map(({ title, message, actionUrl }) => [title, message, actionUrl]), [
      ["A visitor gave 2 of 5", "Without a comment.", `/admin/attempts/${ids[1]}`],
      ["A visitor gave 1 of 5", "Too loud", `/admin/attempts/${ids[0]}`],
    ]);
  }
  for (const one of others) deepEqual(await titlesOf(app, one), []);
});

Deno.test("[X-13] maintenance is told to staff, in their language, save to who wants no notifications", async () => {
  await using app = await testApp();
  const [korean, english] = [await person(app, "viewer"), await person(app, "operator")];
  const [silent, user] = [await person(app, "viewer"), await person(app)];
  await speak(app, english, {});
  await speak(app, silent, { notifications: false });
  const admin = await person(app, "admin");
  const set = (enabled: boolean) =>
    admin.send("PUT", "/api/admin/maintenance", { enabled, message: "Until noon" });
  await set(true);
  await app.docent.reports.settled();
  deepEqual(await titlesOf(app, korean), ["점검 안내"]);
  deepEqual(await titlesOf(app, english), ["Maintenance"]);
  for (const one of [silent, user]) deepEqual(await titlesOf(app, one), []);
  await set(false);
  await app.docent.reports.settled();
  deepEqual(await titlesOf(app, english), ["Maintenance"]);
});

Deno.test("[X-14][T-L11] signing in is an activity, and begins a streak", async () => {
  await using app = await testApp();
  const { people, auth, reports } = app.docent;
  const { userId } = await person(app);
  const account = await auth.accounts.find(userId);
  await auth.signIn(account!, { userAgent: "test", address: "::1", ttlSec: 60 });
  await reports.settled();
  const { entries } = await people.activities.list(userId, { limit: 10, skip: 0 });
  deepEqual(entries.map(({ type, title }) => [type, title]), [["login", "Signed in"]]);
  const { currentStreak, longestStreak } = await people.findLearning(userId);
  deepEqual([currentStreak, longestStreak], [1, 1]);
});
