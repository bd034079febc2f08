import { deepEqual, equal, match } from "node:assert/strict";
import { ask, assertError } from "../../../support/http.ts";
import { type Person, person } from "../../../support/person.ts";
import { post, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const NOW = "2025-01-19T10:30:00.000Z";
const PATH = "/api/activities";

const add = (who: Person, more: object = {}) =>
  who.send("POST", PATH, { userId: who.userId, type: "log_created", title: "New log", ...more });

Deno.test("[L-03][L-04][L-27] an activity is stored and answered as document 3 shows it", async () => {
  await using app = await testApp({ parts: { clock: testClock(Date.parse(NOW)) } });
  const kim = await person(app);
  const data = { hours: 2, topic: "React" };
  const { status, body } = await add(kim, { description: "Logged 2 hours", data });
  equal(status, 201);
  match(body.id, /^activity_\d{22}$/);
  deepEqual({ ...body, id: "" }, {
    id: "",
    userId: kim.userId,
    type: "log_created",
    title: "New log",
    description: "Logged 2 hours",
    data,
    timestamp: NOW,
    read: false,
  });
});

Deno.test("[L-01][T-L05] a feed is read newest first, in pages", async () => {
  await using app = await testApp();
  const kim = await person(app);
  for (let i = 1; i <= 25; i++) await add(kim, { title: `Log ${i}` });
  const first = (await kim.get(`${PATH}/${kim.userId}`)).body;
  deepEqual([first.total, first.hasMore, first.activities.length], [25, true, 20]);
  equal(first.activities[0].title, "Log 25");
  const rest = (await kim.get(`${PATH}/${kim.userId}?limit=20&skip=20`)).body;
  deepEqual([rest.total, rest.hasMore, rest.activities.length], [25, false, 5]);
  equal(rest.activities.at(-1).title, "Log 1");
  for (const query of ["limit=0", "limit=101", "limit=x", "skip=-1", "skip=1.5"]) {
    const field = query.split("=")[0];
    const refused = await kim.get(`${PATH}/${kim.userId}?${query}`);
    assertError(refused, { status: 400, code: "VALIDATION_ERROR", field });
  }
});

Deno.test("[L-02][L-05][L-06][L-07] reading and deleting keep the count of unread right", async () => {
  await using app = await testApp();
  const kim = await person(app);
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) ids.push((await add(kim)).body.id);
  const unread = async () => (await kim.get(`${PATH}/${kim.userId}/unread/count`)).body;
  deepEqual(await unread(), { unreadCount: 4 });
  const read = (await kim.send("PATCH", `${PATH}/${ids[0]}/read`)).body;
  deepEqual([read.id, read.read], [ids[0], true]);
  await kim.send("PATCH", `${PATH}/${ids[0]}/read`);
  deepEqual(await unread(), { unreadCount: 3 });
  deepEqual((await kim.send("DELETE", `${PATH}/${ids[1]}`)).body, { message: "Activity deleted" });
  deepEqual(await unread(), { unreadCount: 2 });
  const all = () => kim.send("PATCH", `${PATH}/${kim.userId}/read-all`);
  deepEqual((await all()).body, { modifiedCount: 2 });
  deepEqual((await all()).body, { modifiedCount: 0 });
  await add(kim);
  deepEqual(await unread(), { unreadCount: 1 });
  const { activities } = (await kim.get(`${PATH}/${kim.userId}`)).body;
  deepEqual(activities.map((it: { read: boolean }) => it.read), [false, true, true, true]);
  assertError(await kim.send("DELETE", `${PATH}/${ids[1]}`), { status: 404, code: "NOT_FOUND" });
});

Deno.test("[L-02] counters stay right when everything comes at once", async () => {
  await using app = await testApp();
  const kim = await person(app);
  await Promise.all(Array.from({ length: 60 }, () => add(kim)));
  const { activities } = (await kim.get(`${PATH}/${kim.userId}?limit=100`)).body;
  equal(new Set(activities.map(({ id }: { id: string }) => id)).size, 60);
  await Promise.all(
    activities.slice(0, 20).flatMap(({ id }: { id: string }) => [
      kim.send("PATCH", `${PATH}/${id}/read`),
      kim.send("PATCH", `${PATH}/${id}/read`),
      kim.send("DELETE", `${PATH}/${id}`),
      add(kim),
    ]),
  );
  const { total } = (await kim.get(`${PATH}/${kim.userId}`)).body;
  const { unreadCount } = (await kim.get(`${PATH}/${kim.userId}/unread/count`)).body;
  deepEqual([total, unreadCount], [60, 60]);
});

const REFUSED = [
  { body: { type: "walked" }, field: "type" },
  { body: { title: "" }, field: "title" },
  { body: { title: "a".repeat(201) }, field: "title" },
  { body: { userId: 5 }, field: "userId" },
  { body: { data: { text: "a".repeat(20_000) } }, field: "data" },
];

for (const { body, field } of REFUSED) {
  Deno.test(`[L-03] an activity is refused for its ${field}: ${JSON.stringify(body).slice(0, 40)}`, async () => {
    await using app = await testApp();
    assertError(await add(await person(app), body), {
      status: 400,
      code: "VALIDATION_ERROR",
      field,
    });
  });
}

Deno.test("[T-L02] nobody reads or changes another's, save an administrator", async () => {
  await using app = await testApp();
  const [kim, lee, admin] = [await person(app), await person(app), await person(app, "admin")];
  const { id } = (await add(kim)).body;
  const foreign = { status: 403, code: "FORBIDDEN" } as const;
  const unknown = { status: 404, code: "NOT_FOUND" } as const;
  assertError(await lee.get(`${PATH}/${kim.userId}`), foreign);
  assertError(await lee.get(`${PATH}/${kim.userId}/unread/count`), foreign);
  assertError(await lee.send("PATCH", `${PATH}/${kim.userId}/read-all`), foreign);
  assertError(await add(lee, { userId: kim.userId }), foreign);
  assertError(await lee.send("PATCH", `${PATH}/${id}/read`), unknown);
  assertError(await lee.send("DELETE", `${PATH}/${id}`), unknown);
  equal((await admin.get(`${PATH}/${kim.userId}`)).body.total, 1);
  equal((await add(admin, { userId: kim.userId })).status, 201);
  assertError(await add(admin, { userId: "user_0" }), unknown);
  for (const request of [undefined, post({ userId: kim.userId, type: "login", title: "a" })]) {
    const path = request === undefined ? `${PATH}/${kim.userId}` : PATH;
    assertError(await ask(app, path, request), { status: 401, code: "AUTH_FAILED" });
  }
});
