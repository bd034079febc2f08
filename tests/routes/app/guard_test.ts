import { equal, match } from "node:assert/strict";
import { openBrowser } from "../../support/browser.ts";
import { bearer } from "../../support/http.ts";
import { peopleApp } from "../../support/signed_up.ts";
import { startMission, testApp } from "../../support/test_app.ts";

const PAGES = [
  "feed",
  "notifications",
  "learning",
  "settings",
  "security",
  "practice",
  "practice/progress",
  "practice/interview_1",
  "practice/interview_1/report",
  "practice/interview_1/answers/1",
].map((page) => `/app/${page}`);

/** Every form behind the sign-in. */
const FORMS = [
  "/app/logout",
  "/app/feed/read-all",
  "/app/feed/activity_1/read",
  "/app/feed/activity_1/remove",
  "/app/notifications/read-all",
  "/app/notifications/clear-all",
  "/app/notifications/notification_1/read",
  "/app/notifications/notification_1/remove",
  "/app/settings",
  "/app/settings/picture",
  "/app/practice",
  "/app/practice/interview_1/answer",
  "/app/practice/interview_1/keep",
  "/app/practice/interview_1/next",
  "/app/practice/interview_1/skip",
  "/app/practice/interview_1/finish",
  "/app/practice/interview_1/leave",
  "/app/practice/interview_1/resume",
  "/app/practice/interview_1/remove",
  "/app/security/password",
  "/app/security/sessions/session_1/end",
  "/app/security/factor/begin",
  "/app/security/factor/confirm",
  "/app/security/factor/end",
  "/app/security/remove",
];

for (const path of PAGES) {
  Deno.test(`[L-31][T-L02] ${path} without a login leads to the login and back`, async () => {
    await using app = await testApp();
    const answer = await openBrowser(app).open(path);
    equal(answer.status, 303);
    equal(answer.headers.get("location"), `/app/login?next=${encodeURIComponent(path)}`);
    equal(await answer.text(), "");
  });
}

Deno.test("[L-31][T-L02] no form does anything without a login, or without its session's token", async () => {
  await using it = await peopleApp();
  const [kim, lee] = [await it.signUp("Kim"), await it.signUp("Lee")];
  const foreign = await lee.csrfToken("/app/feed");
  const strangers = openBrowser(it.app);
  for (const path of FORMS) {
    const answer = await strangers.send(path, {});
    equal(answer.status, 303, path);
    equal(answer.headers.get("location"), "/app/login", path);
    for (const _csrf of ["", foreign]) {
      const refused = await kim.send(path, { _csrf });
      equal(refused.status, 403, path);
      match(refused.headers.get("content-type")!, /text\/html/);
    }
    const fromElsewhere = await kim.send(path, {}, { origin: "https://evil.example" });
    equal(fromElsewhere.status, 403, path);
  }
  equal((await kim.open("/app/feed")).status, 200, "still signed in");
});

Deno.test("[L-31][T-M16] forms before sign-in are taken from our own pages alone", async () => {
  await using it = await peopleApp();
  const browser = openBrowser(it.app);
  const headers = { origin: "https://evil.example" };
  for (const path of ["/app/login", "/app/register", "/app/forgot", "/app/reset"]) {
    equal((await browser.send(path, {}, headers)).status, 403, path);
  }
});

Deno.test("[X-10] a person's account opens none of the operators' pages, and leads back to their own", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  const refused = await kim.open("/admin/dashboard", { "accept-language": "en" });
  equal(refused.status, 403);
  match(await refused.text(), /Not allowed[^]*href="\/app\/feed"[^>]*>Back to your activities/);
});

Deno.test("[L-31][T-M16] a kiosk's token opens no page of people", async () => {
  await using app = await testApp();
  const { wsToken } = await startMission(app);
  equal((await app.request("/app/feed", bearer(wsToken))).status, 403);
});

Deno.test("[L-31][P-03] signing out ends the session", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  const cookie = kim.cookies.get("docent")!;
  equal(
    (await kim.submit("/app/logout")).headers.get("location"),
    "/app/login?news=signedOut",
  );
  kim.cookies.set("docent", cookie);
  equal((await kim.open("/app/feed")).status, 303);
});

Deno.test("[L-31] /app leads to the feed, and what is not there is a page of people's", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  equal((await kim.open("/app")).headers.get("location"), "/app/feed");
  const missing = await kim.open("/app/nothing", { "accept-language": "en" });
  equal(missing.status, 404);
  match(await missing.text(), /Nothing here[^]*Back to your activities/);
  equal(missing.headers.get("cache-control"), "no-store");
  match(missing.headers.get("content-security-policy")!, /default-src 'self'/);
});
