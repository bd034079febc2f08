import { equal, match } from "node:assert/strict";
import { createPasswords } from "../../../lib/auth/passwords.ts";
import type { Parts } from "../../../compose/mod.ts";
import { type Browser, openBrowser } from "../../support/browser.ts";
import { fakePasswords } from "../../support/fake_passwords.ts";
import { type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const PASSWORD = "correct horse battery";
const ENGLISH = { "accept-language": "en" };

/** A server without any administrator; hashing costs nothing unless a test wants it to. */
function emptyApp(parts: Parts = {}): Promise<TestApp> {
  const env = { ADMIN_USERNAME: "", ADMIN_PASSWORD_HASH: "" };
  return testApp({ env, parts: { passwords: fakePasswords(), ...parts } });
}

async function firstStart(app: TestApp): Promise<{ token: string; browser: Browser }> {
  return { token: (await app.docent.openSetupLink())!, browser: openBrowser(app) };
}

function formOf(token: string, change: Record<string, string> = {}) {
  return { token, username: "kim", password: PASSWORD, passwordAgain: PASSWORD, ...change };
}

Deno.test("[T-M16] the link shows a form, whose account is signed in at once and from then on", async () => {
  await using app = await emptyApp({ passwords: createPasswords() });
  const { token, browser } = await firstStart(app);
  const page = await browser.open(`/admin/setup?token=${token}`, ENGLISH);
  equal(page.status, 200);
  match(await page.text(), new RegExp(`name="token" value="${token}"`));
  const made = await browser.send("/admin/setup", formOf(token));
  equal(made.status, 303);
  equal(made.headers.get("location"), "/admin/dashboard");
  match(await (await browser.open("/admin/dashboard")).text(), /<strong>kim<\/strong>/);
  const later = openBrowser(app);
  const login = await later.send("/admin/login", { username: "kim", password: PASSWORD });
  equal(login.status, 303);
  equal(await app.docent.openSetupLink(), null, "nothing is printed from now on");
});

Deno.test("[T-M16] a link that was used, is wrong or too old is gone, for reading and for sending", async () => {
  const clock = testClock();
  await using app = await emptyApp({ clock });
  const { token, browser } = await firstStart(app);
  const isGone = async (it: string) => {
    const page = await browser.open(`/admin/setup?token=${it}`, ENGLISH);
    equal(page.status, 410);
    match(await page.text(), /This link no longer works/);
    equal((await browser.send("/admin/setup", formOf(it))).status, 410);
    equal(browser.cookies.has("docent"), false);
  };
  await isGone("");
  await isGone("a".repeat(43));
  clock.advance(30 * 60_000);
  await isGone(token);
  const second = (await app.docent.openSetupLink())!;
  await isGone(token);
  await openBrowser(app).send("/admin/setup", formOf(second));
  await isGone(second);
});

Deno.test("[T-M16] where the settings name an administrator there is no set-up", async () => {
  await using app = await testApp();
  equal(await app.docent.openSetupLink(), null);
  equal((await openBrowser(app).open("/admin/setup")).status, 410);
});

Deno.test("[T-M16] of two who send the form at the same time one becomes administrator", async () => {
  await using app = await emptyApp();
  const { token } = await firstStart(app);
  const answers = await Promise.all(
    ["kim", "lee"].map((username) =>
      openBrowser(app).send("/admin/setup", formOf(token, { username }))
    ),
  );
  const statuses = answers.map(({ status }) => status).sort();
  equal(statuses.join(), "303,410");
});

const PROBLEMS: [change: Record<string, string>, message: RegExp][] = [
  [{ username: "Kim Lee" }, /Choose a name of 3 to 40/],
  [{ password: "short", passwordAgain: "short" }, /Use at least 12 characters/],
  [{ password: "가".repeat(129), passwordAgain: "가".repeat(129) }, /Use at most 128 characters/],
  [{ passwordAgain: "another" }, /The two passwords differ/],
];

for (const [change, message] of PROBLEMS) {
  Deno.test(`[T-M16] the set-up form says "${message.source}", and the link stays good`, async () => {
    await using app = await emptyApp();
    const { token, browser } = await firstStart(app);
    const refused = await browser.send("/admin/setup", formOf(token, change), ENGLISH);
    equal(refused.status, 400);
    const html = await refused.text();
    match(html, message);
    equal(html.includes(PASSWORD), false, "the password never comes back");
    match(html, new RegExp(`href="/admin/setup\\?token=${token}&amp;lang=ko"`));
    equal((await browser.send("/admin/setup", formOf(token))).status, 303);
  });
}
