import { deepEqual, doesNotMatch, equal, match, notEqual } from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import { openBrowser } from "../../support/browser.ts";
import { fakePasswords } from "../../support/fake_passwords.ts";
import { CLIENT_ID, CLIENT_SECRET, oidcProvider } from "../../support/oidc_provider.ts";
import { testApp } from "../../support/test_app.ts";

const BEGIN = "/app/oauth/google/begin?next=%2Fapp%2Flearning";
const ENGLISH = { "accept-language": "en" };
const FAILED = /^\/app\/login\?problem=house/;

/** A server with Google alone, whose accounts one person has. */
async function withGoogle() {
  const said = { sub: "kim-1", email: "kim@example.org", email_verified: true, name: "Kim" };
  const provider = await oidcProvider(said);
  const app = await testApp({
    env: {
      GOOGLE_ISSUER: provider.issuer,
      GOOGLE_CLIENT_ID: CLIENT_ID,
      GOOGLE_CLIENT_SECRET: CLIENT_SECRET,
    },
    parts: { passwords: fakePasswords() },
  });
  const browser = openBrowser(app);
  const placeOf = (answer: Response) => answer.headers.get("location") ?? "";
  return {
    auth: app.docent.auth,
    provider,
    browser,
    openBrowser: () => openBrowser(app),
    placeOf,
    /** The address to which the provider sends the browser. */
    async goThere(): Promise<string> {
      const { code, state } = provider.visit(placeOf(await browser.open(BEGIN)));
      return `/app/oauth/google?${new URLSearchParams({ code, state })}`;
    },
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
    },
  };
}

Deno.test("[P-07] the login offers the providers that are set up, and leads to them and back", async () => {
  await using it = await withGoogle();
  const { browser, placeOf } = it;
  const login = await (await browser.open("/app/login?next=/app/learning")).text();
  match(login, /href="\/app\/oauth\/google\/begin\?next=%2Fapp%2Flearning"/);
  doesNotMatch(login, /LinkedIn/);
  equal((await browser.open("/app/oauth/linkedin/begin")).status, 404);
  const back = await browser.open(await it.goThere());
  deepEqual([back.status, placeOf(back)], [303, "/app/learning"]);
  equal((await browser.open("/app/learning")).status, 200);
  equal(browser.cookies.has("docent_oauth"), false);
});

Deno.test("[P-07] without providers the login has no buttons for them", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  doesNotMatch(await (await browser.open("/app/login")).text(), /\/app\/oauth\//);
});

Deno.test("[T-P10] who did not begin, says no or comes twice is not signed in", async () => {
  await using it = await withGoogle();
  const { browser, placeOf } = it;
  const address = await it.goThere();
  const stranger = it.openBrowser();
  match(placeOf(await stranger.open(address)), FAILED, "another browser");
  equal(placeOf(await browser.open(address)), "/app/learning", "its own is still good");
  match(placeOf(await browser.open(address)), FAILED, "twice");
  await browser.open(BEGIN);
  const said = await browser.open("/app/oauth/google?error=access_denied");
  match(placeOf(said), FAILED, "no");
  const page = await stranger.open("/app/login?problem=house", { "accept-language": "en" });
  equal(page.status, 401);
  match(await page.text(), /did not go through/);
});

Deno.test("[P-07][P-27] who has a second factor types its code after the other house", async () => {
  await using it = await withGoogle();
  const { browser, placeOf } = it;
  await browser.open(await it.goThere());
  const { accounts, secondFactor } = it.auth;
  const { userId } = (await accounts.findByEmail("kim@example.org"))!;
  const { secret } = await secondFactor.begin(userId);
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  const [spare] = await secondFactor.confirm(userId, code);
  browser.cookies.clear();
  const address = await it.goThere();
  const page = await browser.open(address, ENGLISH);
  equal(page.status, 200);
  const html = await page.text();
  match(html, /asks for its second factor as well/);
  match(html, /<form class="form" method="post" action="\/app\/oauth\/google"/);
  const [, came] = /name="came" value="([^"]+)"/.exec(html)!;
  const [, state] = /name="state" value="([^"]+)"/.exec(html)!;
  const type = (typed: string, by = browser) =>
    by.send("/app/oauth/google", { came, state, code: typed }, ENGLISH);
  const wrong = await type("000000");
  equal(wrong.status, 401);
  match(await wrong.text(), /Type the code that your application shows now/);
  equal((await browser.open("/app/learning")).status, 303, "not signed in yet");
  match(placeOf(await type(spare, it.openBrowser())), FAILED, "another browser");
  equal(placeOf(await type(spare)), "/app/learning");
  equal((await browser.open("/app/learning")).status, 200);
});

Deno.test("[T-P10] the way on leads to no other site", async () => {
  await using it = await withGoogle();
  const begun = await it.browser.open("/app/oauth/google/begin?next=//example.org");
  const { code, state } = it.provider.visit(it.placeOf(begun));
  notEqual(it.browser.cookies.get("docent_oauth"), undefined);
  const back = await it.browser.open(`/app/oauth/google?${new URLSearchParams({ code, state })}`);
  equal(it.placeOf(back), "/app/feed");
});
