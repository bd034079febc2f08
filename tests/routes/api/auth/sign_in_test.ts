import { deepEqual, equal, notEqual } from "node:assert/strict";
import { fakePasswords } from "../../../support/fake_passwords.ts";
import { ask, assertError, bearer } from "../../../support/http.ts";
import { letterTo } from "../../../support/mailbox.ts";
import { post, type TestApp, testApp, type TestAppOptions } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const KIM = { email: "kim@example.org", password: "correct horse", name: "Kim" } as const;
const REFUSED = { status: 401, code: "AUTH_FAILED" } as const;

const send = (app: TestApp, path: string, body: unknown) =>
  ask(app, `/api/auth/${path}`, post(body));
const login = (app: TestApp, { email, password }: { email: string; password: string } = KIM) =>
  send(app, "login", { email, password });

async function auth(options: TestAppOptions = {}) {
  const clock = testClock();
  const passwords = fakePasswords();
  const app = await testApp({ ...options, parts: { clock, passwords } });
  return { app, clock, passwords, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

Deno.test("[P-01][P-02][P-14] who registers signs in and is shown as document 5 says", async () => {
  await using it = await auth();
  const registered = await send(it.app, "register", { ...KIM, email: "Kim@Example.org" });
  equal(registered.status, 201);
  const { status, body: { data } } = await login(it.app);
  equal(status, 200);
  deepEqual([data.expiresIn, data.tokenType], [900, "Bearer"]);
  const now = new Date(it.clock.now()).toISOString();
  deepEqual({ ...data.user, id: "" }, {
    id: "",
    email: KIM.email,
    name: "Kim",
    role: "user",
    preferences: {
      jobCategory: "other",
      difficulty: "medium",
      notifications: true,
      language: "ko",
    },
    subscription: { type: "free" },
    emailVerified: false,
    createdAt: now,
    updatedAt: now,
    lastLoginAt: null,
  });
  const { userId } = (await it.app.docent.auth.accounts.findByEmail(KIM.email))!;
  equal(data.user.id, userId);
});

Deno.test("[T-P09] a known address gets the same answer after the same work, and a letter", async () => {
  await using it = await auth();
  const first = await send(it.app, "register", KIM);
  equal((await letterTo(it.app, KIM.email)).subject, "Confirm your address · 이메일 주소 확인");
  it.clock.advance(1);
  const second = await send(it.app, "register", { ...KIM, password: "another password" });
  deepEqual([second.status, second.body], [first.status, first.body]);
  equal(
    (await letterTo(it.app, KIM.email)).subject,
    "You have an account already · 이미 가입된 주소입니다",
  );
  equal((await login(it.app)).status, 200);
  assertError(await login(it.app, { ...KIM, password: "another password" }), REFUSED);
});

Deno.test("[T-P09] a forgotten password: the same answer for any address, one link, all sessions end", async () => {
  await using it = await auth();
  await send(it.app, "register", KIM);
  const { accessToken } = (await login(it.app)).body.data;
  const known = await send(it.app, "forgot-password", { email: KIM.email });
  const unknown = await send(it.app, "forgot-password", { email: "lee@example.org" });
  deepEqual([known.status, known.body], [unknown.status, unknown.body]);
  const { token } = await letterTo(it.app, KIM.email, "/app/reset");
  const password = "a new password";
  for (const wrong of ["", "user_1.x", `${token}x`, token.replace(/\..*/, ".")]) {
    assertError(await send(it.app, "reset-password", { token: wrong, password }), REFUSED);
  }
  equal((await send(it.app, "reset-password", { token, password })).status, 200);
  assertError(await send(it.app, "reset-password", { token, password }), REFUSED);
  const ended = await ask(it.app, "/api/auth/profile", bearer(accessToken));
  assertError(ended, REFUSED);
  equal(ended.body.error.message, "Session of the token has ended");
  assertError(await login(it.app), REFUSED);
  equal((await login(it.app, { ...KIM, password })).status, 200);
});

Deno.test("[P-06] a link ends after half an hour, and with the next one", async () => {
  await using it = await auth();
  await send(it.app, "register", KIM);
  const ask = async () => {
    it.clock.advance(1);
    await send(it.app, "forgot-password", { email: KIM.email });
    return (await letterTo(it.app, KIM.email, "/app/reset")).token;
  };
  const first = await ask();
  const second = await ask();
  notEqual(first, second);
  const password = "a new password";
  assertError(await send(it.app, "reset-password", { token: first, password }), REFUSED);
  it.clock.advance(30 * 60_000);
  assertError(await send(it.app, "reset-password", { token: second, password }), REFUSED);
});

Deno.test("[P-01] where addresses are confirmed first, nobody signs in before", async () => {
  await using it = await auth({ env: { REQUIRE_VERIFIED_EMAIL: "true" } });
  await send(it.app, "register", KIM);
  assertError(await login(it.app), { status: 403, code: "FORBIDDEN" });
  const { token } = await letterTo(it.app, KIM.email);
  equal((await send(it.app, "verify-email", { token })).status, 200);
  assertError(await send(it.app, "verify-email", { token }), REFUSED);
  equal((await login(it.app)).body.data.user.emailVerified, true);
});

Deno.test("[P-04] a refresh token is good once; used again it ends the whole session", async () => {
  await using it = await auth();
  await send(it.app, "register", KIM);
  const first = (await login(it.app)).body.data;
  const second = (await send(it.app, "refresh", first)).body.data;
  notEqual(second.refreshToken, first.refreshToken);
  const third = (await send(it.app, "refresh", second)).body.data;
  const profile = () => ask(it.app, "/api/auth/profile", bearer(third.accessToken));
  equal((await profile()).status, 200);
  assertError(await send(it.app, "refresh", first), REFUSED);
  assertError(await send(it.app, "refresh", third), REFUSED);
  assertError(await profile(), REFUSED);
});

Deno.test("[P-04] of two refreshes at the same time at most one is answered", async () => {
  await using it = await auth();
  await send(it.app, "register", KIM);
  const pair = (await login(it.app)).body.data;
  const answers = await Promise.all([send(it.app, "refresh", pair), send(it.app, "refresh", pair)]);
  equal(answers.filter(({ status }) => status === 200).length <= 1, true);
});

Deno.test("[P-03][P-27] signing out ends the session's tokens, and no other session", async () => {
  await using it = await auth();
  await send(it.app, "register", KIM);
  const [one, two] = [(await login(it.app)).body.data, (await login(it.app)).body.data];
  const out = await ask(it.app, "/api/auth/logout", { method: "POST", ...bearer(one.accessToken) });
  equal(out.status, 200);
  assertError(await ask(it.app, "/api/auth/profile", bearer(one.accessToken)), REFUSED);
  assertError(await send(it.app, "refresh", one), REFUSED);
  equal((await ask(it.app, "/api/auth/profile", bearer(two.accessToken))).status, 200);
});

Deno.test("[P-02] tokens are of one kind each, and end in time", async () => {
  await using it = await auth();
  await send(it.app, "register", KIM);
  const { accessToken, refreshToken } = (await login(it.app)).body.data;
  assertError(await ask(it.app, "/api/auth/profile", bearer(refreshToken)), REFUSED);
  assertError(await send(it.app, "refresh", { refreshToken: accessToken }), REFUSED);
  it.clock.advance(900_000);
  assertError(await ask(it.app, "/api/auth/profile", bearer(accessToken)), REFUSED);
  equal((await send(it.app, "refresh", { refreshToken })).status, 200);
});

Deno.test("[P-28] letters are limited by address: the sixth in a minute is refused", async () => {
  await using it = await auth();
  for (let i = 0; i < 5; i++) await send(it.app, "forgot-password", { email: KIM.email });
  const sixth = await send(it.app, "forgot-password", { email: KIM.email });
  assertError(sixth, { status: 429, code: "RATE_LIMIT" });
});

const BAD = [
  { body: { ...KIM, email: "kim" }, field: "email" },
  { body: { ...KIM, email: "kim@" }, field: "email" },
  { body: { ...KIM, password: "short12" }, field: "password" },
  { body: { ...KIM, password: "a".repeat(129) }, field: "password" },
  { body: { ...KIM, password: "iLoveYou" }, field: "password" },
  { body: { ...KIM, name: " " }, field: "name" },
  { body: { ...KIM, name: undefined }, field: "name" },
];

for (const { body, field } of BAD) {
  Deno.test(`[P-01] registering is refused for its ${field}: ${JSON.stringify(body).slice(0, 60)}`, async () => {
    await using it = await auth();
    const answer = await send(it.app, "register", body);
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field });
  });
}

Deno.test("[X-10] a person is no staff: lists, export and pages are closed", async () => {
  await using it = await auth();
  await send(it.app, "register", KIM);
  const { accessToken } = (await login(it.app)).body.data;
  for (const path of ["/api/missions", "/api/admin/export", "/api/analytics/missions/all"]) {
    const answer = await ask(it.app, path, bearer(accessToken));
    assertError(answer, { status: 403, code: "FORBIDDEN" });
  }
  equal((await ask(it.app, "/admin/dashboard", bearer(accessToken))).status, 403);
});
