import { deepEqual, equal, match } from "node:assert/strict";
import { assertError } from "../../../support/http.ts";
import { type Person, person } from "../../../support/person.ts";
import { testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const NOW = "2025-01-19T10:30:00.000Z";
const PATH = "/api/notifications";
const DAY_MS = 86_400_000;

const notify = (by: Person, more: object = {}) =>
  by.send("POST", PATH, {
    userId: by.userId,
    type: "achievement",
    title: "Milestone Reached!",
    message: "You completed 10 logs this week",
    ...more,
  });

const countsOf = async (who: Person) => {
  const { total, unreadCount } = (await who.get(`${PATH}/${who.userId}`)).body;
  const counted = (await who.get(`${PATH}/${who.userId}/unread/count`)).body.unreadCount;
  equal(counted, unreadCount);
  return [total, unreadCount];
};

Deno.test("[L-17][L-29][T-L10] a notification lives for thirty days", async () => {
  const clock = testClock(Date.parse(NOW));
  await using app = await testApp({ parts: { clock }, env: { JWT_EXPIRES_IN: "60d" } });
  const kim = await person(app);
  const { status, body } = await notify(kim, { actionUrl: "/achievements" });
  equal(status, 201);
  match(body.id, /^notification_\d{22}$/);
  deepEqual({ ...body, id: "" }, {
    id: "",
    userId: kim.userId,
    type: "achievement",
    title: "Milestone Reached!",
    message: "You completed 10 logs this week",
    read: false,
    actionUrl: "/achievements",
    createdAt: NOW,
    expiresAt: "2025-02-18T10:30:00.000Z",
  });
  clock.advance(30 * DAY_MS - 1);
  deepEqual(await countsOf(kim), [1, 1]);
  clock.advance(1);
  deepEqual(await countsOf(kim), [0, 0]);
  assertError(await kim.send("PATCH", `${PATH}/${body.id}/read`), {
    status: 404,
    code: "NOT_FOUND",
  });
});

Deno.test("[T-L10] an expiry of its own is kept, and not one in the past", async () => {
  const clock = testClock(Date.parse(NOW));
  await using app = await testApp({ parts: { clock } });
  const kim = await person(app);
  const expiresAt = "2025-01-19T10:31:00.000Z";
  equal((await notify(kim, { expiresAt })).body.expiresAt, expiresAt);
  const past = await notify(kim, { expiresAt: NOW });
  assertError(past, { status: 400, code: "VALIDATION_ERROR", field: "expiresAt" });
  clock.advance(60_000);
  deepEqual(await countsOf(kim), [0, 0]);
});

Deno.test("[L-15][L-16][L-18][L-19][L-20][L-21] reading, deleting and clearing", async () => {
  await using app = await testApp();
  const [kim, lee] = [await person(app), await person(app)];
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.push((await notify(kim)).body.id);
  await notify(lee);
  equal((await kim.send("PATCH", `${PATH}/${ids[0]}/read`)).body.read, true);
  deepEqual(await countsOf(kim), [5, 4]);
  const gone = await kim.send("DELETE", `${PATH}/${ids[1]}`);
  deepEqual(gone.body, { message: "Notification deleted" });
  deepEqual(await countsOf(kim), [4, 3]);
  const all = await kim.send("PATCH", `${PATH}/${kim.userId}/read-all`);
  deepEqual(all.body, { modifiedCount: 3 });
  deepEqual(await countsOf(kim), [4, 0]);
  const { notifications, hasMore } = (await kim.get(`${PATH}/${kim.userId}?limit=3`)).body;
  deepEqual([notifications.length, hasMore], [3, true]);
  const cleared = await kim.send("DELETE", `${PATH}/${kim.userId}/clear-all`);
  deepEqual(cleared.body, { deletedCount: 4 });
  deepEqual(await countsOf(kim), [0, 0]);
  deepEqual(await countsOf(lee), [1, 1]);
});

const ACTION_URLS = [
  ["/achievements?week=2#top", true],
  ["https://example.org/a", true],
  ["javascript:alert(1)", false],
  ["JaVaScRiPt:alert(1)", false],
  ["data:text/html,x", false],
  ["http://example.org", false],
  ["//example.org/a", false],
  ["/\\example.org", false],
  ["/a\\b", false],
  ["achievements", false],
] as const;

for (const [actionUrl, isGood] of ACTION_URLS) {
  Deno.test(`[T-L12] an action address ${actionUrl} is ${isGood ? "taken" : "refused"}`, async () => {
    await using app = await testApp();
    const answer = await notify(await person(app), { actionUrl });
    if (isGood) return equal(answer.status, 201);
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field: "actionUrl" });
  });
}

Deno.test("[T-L02] nobody reads, changes or sends another's, save an administrator", async () => {
  await using app = await testApp();
  const [kim, lee, admin] = [await person(app), await person(app), await person(app, "admin")];
  const { id } = (await notify(kim)).body;
  const foreign = { status: 403, code: "FORBIDDEN" } as const;
  const unknown = { status: 404, code: "NOT_FOUND" } as const;
  assertError(await lee.get(`${PATH}/${kim.userId}`), foreign);
  assertError(await lee.get(`${PATH}/${kim.userId}/unread/count`), foreign);
  assertError(await lee.send("PATCH", `${PATH}/${kim.userId}/read-all`), foreign);
  assertError(await lee.send("DELETE", `${PATH}/${kim.userId}/clear-all`), foreign);
  assertError(await notify(lee, { userId: kim.userId }), foreign);
  assertError(await lee.send("PATCH", `${PATH}/${id}/read`), unknown);
  assertError(await lee.send("DELETE", `${PATH}/${id}`), unknown);
  equal((await notify(admin, { userId: kim.userId })).status, 201);
  deepEqual(await countsOf(kim), [2, 2]);
});
