import { deepEqual, equal, match } from "node:assert/strict";
import { ask, assertError, bearer } from "../../../support/http.ts";
import { ioClient } from "../../../support/io_client.ts";
import { type Person, person } from "../../../support/person.ts";
import { fakePasswords } from "../../../support/fake_passwords.ts";
import { post, type TestApp, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3);
const WEBP = new TextEncoder().encode("RIFF1234WEBPVP8 ");

const picture = (app: TestApp, who: Person, body: Uint8Array) =>
  ask(app, "/api/users/avatar", {
    method: "POST",
    body: new Uint8Array(body),
    headers: { ...bearer(who.token).headers, "content-type": "image/png" },
  });

Deno.test("[P-05][T-P05] one profile at two addresses", async () => {
  await using app = await testApp();
  const kim = await person(app);
  const preferences = { jobCategory: "backend", language: "en" };
  const changed = await kim.send("PUT", "/api/auth/profile", { name: "Kim", preferences });
  equal(changed.status, 200);
  deepEqual(changed.body.data.preferences, {
    jobCategory: "backend",
    difficulty: "medium",
    notifications: true,
    language: "en",
  });
  const again = await kim.get("/api/users/profile");
  deepEqual(again.body, changed.body);
  deepEqual((await kim.get("/api/auth/profile")).body, changed.body);
  for (
    const [body, field] of [
      [{ name: "" }, "name"],
      [{ preferences: { difficulty: "impossible" } }, "preferences.difficulty"],
    ] as const
  ) {
    const refused = await kim.send("PUT", "/api/users/profile", body);
    assertError(refused, { status: 400, code: "VALIDATION_ERROR", field });
  }
});

Deno.test("[P-08][T-L08] settings; a name stands on the leaderboard once it is asked for", async () => {
  await using app = await testApp();
  const kim = await person(app);
  await kim.send("PUT", "/api/users/profile", { name: "Kim" });
  deepEqual((await kim.get("/api/users/settings")).body.data, { showOnLeaderboard: false });
  await kim.send("PATCH", `/api/analytics/${kim.userId}/learning-hours`, { hours: 1 });
  const name = async () => (await kim.get("/api/analytics/leaderboard/all")).body.analytics[0].name;
  equal(await name(), null);
  const changed = await kim.send("PUT", "/api/users/settings", { showOnLeaderboard: true });
  deepEqual(changed.body.data, { showOnLeaderboard: true });
  equal(await name(), "Kim");
});

for (const [type, bytes] of [["png", PNG], ["jpeg", JPEG], ["webp", WEBP]] as const) {
  Deno.test(`[P-08][T-P11] a ${type} picture is told by its first bytes and served without sniffing`, async () => {
    await using app = await testApp();
    const kim = await person(app);
    const { status, body } = await picture(app, kim, bytes);
    equal(status, 200);
    match(body.data.avatar, new RegExp(`^/api/users/${kim.userId}/avatar\\?v=[0-9a-f]{16}$`));
    const served = await app.request(body.data.avatar, bearer(kim.token));
    deepEqual(new Uint8Array(await served.arrayBuffer()), new Uint8Array(bytes));
    equal(served.headers.get("content-type"), `image/${type}`);
    equal(served.headers.get("x-content-type-options"), "nosniff");
    equal(served.headers.get("content-security-policy"), "default-src 'none'; sandbox");
  });
}

Deno.test("[T-P11] what is no picture, or too large, is refused", async () => {
  await using app = await testApp();
  const kim = await person(app);
  const svg = new TextEncoder().encode(
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
  );
  for (const bytes of [svg, new Uint8Array(), PNG.slice(0, 7)]) {
    assertError(await picture(app, kim, bytes), { status: 415, code: "UNSUPPORTED_MEDIA" });
  }
  const large = new Uint8Array(48 * 1024 + 1);
  large.set(PNG);
  assertError(await picture(app, kim, large), { status: 413, code: "PAYLOAD_TOO_LARGE" });
  equal((await kim.get(`/api/users/${kim.userId}/avatar`)).status, 404);
});

const KIM = { email: "kim@example.org", password: "correct horse", name: "Kim" };

async function registered() {
  const app = await testApp({ parts: { passwords: fakePasswords() } });
  await ask(app, "/api/auth/register", post(KIM));
  const login = (password = KIM.password) =>
    ask(app, "/api/auth/login", post({ ...KIM, password }));
  const { accessToken, refreshToken, user } = (await login()).body.data;
  const send = (method: string, path: string, body: unknown) =>
    ask(app, path, { ...post(body, bearer(accessToken).headers), method });
  const dispose = () => app[Symbol.asyncDispose]();
  const userId = user.id;
  return { app, login, accessToken, refreshToken, userId, send, [Symbol.asyncDispose]: dispose };
}

Deno.test("[P-08] another password wants the old one, and ends the other sessions", async () => {
  await using it = await registered();
  const other = (await it.login()).body.data.accessToken;
  const change = (oldPassword: string) =>
    it.send("PUT", "/api/users/password", { oldPassword, newPassword: "another password" });
  assertError(await change("wrong"), { status: 401, code: "AUTH_FAILED" });
  equal((await change(KIM.password)).status, 200);
  assertError(await ask(it.app, "/api/auth/profile", bearer(other)), {
    status: 401,
    code: "AUTH_FAILED",
  });
  equal((await ask(it.app, "/api/auth/profile", bearer(it.accessToken))).status, 200);
  equal((await it.login("another password")).status, 200);
});

Deno.test("[P-31][T-P16] an account is deleted with the password, and nothing of the person stays", async () => {
  await using it = await registered();
  const { userId } = it;
  await it.send("POST", "/api/activities", { userId, type: "login", title: "In" });
  await it.send("POST", "/api/notifications", { userId, type: "system", title: "a", message: "b" });
  await it.send("PUT", "/api/users/settings", { showOnLeaderboard: true });
  const remove = (password: string) => it.send("DELETE", "/api/users/account", { password });
  assertError(await remove("wrong"), { status: 401, code: "AUTH_FAILED" });
  equal((await remove(KIM.password)).status, 200);
  const gone = { status: 401, code: "AUTH_FAILED" } as const;
  assertError(await ask(it.app, "/api/auth/profile", bearer(it.accessToken)), gone);
  const { refreshToken } = it;
  assertError(await ask(it.app, "/api/auth/refresh", post({ refreshToken })), gone);
  await using socket = ioClient(await it.app.listen(), { auth: { token: it.accessToken } });
  equal((await socket.refused()).data?.code, "AUTH_FAILED");
  assertError(await it.login(), gone);
  const admin = await person(it.app, "admin");
  const left = (await admin.get(`/api/activities/${userId}`)).body;
  deepEqual(left, { activities: [], total: 0, hasMore: false });
  equal((await admin.get(`/api/analytics/${userId}`)).status, 404);
  equal((await ask(it.app, "/api/auth/register", post(KIM))).status, 201);
  equal((await it.login()).status, 200);
});

Deno.test("[P-31] an account without a password is deleted within ten minutes of a sign-in", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const kim = await person(app);
  await app.docent.auth.accounts.update(kim.userId, (row) => ({ ...row, passwordHash: null }));
  const remove = () => kim.send("DELETE", "/api/users/account", {});
  clock.advance(10 * 60_000);
  assertError(await remove(), { status: 401, code: "AUTH_FAILED" });
  const lee = await person(app);
  await app.docent.auth.accounts.update(lee.userId, (row) => ({ ...row, passwordHash: null }));
  equal((await lee.send("DELETE", "/api/users/account", {})).status, 200);
  equal(await app.docent.auth.accounts.find(lee.userId), null);
});

Deno.test("[P-08][P-31] a person sees where they are signed in, ends it, and takes their data along", async () => {
  await using it = await registered();
  const other = (await it.login()).body.data.accessToken;
  const read = (path: string) => ask(it.app, path, bearer(it.accessToken));
  const { sessions } = (await read("/api/users/sessions")).body.data;
  deepEqual(sessions.map((session: { isCurrent: boolean }) => session.isCurrent), [false, true]);
  const lee = await person(it.app);
  const address = `/api/users/sessions/${sessions[0].sessionId}`;
  assertError(await lee.send("DELETE", address), { status: 404, code: "NOT_FOUND" });
  equal((await it.send("DELETE", address, {})).status, 200);
  equal((await ask(it.app, "/api/auth/profile", bearer(other))).status, 401);

  const { userId } = it;
  await it.app.docent.reports.settled();
  for (let i = 0; i < 101; i++) {
    await it.app.docent.people.addActivity({
      userId,
      type: "login",
      title: `Visit ${i}`,
      description: "",
      data: {},
    });
  }
  await it.send("POST", "/api/notifications", { userId, type: "system", title: "a", message: "b" });
  const exported = await read("/api/users/export");
  equal(exported.headers.get("content-type"), "application/x-ndjson; charset=utf-8");
  const kinds = exported.body.trim().split("\n").map((line: string) => JSON.parse(line).kind);
  const counts = Object.entries(Object.groupBy(kinds as string[], (kind) => kind))
    .map(([kind, lines]) => [kind, lines?.length]);
  deepEqual(Object.fromEntries(counts), {
    user: 1,
    analytics: 1,
    session: 1,
    activity: 103,
    notification: 1,
  });
});
