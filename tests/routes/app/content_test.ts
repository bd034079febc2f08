import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type PeopleApp, peopleApp } from "../../support/signed_up.ts";

const notice = (userId: string, title: string) => ({
  userId,
  type: "system" as const,
  title,
  message: "It is ready",
  actionUrl: "/app/learning",
});
const deed = (userId: string, title: string) => ({
  userId,
  type: "log_created" as const,
  title,
  description: "Two hours",
  data: {},
});

async function withEntries(it: PeopleApp, userId: string) {
  const { people } = it.app.docent;
  const activity = await people.addActivity(deed(userId, "Read a book"));
  const notification = await people.notify(notice(userId, "Your report"));
  return [
    { path: "/app/feed", title: "Read a book", entryId: activity.entryId },
    { path: "/app/notifications", title: "Your report", entryId: notification.entryId },
  ];
}

Deno.test("[L-01][L-15][L-31] activities and notifications stand on their pages with what is unread", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  const { people } = it.app.docent;
  await withEntries(it, kim.userId);
  const feed = await kim.read("/app/feed");
  match(feed, /Learning log[^]*Read a book[^]*Two hours/);
  match(feed, /1 unread/);
  const notifications = await kim.read("/app/notifications");
  match(notifications, /Your report[^]*It is ready[^]*href="\/app\/learning"/);
  await people.notify(notice(kim.userId, "Another report"));
  match(await kim.read("/app/settings"), /class="nav__count"><span aria-hidden="true">2</);
  await kim.submit("/app/notifications/read-all");
  equal((await kim.read("/app/settings")).includes("nav__count"), false);
  await kim.submit("/app/notifications/clear-all");
  match(await kim.read("/app/notifications"), /No notifications/);
});

Deno.test("[L-05][L-07][L-18][L-20] an entry is marked as read and deleted by its forms", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  for (const { path, title, entryId } of await withEntries(it, kim.userId)) {
    const read = await kim.submit(`${path}/${entryId}/read`);
    deepEqual([read.status, read.headers.get("location")], [303, path]);
    const html = await kim.read(path);
    ok(html.includes(title) && html.includes("0 unread"), path);
    equal((await kim.submit(`${path}/${entryId}/remove`)).status, 303);
    equal((await kim.read(path)).includes(title), false, path);
    // From a page that was open for a while.
    for (const action of ["read", "remove"]) {
      equal((await kim.submit(`${path}/${entryId}/${action}`)).status, 303, action);
    }
  }
});

Deno.test("[T-L02] nobody sees or changes what is another's", async () => {
  await using it = await peopleApp();
  const [kim, lee] = [await it.signUp("Kim"), await it.signUp("Lee")];
  const entries = await withEntries(it, kim.userId);
  for (const { path, title, entryId } of entries) {
    equal((await lee.read(path)).includes(title), false);
    for (const action of [`${entryId}/read`, `${entryId}/remove`, "read-all"]) {
      equal((await lee.submit(`${path}/${action}`)).status, 303);
    }
    match(await kim.read(path), new RegExp(`1 unread[^]*${title}`));
  }
  await lee.submit("/app/notifications/clear-all");
  match(await kim.read("/app/notifications"), /Your report/);
});

Deno.test("[T-L05] a list goes on page by page, whatever stands in the address", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  for (let i = 1; i <= 26; i++) {
    await it.app.docent.people.addActivity(deed(kim.userId, `Deed no. ${i}.`));
  }
  const first = await kim.read("/app/feed");
  ok(first.includes("Deed no. 26.") && !first.includes("Deed no. 1."));
  match(first, /1–25 of 26[^]*href="\/app\/feed\?skip=25"/);
  ok((await kim.read("/app/feed?skip=25")).includes("Deed no. 1."));
  for (const skip of ["-1", "x", "99999999999", "1.5", ""]) {
    equal(await kim.read(`/app/feed?skip=${skip}`) === "", false, skip);
    ok((await kim.read(`/app/feed?skip=${skip}`)).includes("Deed no. 26."), skip);
  }
  match(await kim.read("/app/feed?skip=9999999"), /Nothing has happened yet/);
});

Deno.test("[T-L12] what others wrote is text", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  const { people } = it.app.docent;
  await people.addActivity(deed(kim.userId, '<img src=x onerror="alert(1)">'));
  await people.notify({ ...notice(kim.userId, "<script>alert(1)</script>"), actionUrl: null });
  for (const path of ["/app/feed", "/app/notifications"]) {
    const html = await kim.read(path);
    ok(html.includes("&lt;img src=x") || html.includes("&lt;script>alert"), path);
    equal(/<img src=x|<script>alert/.test(html), false, path);
  }
});

Deno.test("[L-08][L-14][L-31][T-L08] learning in figures, days and months; only who wants it is named", async () => {
  await using it = await peopleApp();
  const [kim, lee] = [await it.signUp("Kim"), await it.signUp("Lee")];
  match(await kim.read("/app/learning"), /Nothing is logged yet/);
  const { people } = it.app.docent;
  await people.addHours(kim.userId, 2.5);
  await people.setDay(kim.userId, { date: "2025-01-18", hoursLogged: 2.5, logsCount: 1 });
  await people.addHours(lee.userId, 4);
  const html = await kim.read("/app/learning");
  match(html, /Time in all[^]*2\.5 h[^]*18 Jan[^]*Jan 2025/);
  match(html, /Somebody[^]*4[^]*Somebody[^]*2\.5/);
  await lee.submit("/app/settings", {
    name: "Lee",
    jobCategory: "qa",
    difficulty: "easy",
    language: "ko",
    showOnLeaderboard: "true",
  });
  match(await kim.read("/app/learning"), /<td>Lee<\/td>[^]*<td>Somebody<\/td>/);
});
