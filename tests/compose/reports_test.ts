import { deepEqual, equal } from "node:assert/strict";
import { begun, ended } from "../support/analysing.ts";
import { eventually } from "../support/eventually.ts";
import { ioClient } from "../support/io_client.ts";
import { type Person, person } from "../support/person.ts";
import { peopleApp } from "../support/signed_up.ts";
import { startMission, type TestApp, testApp } from "../support/test_app.ts";

const titlesOf = async (app: TestApp, { userId }: Person) =>
  (await app.docent.people.notifications.list(userId, { limit: 100, skip: 0 })).entries
    .map(({ title }) => title);

const speak = (app: TestApp, { userId }: Person, change: object) =>
  app.docent.people.profiles.change(userId, (profile) => ({
    ...profile,
    preferences: { ...profile.preferences, language: "en", ...change },
  }));

Deno.test("[X-13][L-26][V-03] an interview's report is told to its person, stored and pushed", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const [kim, lee] = [await person(app), await person(app)];
  await speak(app, kim, {});
  await using his = ioClient(url, { auth: kim });
  await using hers = ioClient(url, { auth: lee });
  for (const client of [his, hers]) await client.next("connected");
  const answer = await begun(kim);
  const { body } = await kim.send("POST", "/api/analysis/answer", answer);
  await ended(app, kim.userId, body.data.id);
  await kim.send("POST", `/api/sessions/${answer.sessionId}/complete`);

  const notification = await his.next("notification:received");
  deepEqual([notification.type, notification.title], [
    "milestone",
    "Your interview report is ready",
  ]);
  const { notifications } = (await kim.get(`/api/notifications/${kim.userId}`)).body;
  deepEqual(notifications, [notification]);
  const activity = await his.next("activity:created");
  deepEqual([activity.type, activity.data], ["log_created", { interviewId: answer.sessionId }]);
  await hers.settled();
  deepEqual(hers.received.map(({ event }) => event), ["connected"]);
});

Deno.test("[X-13] a low rating is told once to who operates, and to nobody else", async () => {
  await using app = await testApp();
  const [operator, admin] = [await person(app, "operator"), await person(app, "admin")];
  const others = [await person(app), await person(app, "viewer"), await person(app, "researcher")];
  for (const one of [operator, admin]) await speak(app, one, {});
  const ratings = [[1, "Too loud"], [2, null], [3, "Fine"], [5, null]] as const;
  const ids: string[] = [];
  for (const [rating, feedback] of ratings) {
    const { attemptId } = await startMission(app);
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
  await eventually(async () => (await titlesOf(app, admin)).length === 1, "all staff are told");
  deepEqual(await titlesOf(app, korean), ["점검 안내"]);
  deepEqual(await titlesOf(app, english), ["Maintenance"]);
  for (const one of [silent, user]) deepEqual(await titlesOf(app, one), []);
  await set(false);
  await app.docent[Symbol.asyncDispose]();
});

Deno.test("[X-14][T-L11] signing in is an activity, and begins a streak", async () => {
  await using it = await peopleApp();
  const { userId } = await it.signUp("Kim");
  const { people } = it.app.docent;
  const page = { limit: 10, skip: 0 };
  await eventually(async () => (await people.activities.list(userId, page)).total === 1, "stored");
  const [{ type, title }] = (await people.activities.list(userId, page)).entries;
  deepEqual([type, title], ["login", "Signed in"]);
  await eventually(
    async () => (await people.findLearning(userId)).currentStreak === 1,
    "the streak has begun",
  );
  equal((await people.findLearning(userId)).longestStreak, 1);
});
