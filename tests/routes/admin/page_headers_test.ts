import { deepEqual, equal, match, ok } from "node:assert/strict";
import { openBrowser } from "../../support/browser.ts";
import { startMission, testApp } from "../../support/test_app.ts";

const CSP = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; " +
  "form-action 'self'";

Deno.test("[M-55] every answer under /admin carries the same guarding headers, errors included", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  const { wsToken } = await startMission(app);
  await browser.signIn();
  const answers = {
    page: await browser.open("/admin/dashboard"),
    missing: await browser.open("/admin/nothing"),
    login: await app.request("/admin/login"),
    redirect: await app.request("/admin/dashboard"),
    dead: await app.request("/admin/setup"),
    badToken: await app.request("/admin/dashboard", { headers: { authorization: "Bearer x" } }),
    foreign: await app.request("/admin/x", { headers: { authorization: `Bearer ${wsToken}` } }),
  };
  deepEqual(Object.values(answers).map(({ status }) => status), [
    200,
    404,
    200,
    303,
    410,
    401,
    403,
  ]);
  for (const [name, { headers }] of Object.entries(answers)) {
    equal(headers.get("content-security-policy"), CSP, name);
    equal(headers.get("referrer-policy"), "same-origin", name);
    equal(headers.get("x-content-type-options"), "nosniff", name);
    equal(headers.get("x-frame-options"), "DENY", name);
    equal(headers.get("cache-control"), "no-store", name);
    equal(headers.get("strict-transport-security"), null, name);
  }
});

Deno.test("[M-55] only in production browsers are told to come by HTTPS alone", async () => {
  await using app = await testApp({ env: { NODE_ENV: "production" } });
  const { headers } = await app.request("/admin/login");
  equal(headers.get("strict-transport-security"), "max-age=31536000");
});

Deno.test("[M-55] the files that a page names are served to everybody, without a limit on them", async () => {
  await using app = await testApp();
  const html = await (await app.request("/admin/login")).text();
  const files = [...html.matchAll(/(?:href|src)="(\/_a\/[^"]+)"/g)].map(([, path]) => path);
  ok(files.length > 5);
  for (const path of files) {
    const answer = await app.request(path);
    equal(answer.status, 200, path);
    equal(answer.headers.get("ratelimit-remaining"), null);
    match(answer.headers.get("cache-control")!, /immutable/);
  }
});
