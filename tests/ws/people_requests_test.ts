import assert from "node:assert/strict";
import { toActivity } from "../../lib/people/view.ts";
import { apiKey } from "../support/api_key.ts";
import { activityOf, hall, made, noticeOf } from "../support/hall.ts";
import { type IoClient, ioClient } from "../support/io_client.ts";
import { person } from "../support/person.ts";
import { testApp } from "../support/test_app.ts";

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
