import assert from "node:assert/strict";
import { activityOf, hall, made, NOTHING, noticeOf } from "../support/hall.ts";

Deno.test("[L-26][L-34][V-03][T-L03] a new activity is told to its person and to administrators", async () => {
  await using it = await hall();
  const { anna } = it.people;
  const activity = await made(anna.send("POST", "/api/activities", activityOf(anna)));
  assert.deepEqual(await it.sockets.anna.next("activity:created"), activity);
  assert.deepEqual(await it.sockets.admin.next("activity:created"), activity);
  // The first activity of a day carries the streak on.
  assert.equal((await it.sockets.anna.next("analytics:updated")).currentStreak, 1);
  await made(anna.send("POST", "/api/activities", activityOf(anna)));
  assert.deepEqual(await it.heard(), {
    ...NOTHING,
    anna: ["activity:created", "analytics:updated", "activity:created"],
    admin: ["activity:created", "activity:created"],
  });
});

Deno.test("[L-26][L-34][V-03] a notification is told to its person alone, also one from elsewhere", async () => {
  await using it = await hall();
  const { anna, bela, admin } = it.people;
  const own = await made(anna.send("POST", "/api/notifications", noticeOf(anna)));
  assert.deepEqual(await it.sockets.anna.next("notification:received"), own);
  const given = await made(admin.send("POST", "/api/notifications", noticeOf(bela)));
  assert.deepEqual(await it.sockets.bela.next("notification:received"), given);
  assert.deepEqual(await it.heard(), {
    ...NOTHING,
    anna: ["notification:received"],
    bela: ["notification:received"],
  });
});

Deno.test("[L-26][L-34][V-03] each change of learning analytics is told to its person alone", async () => {
  await using it = await hall();
  const { anna } = it.people;
  const date = new Date().toISOString().slice(0, 10);
  const changes: [method: string, path: string, body?: unknown][] = [
    ["POST", "init"],
    ["PATCH", "learning-hours", { hours: 1.5 }],
    ["PATCH", "streak", { currentStreak: 3, longestStreak: 5 }],
    ["PATCH", "increment", { statName: "skillsAdded" }],
    ["POST", "weekly", { date, hoursLogged: 2, logsCount: 1 }],
  ];
  for (const [method, path, body] of changes) {
    const learning = await made(
      anna.send(method, `/api/analytics/${anna.userId}/${path}`, body),
    );
    assert.deepEqual(await it.sockets.anna.next("analytics:updated"), learning, path);
  }
  // Begun already: nothing has changed.
  await made(anna.send("POST", `/api/analytics/${anna.userId}/init`));
  const anna5 = Array(5).fill("analytics:updated");
  assert.deepEqual(await it.heard(), { ...NOTHING, anna: anna5 });
});

for (const [feed, entryOf] of [["activities", activityOf], ["notifications", noticeOf]] as const) {
  Deno.test(`[L-34][V-03] what is read or deleted of ${feed} is told to its person alone`, async () => {
    await using it = await hall();
    const { anna } = it.people;
    const { userId } = anna;
    const add = () => made(anna.send("POST", `/api/${feed}`, entryOf(anna)));
    const next = () => it.sockets.anna.next(`${feed}:changed`);
    const [first, second] = [await add(), await add()];
    await add();
    await made(anna.send("PATCH", `/api/${feed}/${first.id}/read`));
    assert.deepEqual(await next(), { userId, change: "read", id: first.id, unreadCount: 2 });
    // Read before: nothing has changed.
    await made(anna.send("PATCH", `/api/${feed}/${first.id}/read`));
    await made(anna.send("DELETE", `/api/${feed}/${second.id}`));
    assert.deepEqual(await next(), { userId, change: "deleted", id: second.id, unreadCount: 1 });
    await made(anna.send("PATCH", `/api/${feed}/${userId}/read-all`));
    assert.deepEqual(await next(), { userId, change: "all-read", id: null, unreadCount: 0 });
    await it.app.docent.people[feed].removeAll(userId);
    assert.deepEqual(await next(), { userId, change: "all-deleted", id: null, unreadCount: 0 });
    const heard = await it.heard();
    const changes = heard.anna.filter((event) => event === `${feed}:changed`);
    assert.equal(changes.length, 4);
    const { admin, ...others } = heard;
    assert.deepEqual(others, { ...others, bela: [], viewer: [], nobody: [] });
    assert.equal(admin.includes(`${feed}:changed`), false);
  });
}

Deno.test("[T-L03] a public kind of activity is told by its title alone, to who is signed in", async () => {
  await using it = await hall({ env: { PUBLIC_ACTIVITIES: "goal_completed" } });
  const { anna } = it.people;
  const secret = { description: "secret", data: { secret: true } };
  await made(anna.send("POST", "/api/activities", { ...activityOf(anna), ...secret }));
  const goal = { ...activityOf(anna), ...secret, type: "goal_completed", title: "A goal" };
  const { type, title, timestamp } = await made(anna.send("POST", "/api/activities", goal));
  for (const name of ["anna", "bela", "viewer", "admin"] as const) {
    assert.deepEqual(await it.sockets[name].next("activity:new"), { type, title, timestamp });
  }
  const { bela, nobody } = await it.heard();
  assert.deepEqual([bela, nobody], [["activity:new"], []]);
});
