import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { openBrowser } from "../../support/browser.ts";
import { apiKey } from "../../support/api_key.ts";
import { asAdmin, ask } from "../../support/http.ts";
import { ADMIN, post, type TestApp, testApp } from "../../support/test_app.ts";

const PATH = "/admin/audit";

async function auditPage(app: TestApp) {
  const browser = openBrowser(app);
  await browser.signIn();
  const show = async (path = PATH) => {
    const answer = await browser.open(path, { "accept-language": "en" });
    equal(answer.status, 200, path);
    return await answer.text();
  };
  return { browser, show };
}

const targetsOf = (html: string) =>
  [...html.matchAll(/<code>(key_\d+)<\/code>/g)].map(([, target]) => target);

Deno.test("[E-22][P-30] the audit log says who did what, the newest first", async () => {
  await using app = await testApp();
  const { show } = await auditPage(app);
  match(await show(), /Nothing was changed yet/);
  await apiKey(app, "events:write");
  const html = await show();
  match(html, new RegExp(`${ADMIN.username}[^]*Made an API key[^]*key_`));
});

Deno.test("[P-30] older entries are a page further, each once", async () => {
  await using app = await testApp();
  const { show } = await auditPage(app);
  const admin = await asAdmin(app);
  for (let i = 0; i < 60; i++) {
    const init = post({ name: "shop", scopes: ["events:write"] }, admin.headers);
    equal((await ask(app, "/api/admin/api-keys", init)).status, 201);
  }
  const newest = await show();
  const older = /href="(\/admin\/audit\?before=[^"]+)"/.exec(newest)![1];
  const rest = await show(older);
  const targets = [...targetsOf(newest), ...targetsOf(rest)];
  deepEqual([targetsOf(newest).length, new Set(targets).size, targets.length], [50, 60, 60]);
  match(rest, /Back to the newest/);
  doesNotMatch(rest, /Older entries/);
});

Deno.test("[P-30] an address that names no entry shows the newest", async () => {
  await using app = await testApp();
  const { show } = await auditPage(app);
  await apiKey(app, "events:write");
  for (const before of ["", "x", "audit_", "key_1", "%00", "audit_1%27"]) {
    equal(targetsOf(await show(`${PATH}?before=${before}`)).length, 1, before);
  }
});
