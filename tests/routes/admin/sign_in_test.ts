import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { openBrowser } from "../../support/browser.ts";
import { ADMIN, post, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const DAY_MS = 86_400_000;

Deno.test("[M-56] the right password opens the dashboard for a day, by a cookie scripts cannot read", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  const answer = await browser.signIn();
  equal(answer.status, 303);
  equal(answer.headers.get("location"), "/admin/dashboard");
  match(
    answer.headers.getSetCookie().join("\n"),
    /^docent=session_\d{22}\.[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const page = await browser.open("/admin/dashboard");
  equal(page.status, 200);
  match(await page.text(), /<strong>admin<\/strong>/);
});

Deno.test("[M-56] in production the cookie is for HTTPS and this host alone", async () => {
  await using app = await testApp({ env: { NODE_ENV: "production" } });
  const browser = openBrowser(app);
  const answer = await browser.signIn();
  match(
    answer.headers.getSetCookie().join("\n"),
    /^__Host-docent=session_\d{22}\.[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  equal((await browser.open("/admin/dashboard")).status, 200);
  const csrf = await browser.csrfToken();
  const out = await browser.send("/admin/logout", { _csrf: csrf });
  match(out.headers.getSetCookie().join("\n"), /^__Host-docent=; Max-Age=0; Path=\/;.* Secure;/);
  // A name that another host could have set is not looked at.
  await browser.signIn();
  const id = browser.cookies.get("__Host-docent")!;
  browser.cookies.clear();
  browser.cookies.set("docent", id);
  equal((await browser.open("/admin/dashboard")).status, 303);
});

Deno.test("[M-56] a wrong password is answered 401 with the form, which keeps name and way on", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  const sent = { username: ADMIN.username, password: "wrong", next: "/admin/attempts?page=2" };
  const answer = await browser.send("/admin/login", sent, { "accept-language": "en" });
  equal(answer.status, 401);
  deepEqual(answer.headers.getSetCookie(), []);
  const html = await answer.text();
  match(html, /User name or password is wrong\./);
  match(html, /name="next" value="\/admin\/attempts\?page=2"/);
  match(html, /value="admin"/);
  match(html, /href="\/admin\/login\?next=%2Fadmin%2Fattempts%3Fpage%3D2&amp;lang=ko"/);
  equal(html.includes('wrong"'), false, "the password never comes back");
});

Deno.test("[M-56] JSON with a wrong password is answered 401 in JSON, on both addresses", async () => {
  await using app = await testApp();
  for (const path of ["/admin/login", "/api/admin/login"]) {
    const answer = await app.request(path, post({ ...ADMIN, password: "wrong" }));
    equal(answer.status, 401);
    const { success, error } = await answer.json();
    equal(success, false);
    equal(error.message, "Invalid credentials");
  }
  const good = await app.request("/admin/login", post(ADMIN));
  equal(good.status, 303);
  equal(good.headers.get("location"), "/admin/dashboard");
  equal(good.headers.getSetCookie().length, 1);
  const bad = await app.request("/admin/login", post({ username: "admin" }));
  equal(bad.status, 400);
  equal((await bad.json()).error.details.field, "password");
});

Deno.test("[M-56] after the login the way goes on to where it was asked for", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  const turned = await browser.open("/admin/attempts?status=quitted&page=2");
  const login = await browser.open(turned.headers.get("location")!);
  const next = /name="next" value="([^"]+)"/.exec(await login.text())![1].replaceAll("&amp;", "&");
  const answer = await browser.send("/admin/login", { ...ADMIN, next });
  equal(answer.headers.get("location"), "/admin/attempts?status=quitted&page=2");
  const again = await browser.open("/admin/login?next=/admin/export");
  equal(again.headers.get("location"), "/admin/export", "who is signed in needs no form");
});

Deno.test("[M-56] a session has a new id at each login, and the old one ends", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  const planted = "A".repeat(43);
  browser.cookies.set("docent", planted);
  await browser.signIn();
  const first = browser.cookies.get("docent")!;
  notEqual(first, planted);
  await browser.signIn();
  notEqual(browser.cookies.get("docent"), first);
  for (const old of [planted, first]) {
    const cookie = { cookie: `docent=${old}` };
    equal((await app.request("/admin/dashboard", { headers: cookie })).status, 303, old);
  }
});

Deno.test("[M-56] signing out ends the session on the server too", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  await browser.signIn();
  const id = browser.cookies.get("docent")!;
  const answer = await browser.send("/admin/logout", { _csrf: await browser.csrfToken() });
  equal(answer.status, 303);
  equal(answer.headers.get("location"), "/admin/login?signed-out");
  equal(browser.cookies.has("docent"), false);
  const login = await browser.open("/admin/login?signed-out", { "accept-language": "en" });
  match(await login.text(), /You are signed out\./);
  const stolen = await app.request("/admin/dashboard", { headers: { cookie: `docent=${id}` } });
  equal(stolen.status, 303);
});

Deno.test("[M-56] after a day, or with a changed cookie, the login comes again", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const browser = openBrowser(app);
  await browser.signIn();
  const id = browser.cookies.get("docent")!;
  const statusWith = async (cookie: string) =>
    (await app.request("/admin/dashboard", { headers: { cookie } })).status;
  clock.advance(DAY_MS - 1_000);
  equal(await statusWith(`docent=${id}`), 200);
  const changed = (id[0] === "A" ? "B" : "A") + id.slice(1);
  for (const cookie of [`docent=${changed}`, `docent=${id}x`, "docent=", "docent", "docent=%FF"]) {
    equal(await statusWith(cookie), 303, cookie);
  }
  clock.advance(1_000);
  equal(await statusWith(`docent=${id}`), 303);
});

Deno.test("[M-56][T-M16] the API takes the cookie or the bearer token alike", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  await browser.signIn();
  const bearer = { authorization: `Bearer ${await app.adminToken()}` };
  for (const path of ["/api/missions", "/api/analytics/realtime", "/metrics"]) {
    equal((await browser.open(path)).status, 200, `${path} by cookie`);
    equal((await app.request(path, { headers: bearer })).status, 200, `${path} by token`);
  }
  equal((await app.request("/admin/dashboard", { headers: bearer })).status, 200);
  equal((await app.request("/api/missions")).status, 401);
});

Deno.test("[M-56][T-M16] too many tries: the form and the API share the count and say when to come again", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const browser = openBrowser(app);
  const wrong = { ...ADMIN, password: "wrong" };
  for (let i = 0; i < 3; i++) equal((await browser.send("/admin/login", wrong)).status, 401);
  for (let i = 0; i < 2; i++) {
    equal((await app.request("/api/admin/login", post(wrong))).status, 401);
  }
  const form = await browser.send("/admin/login", { ...ADMIN }, { "accept-language": "en" });
  equal(form.status, 429);
  equal(form.headers.get("retry-after"), "60");
  match(await form.text(), /Wait 60s,/);
  const api = await app.request("/api/admin/login", post(ADMIN));
  equal(api.status, 429);
  equal(api.headers.get("retry-after"), "60");
  clock.advance(60_000);
  equal((await browser.signIn()).status, 303);
});

Deno.test("[T-M16] one address tries thirty times a minute, whatever the names", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const statuses: number[] = [];
  for (let i = 0; i < 32; i++) {
    const path = i % 2 === 0 ? "/admin/login" : "/api/admin/login";
    // Longer than any name: the cap alone is looked at here, and no hash is made.
    const answer = await app.request(path, post({ username: `name ${i}`, password: "" }));
    statuses.push(answer.status);
  }
  deepEqual(statuses, [...Array(30).fill(400), 429, 429]);
});
