import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { type Browser, openBrowser } from "../../support/browser.ts";
import { person } from "../../support/person.ts";
import { post, type TestApp, testApp } from "../../support/test_app.ts";

const PATH = "/admin/keys";

async function signedIn(app: TestApp) {
  const browser = openBrowser(app);
  await browser.signIn();
  const csrf = await browser.csrfToken();
  const send = async (fields: Record<string, string>, path = PATH) => {
    const answer = await browser.send(path, { _csrf: csrf, ...fields }, ENGLISH);
    return { status: answer.status, html: await answer.text() };
  };
  return { browser, send, show: async () => await (await browser.open(PATH, ENGLISH)).text() };
}

const ENGLISH = { "accept-language": "en" };
const KEY = /ak_[\w-]{43}/;
const revokePath = (html: string) => /action="(\/admin\/keys\/key_\d+\/revoke)"/.exec(html)![1];

Deno.test("[E-22] a key is made on the page, shown once, used, and revoked", async () => {
  await using app = await testApp();
  const { send, show } = await signedIn(app);
  match(await show(), /No keys yet/);
  const made = await send({ name: " 웹 쇼핑몰 ", "events:write": "true" });
  equal(made.status, 200);
  match(made.html, /&quot;웹 쇼핑몰&quot; is made|"웹 쇼핑몰" is made/);
  const [key] = KEY.exec(made.html)!;
  const listed = await show();
  doesNotMatch(listed, KEY);
  match(listed, /웹 쇼핑몰[^]*Send events[^]*never/);
  const sendEvent = () =>
    app.request("/api/events", post({ eventName: "login" }, { "x-api-key": key }));
  equal((await sendEvent()).status, 201);
  doesNotMatch(await show(), /never/);
  const revoked = await send({}, revokePath(listed));
  equal(revoked.status, 200);
  match(revoked.html, /Nothing is taken from it any more/);
  match(revoked.html, /Revoked/);
  equal((await sendEvent()).status, 401);
});

Deno.test("[E-22] a form that is wrong comes back with what is wrong, and makes nothing", async () => {
  await using app = await testApp();
  const { send, show } = await signedIn(app);
  for (
    const [fields, problem] of [
      [{ name: "", "events:write": "true" }, /Give the key a name/],
      [{ name: "   ", "metrics:read": "true" }, /Give the key a name/],
      [{ name: "x".repeat(61), "metrics:read": "true" }, /Give the key a name/],
      [{ name: "shop" }, /Choose at least one/],
      [{ name: "shop", administer: "true" }, /Choose at least one/],
    ] as [Record<string, string>, RegExp][]
  ) {
    const { status, html } = await send(fields);
    equal(status, 400, JSON.stringify(fields));
    match(html, problem);
  }
  match(await show(), /No keys yet/);
  equal((await send({}, `${PATH}/key_1/revoke`)).status, 404);
});

Deno.test("[E-22][T-E11] a key's name is text, whatever stands in it", async () => {
  await using app = await testApp();
  const { send, show } = await signedIn(app);
  await send({ name: "<b>shop</b>", "events:write": "true" });
  doesNotMatch(await show(), /<b>shop/);
});

Deno.test("[E-22][T-M16] keys, the audit log and letters are for administrators, and forms need their token", async () => {
  await using app = await testApp();
  const { browser, show } = await signedIn(app);
  const fields = { name: "shop", "events:write": "true" };
  equal((await browser.send(PATH, fields)).status, 403);
  equal((await browser.send(PATH, { ...fields, _csrf: "x" })).status, 403);
  match(await show(), /No keys yet/);
  const stranger: Browser = openBrowser(app);
  for (const path of [PATH, "/admin/audit", "/admin/outbox"]) {
    const answer = await stranger.open(path);
    deepEqual([answer.status, answer.headers.get("location")], [
      303,
      `/admin/login?next=${encodeURIComponent(path)}`,
    ]);
    for (const role of ["user", "viewer", "operator", "researcher"] as const) {
      equal((await (await person(app, role)).get(path)).status, 403, `${role} ${path}`);
    }
  }
});
