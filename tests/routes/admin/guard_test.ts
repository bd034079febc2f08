import { equal, match } from "node:assert/strict";
import { openBrowser } from "../../support/browser.ts";
import { startMission, testApp } from "../../support/test_app.ts";

const PAGES = [
  "/admin/dashboard",
  "/admin/missions/live",
  "/admin/missions/portfolio",
  "/admin/missions/vocabulary",
  "/admin/attempts/attempt_1",
  "/admin/export",
  "/admin/metrics",
  "/admin/keys",
  "/admin/audit",
  "/admin/outbox",
  "/admin/users",
  "/admin/users/user_1",
  "/admin/export?format=csv",
  "/admin/nothing",
];

for (const path of PAGES) {
  Deno.test(`[M-55][T-M16] ${path} without a login leads to the login and back`, async () => {
    await using app = await testApp();
    const answer = await openBrowser(app).open(path);
    equal(answer.status, 303);
    equal(answer.headers.get("location"), `/admin/login?next=${encodeURIComponent(path)}`);
    equal(await answer.text(), "");
  });
}

Deno.test("[E-8.7][T-M16] /admin/missions/live without a login is a redirect, also without an Accept header", async () => {
  await using app = await testApp();
  for (const accept of [undefined, "*/*", "text/html,application/xhtml+xml,*/*;q=0.8"]) {
    const headers = accept === undefined ? undefined : { accept };
    const answer = await app.request("/admin/missions/live", { headers });
    equal(answer.status, 303, String(accept));
    equal(answer.headers.get("location"), "/admin/login?next=%2Fadmin%2Fmissions%2Flive");
  }
});

Deno.test("[M-55] /admin leads to the dashboard", async () => {
  await using app = await testApp();
  const answer = await app.request("/admin");
  equal(answer.status, 303);
  equal(answer.headers.get("location"), "/admin/dashboard");
});

Deno.test("[T-M16] what asks for JSON or a stream is answered 401 in JSON, not led away", async () => {
  await using app = await testApp();
  for (const accept of ["application/json", "text/event-stream"]) {
    const answer = await app.request("/admin/live/events", { headers: { accept } });
    equal(answer.status, 401, accept);
    equal((await answer.json()).error.code, "AUTH_FAILED");
  }
});

Deno.test("[T-M16] /api/admin wants a login everywhere, whether there is something or not", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  for (const path of ["/api/admin/nothing", "/api/admin"]) {
    equal((await app.request(path)).status, 401, path);
  }
  await browser.signIn();
  equal((await browser.open("/api/admin/nothing")).status, 404);
});

Deno.test("[T-M16] a kiosk's token opens neither page nor API", async () => {
  await using app = await testApp();
  const { wsToken } = await startMission(app);
  const headers = { authorization: `Bearer ${wsToken}` };
  const page = await app.request("/admin/dashboard", { headers });
  equal(page.status, 403);
  match(page.headers.get("content-type")!, /text\/html/);
  equal((await app.request("/api/admin/nothing", { headers })).status, 403);
});

Deno.test("[M-55] an unknown page is a page too, in the reader's language", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  await browser.signIn();
  const english = await browser.open("/admin/nothing", { "accept-language": "en" });
  equal(english.status, 404);
  match(await english.text(), /Nothing here[^]*req_\d+/);
  const korean = await browser.open("/admin/nothing?lang=ko", { "accept-language": "en" });
  match(await korean.text(), /찾을 수 없습니다/);
  match(await (await browser.open("/admin/nothing")).text(), /lang="ko"/, "the choice is kept");
});

Deno.test("[M-55] the theme is a choice that is kept, and works without script", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  match(
    await (await browser.open("/admin/login?theme=dark")).text(),
    /<html[^>]*data-theme="dark"/,
  );
  equal(browser.cookies.get("theme"), "dark");
  match(await (await browser.open("/admin/login")).text(), /data-theme="dark"/);
});
