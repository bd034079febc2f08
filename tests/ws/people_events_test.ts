import assert from "node:assert/strict";
import { toActivity } from "../../lib/people/view.ts";
import { apiKey } from "../support/api_key.ts";
import { type IoClient, ioClient } from "../support/io_client.ts";
import { type Person, person } from "../support/person.ts";
import { testApp, type TestAppOptions } from "../support/test_app.ts";

/** Two people, a viewer and an administrator, each on a socket, and one on a socket without a token. */
async function hall(options?: TestAppOptions) {
  const app = await testApp(options);
  const url = await app.listen();
  const [anna, bela] = [await person(app), await person(app)];
  const [viewer, admin] = [await person(app, "viewer"), await person(app, "admin")];
  const sockets = {
    anna: ioClient(url, { auth: anna }),
    bela: ioClient(url, { auth: bela }),
    viewer: ioClient(url, { auth: viewer }),
    admin: ioClient(url, { auth: admin }),
    nobody: ioClient(url),
  };
  for (const client of Object.values(sockets)) await client.next("connected");
  return {
    app,
    url,
    people: { anna, bela, viewer, admin },
    sockets,
    /** Names of events of people, by who has heard them. */
    async heard(): Promise<Record<string, string[]>> {
      const all: Record<string, string[]> = {};
      for (const [name, client] of Object.entries(sockets)) {
        await client.settled();
        const events = client.received.map(({ event }) => event);
        all[name] = events.filter((event) => !STAFFS.includes(event));
      }
      return all;
    },
    async [Symbol.asyncDispose]() {
      for (const client of Object.values(sockets)) await client.close();
      await app[Symbol.asyncDispose]();
    },
  };
}

/** What is said to staff, and to everybody on connecting. */
const STAFFS = ["connected", "dashboard_data"];
const NOTHING = { anna: [], bela: [], viewer: [], admin: [], nobody: [] };

const activityOf = ({ userId }: Person) => ({ userId, type: "log_created", title: "New log" });
const noticeOf = ({ userId }: Person) => ({
  userId,
  type: "achievement",
  title: "Milestone reached",
  message: "Ten logs",
});

async function made(answer: ReturnType<Person["send"]>) {
  const { status, body } = await answer;
  assert.equal(status < 300, true, JSON.stringify(body));
  return body;
}

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

Deno.test("[L-22][L-25][T-L02] user:login is for who the token is of, and says how many are here", async () => {
  await using it = await hall();
  const { anna, bela, admin } = it.people;
  const { sockets } = it;
  for (const payload of [anna.userId, { userId: anna.userId }, undefined, null]) {
    const answer = await sockets.anna.ask("user:login", payload);
    assert.deepEqual(answer, { success: true, data: { userId: anna.userId, activeCount: 4 } });
    assert.equal((await sockets.anna.next("users:status")).activeCount, 4);
  }
  const forBela = await sockets.admin.ask("user:login", bela.userId);
  assert.deepEqual(forBela, { success: true, data: { userId: bela.userId, activeCount: 4 } });
  await assertRefused(sockets.anna, ["user:login", bela.userId], "FORBIDDEN");
  await assertRefused(sockets.anna, ["user:login", admin.userId], "FORBIDDEN");
  await assertRefused(sockets.nobody, ["user:login", anna.userId], "AUTH_FAILED");
  await assertRefused(sockets.nobody, ["user:login"], "AUTH_FAILED");
  for (const bad of [7, [], {}, { userId: 7 }]) {
    await assertRefused(sockets.anna, ["user:login", bad], "VALIDATION_ERROR");
  }
});

Deno.test("[L-25][X-04] everybody hears how many people are here when that changes, and only then", async () => {
  await using it = await hall();
  const { docent } = it.app;
  const { nobody, anna, bela } = it.sockets;
  docent.socketIo.refreshStatus();
  const { timestamp, ...status } = await nobody.next("users:status");
  assert.deepEqual(status, { activeCount: 4 });
  assert.equal(new Date(timestamp).toISOString(), timestamp);
  await using second = ioClient(it.url, { auth: it.people.anna });
  await second.next("connected");
  docent.socketIo.refreshStatus();
  await bela.close();
  while ((await anna.next("users:status")).activeCount !== 3) docent.socketIo.refreshStatus();
  await nobody.next("users:status");
  docent.socketIo.refreshStatus();
  await nobody.settled();
  await assert.rejects(nobody.next("users:status", 20), /No users:status came/);
});

Deno.test("[L-23][T-L03][T-L02] activity:create stores what REST would, and names no other person", async () => {
  await using it = await hall();
  const { anna, bela, admin } = it.people;
  const { sockets } = it;
  const first = await sockets.anna.ask("activity:create", { userId: anna.userId, type: "login" });
  assert.ok(first.success);
  assert.deepEqual([first.data.title, first.data.userId], ["Signed in", anna.userId]);
  assert.deepEqual(await sockets.anna.next("activity:created"), first.data);
  const data = { hours: 2, topic: "React", "키": ["값", null] };
  const whole = { type: "log_created", title: "New log", description: "2 hours", data };
  const second = await sockets.anna.ask("activity:create", whole);
  assert.ok(second.success);
  const { activities } = (await anna.get(`/api/activities/${anna.userId}`)).body;
  assert.deepEqual(activities, [second.data, first.data]);
  const byAdmin = await sockets.admin.ask("activity:create", { ...whole, userId: bela.userId });
  assert.ok(byAdmin.success);
  assert.deepEqual(await sockets.bela.next("activity:created"), byAdmin.data);
  for (const other of [bela, admin]) {
    const payload = { ...whole, userId: other.userId };
    await assertRefused(sockets.anna, ["activity:create", payload], "FORBIDDEN");
  }
  await assertRefused(sockets.nobody, ["activity:create", whole], "AUTH_FAILED");
  await assertRefused(
    sockets.admin,
    ["activity:create", { ...whole, userId: "user_0" }],
    "NOT_FOUND",
  );
  assert.equal((await bela.get(`/api/activities/${bela.userId}`)).body.total, 1);
});

Deno.test("[L-23][L-35] activity:create refuses what is no activity, and the server stays", async () => {
  await using it = await hall();
  const deep = JSON.parse(`${"[".repeat(40)}${"]".repeat(40)}`);
  const bad = [
    undefined,
    null,
    "login",
    [],
    {},
    { type: "walked" },
    { type: "login", title: "" },
    { type: "login", title: "a\u0000b" },
    { type: "login", data: { a: "\ud800" } },
    { type: "login", data: deep },
    { type: "login", data: "a".repeat(20_000) },
    { type: "login", userId: 7 },
  ];
  for (const payload of bad) {
    await assertRefused(it.sockets.anna, ["activity:create", payload], "VALIDATION_ERROR");
  }
  assert.equal((await it.app.docent.people.activities.list(it.people.anna.userId, ALL)).total, 0);
  const good = await it.sockets.anna.ask("activity:create", { type: "login" });
  assert.ok(good.success);
});

const ALL = { limit: 100, skip: 0 };

Deno.test("[L-24][T-L09] data:request answers with what REST answers, by the callback and by an event", async () => {
  await using it = await hall();
  const { anna } = it.people;
  for (let i = 0; i < 3; i++) {
    await made(anna.send("POST", "/api/activities", activityOf(anna)));
    await made(anna.send("POST", "/api/notifications", noticeOf(anna)));
  }
  for (const name of ["activities", "notifications", "analytics"] as const) {
    const { body } = await anna.get(`/api/${name}/${anna.userId}`);
    const answer = await it.sockets.anna.ask("data:request", name);
    assert.deepEqual(answer, { success: true, data: body });
    assert.deepEqual(await it.sockets.anna.next(`data:${name}`), body);
  }
  const page = await it.sockets.anna.ask("data:request", { name: "activities", limit: 1, skip: 2 });
  assert.ok(page.success);
  assert.deepEqual([page.data.activities.length, page.data.total, page.data.hasMore], [
    1,
    3,
    false,
  ]);
  const status = await it.sockets.anna.ask("data:request", "status");
  assert.ok(status.success);
  assert.equal(status.data.activeCount, 4);
  assert.deepEqual(await it.sockets.anna.next("data:status"), status.data);
  const bad = [undefined, "users", "__proto__", {}, { name: "activities", limit: 0 }, 7];
  for (const request of bad) {
    await assertRefused(it.sockets.anna, ["data:request", request], "VALIDATION_ERROR");
  }
});

Deno.test("[T-L02][V-03] data:request gives nobody what is another's, save an administrator", async () => {
  await using it = await hall();
  const { anna, viewer } = it.people;
  const activity = await made(anna.send("POST", "/api/activities", activityOf(anna)));
  for (const name of ["activities", "notifications", "analytics", "status"]) {
    const request = { name, userId: anna.userId };
    await assertRefused(it.sockets.bela, ["data:request", request], "FORBIDDEN");
    await assertRefused(it.sockets.viewer, ["data:request", request], "FORBIDDEN");
    await assertRefused(it.sockets.nobody, ["data:request", request], "AUTH_FAILED");
    await assertRefused(it.sockets.nobody, ["data:request", name], "AUTH_FAILED");
  }
  const answer = await it.sockets.admin.ask("data:request", {
    name: "activities",
    userId: anna.userId,
  });
  assert.ok(answer.success);
  assert.deepEqual(answer.data.activities, [activity]);
  assert.equal((await viewer.get(`/api/activities/${anna.userId}`)).status, 403);
  await assertRefused(it.sockets.viewer, ["join", "people"], "FORBIDDEN");
});

Deno.test("[T-L02] a program with a key is no person, whatever its scopes", async () => {
  await using app = await testApp();
  const token = (await apiKey(app, "metrics:read", "events:write"))["x-api-key"];
  const url = await app.listen();
  const someone = await person(app);
  await using program = ioClient(url, { auth: { token } });
  const { userId } = await program.next("connected");
  const requests = [
    ["user:login", userId],
    ["activity:create", { type: "login" }],
    ["data:request", { name: "activities", userId: someone.userId }],
  ];
  for (const request of requests) await assertRefused(program, request, "FORBIDDEN");
  assert.equal(app.docent.socketIo.directory().users(), 0);
});

Deno.test("[T-L02] who is no administrator any more, or whose account is gone, is told no more", async () => {
  await using it = await hall();
  const { anna, bela, admin } = it.people;
  const { docent } = it.app;
  await docent.auth.accounts.update(admin.userId, (account) => ({ ...account, role: "user" }));
  await docent.auth.sessions.endAll(bela.userId);
  const gone = [it.sockets.admin.gone(), it.sockets.bela.gone()];
  await docent.socketIo.recheck();
  await Promise.all(gone);
  await made(anna.send("POST", "/api/activities", activityOf(anna)));
  const activity = await it.sockets.anna.next("activity:created");
  assert.deepEqual(
    toActivity(await docent.people.activities.get(activity.id)),
    activity,
  );
  const events = it.sockets.admin.received.map(({ event }) => event);
  assert.equal(events.includes("activity:created"), false);
});

async function assertRefused(client: IoClient, request: unknown[], code: string): Promise<void> {
  const [event, ...payload] = request;
  const answer = await client.ask(String(event), ...payload);
  assert.ok(!answer.success, `${event} ${JSON.stringify(payload)} was answered`);
  assert.equal(answer.error.code, code, `${event} ${JSON.stringify(payload)}`);
}
