import { deepEqual, equal, match } from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import { openBrowser } from "../../support/browser.ts";
import { asAdmin, ask } from "../../support/http.ts";
import { ADMIN, post, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const STEP_MS = 30_000;

/** A server whose administrator has turned the second factor on. */
async function withSecondFactor() {
  const clock = testClock();
  const app = await testApp({ parts: { clock } });
  const { headers } = await asAdmin(app);
  const change = async (path: string, body: unknown) =>
    (await ask(app, `/api/users/totp${path}`, post(body, headers))).body.data;
  const { secret } = await change("", {});
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const codeNow = () => totp.generate({ timestamp: clock.now() });
  await change("/confirm", { code: codeNow() });
  clock.advance(STEP_MS);
  const browser = openBrowser(app);
  return {
    app,
    browser,
    codeNow,
    signIn: (code?: string) =>
      browser.send("/admin/login", {
        ...ADMIN,
        next: "/admin/attempts",
        ...(code !== undefined && { code }),
      }, { "accept-language": "en" }),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

const nameOf = (input: string) => / name="(\w+)"/.exec(input)?.[1];

Deno.test("[P-27][M-56] an account with a second factor signs in by the form with its code", async () => {
  await using it = await withSecondFactor();
  for (const code of [undefined, "", "000000", "no digits"]) {
    const answer = await it.signIn(code);
    equal(answer.status, 401, String(code));
    deepEqual(answer.headers.getSetCookie(), []);
    const html = await answer.text();
    match(html, /the code that your application shows now/);
    match(html, /<details[^>]* open[^]*name="code"/);
    deepEqual(html.match(/<input[^>]* autofocus[^>]*>/g)?.map(nameOf), ["code"]);
    match(html, /name="next" value="\/admin\/attempts"/);
  }
  const code = it.codeNow();
  const good = await it.signIn(`${code.slice(0, 3)} ${code.slice(3)}`);
  deepEqual([good.status, good.headers.get("location")], [303, "/admin/attempts"]);
  equal((await it.browser.open("/admin/dashboard")).status, 200);
  it.browser.cookies.clear();
  equal((await it.signIn(code)).status, 401, "no code is good twice");
});

Deno.test("[P-27][M-56] JSON at the form's address may carry the code too", async () => {
  await using it = await withSecondFactor();
  const refused = await it.app.request("/admin/login", post(ADMIN));
  equal(refused.status, 401);
  equal((await refused.json()).error.details.field, "code");
  const good = await it.app.request("/admin/login", post({ ...ADMIN, code: it.codeNow() }));
  equal(good.status, 303);
});

Deno.test("[P-27][T-P18] wrong codes in the form close the door as wrong passwords do", async () => {
  await using it = await withSecondFactor();
  for (let i = 0; i < 5; i++) equal((await it.signIn("000000")).status, 401);
  equal((await it.signIn(it.codeNow())).status, 429);
});

Deno.test("[M-56] a wrong password is told before a code is asked for", async () => {
  await using it = await withSecondFactor();
  const wrong = { ...ADMIN, password: "wrong", code: it.codeNow() };
  const answer = await it.browser.send("/admin/login", wrong, { "accept-language": "en" });
  match(await answer.text(), /User name or password is wrong/);
});
