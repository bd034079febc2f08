import { equal, match } from "node:assert/strict";
import { openBrowser } from "../../support/browser.ts";
import { ADMIN, post, SESSION_ID, testApp } from "../../support/test_app.ts";

Deno.test("[T-M16] a form of the signed-in needs the token of its own session", async () => {
  await using app = await testApp();
  const [browser, other] = [openBrowser(app), openBrowser(app)];
  await browser.signIn();
  await other.signIn();
  const csrf = await browser.csrfToken();
  equal((await browser.send("/admin/logout", {})).status, 403);
  for (const wrong of ["", `${csrf}x`, csrf.slice(1), await other.csrfToken()]) {
    const answer = await browser.send("/admin/logout", { _csrf: wrong });
    equal(answer.status, 403, wrong);
    match(answer.headers.get("content-type")!, /text\/html/);
  }
  equal((await browser.open("/admin/dashboard")).status, 200, "still signed in");
  equal((await browser.send("/admin/logout", { _csrf: csrf })).status, 303);
});

Deno.test("[T-M16] the token counts in the body alone, and a form that cannot be read is a 400", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  await browser.signIn();
  const csrf = await browser.csrfToken();
  equal((await browser.send(`/admin/logout?_csrf=${csrf}`, {})).status, 403);
  const cookie = `docent=${browser.cookies.get("docent")}`;
  const broken = await app.request("/admin/logout", {
    method: "POST",
    headers: { cookie, origin: "http://localhost", "content-type": "multipart/form-data" },
    body: "no boundary",
  });
  equal(broken.status, 400);
});

const FOREIGN: [name: string, headers: Record<string, string>, allowed: boolean][] = [
  ["another origin", { origin: "https://evil.example" }, false],
  ["an opaque origin", { origin: "null" }, false],
  ["another port", { origin: "http://localhost:8080" }, false],
  ["a name that begins like ours", { origin: "http://localhost.evil.example" }, false],
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, false],
  ["a sibling host", { origin: "http://a.localhost", "sec-fetch-site": "same-site" }, false],
  ["our own origin", { origin: "http://localhost" }, true],
  ["PUBLIC_URL behind a proxy", { origin: "https://docent.example" }, true],
  // Behind a proxy that hides the scheme the browser's own word counts.
  ["a same-origin request", { origin: "https://x.example", "sec-fetch-site": "same-origin" }, true],
];

for (const [name, headers, allowed] of FOREIGN) {
  Deno.test(`[T-M16] a login form from ${name} is ${allowed ? "taken" : "refused"}`, async () => {
    await using app = await testApp({ env: { PUBLIC_URL: "https://docent.example/" } });
    const browser = openBrowser(app);
    const login = await browser.send("/admin/login", { ...ADMIN }, headers);
    equal(login.status, allowed ? 303 : 403);
    equal(browser.cookies.has("docent"), allowed);
    const setup = await browser.send("/admin/setup", { token: "a" }, headers);
    equal(setup.status, allowed ? 410 : 403);
  });
}

Deno.test("[T-M16] a login form that says nothing of where it comes from is refused", async () => {
  await using app = await testApp();
  for (const type of ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"]) {
    const answer = await app.request("/admin/login", {
      method: "POST",
      headers: { "content-type": type },
      body: new URLSearchParams(ADMIN).toString(),
    });
    equal(answer.status, 403, type);
  }
});

Deno.test("[T-M16] a change through the API by cookie needs the session's token in a header", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  await browser.signIn();
  const cookie = `docent=${browser.cookies.get("docent")}`;
  const csrf = await browser.csrfToken();
  const statusWith = async (headers: Record<string, string>) =>
    (await app.request("/api/admin/nothing", post({}, headers))).status;
  equal(await statusWith({ cookie }), 403);
  equal(await statusWith({ cookie, "x-csrf-token": "wrong" }), 403);
  equal(await statusWith({ cookie, "x-csrf-token": csrf }), 404, "past the guard");
  equal(await statusWith({ "x-csrf-token": csrf }), 401);
  const bearer = { authorization: `Bearer ${await app.adminToken()}` };
  equal(await statusWith({ cookie, ...bearer }), 404, "no foreign page can send a bearer token");
});

Deno.test("[T-M16] what is open to all stays open in a browser that is signed in", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  await browser.signIn();
  const cookie = `docent=${browser.cookies.get("docent")}`;
  const timestamp = new Date().toISOString();
  const mission = { sessionId: SESSION_ID, missionType: "portfolio", timestamp };
  equal((await app.request("/api/missions/start", post(mission, { cookie }))).status, 201);
});
