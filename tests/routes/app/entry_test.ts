import { deepEqual, equal, match } from "node:assert/strict";
import { openBrowser } from "../../support/browser.ts";
import { letterTo } from "../../support/mailbox.ts";
import { PASSWORD, peopleApp } from "../../support/signed_up.ts";

const KIM = { name: "Kim", email: "kim@example.org", password: PASSWORD };
const ENGLISH = { "accept-language": "en" };

Deno.test("[P-01][P-02][L-31] who makes an account by the form signs in and sees the feed", async () => {
  await using it = await peopleApp();
  const browser = openBrowser(it.app);
  const made = await browser.send("/app/register", KIM);
  equal(made.headers.get("location"), "/app/login?news=registered");
  match(
    await (await browser.open("/app/login?news=registered", ENGLISH)).text(),
    /Your account is made/,
  );
  const { email, password } = KIM;
  const signedIn = await browser.send("/app/login", { email, password, next: "/app/learning" });
  deepEqual([signedIn.status, signedIn.headers.get("location")], [303, "/app/learning"]);
  await it.app.docent.reports.settled();
  const feed = await browser.open("/app/feed", ENGLISH);
  equal(feed.status, 200);
  match(await feed.text(), /<strong>kim@example\.org<\/strong>[^]*Signed in/);
  equal((await browser.open("/app/login")).headers.get("location"), "/app/feed");
});

const BAD_FORMS: [string, Record<string, string>, RegExp][] = [
  ["an address that is none", { ...KIM, email: "kim" }, /Type a whole e-mail address/],
  ["a short password", { ...KIM, password: "short" }, /Use 8 to 128 characters/],
  [
    "a password that is too long",
    { ...KIM, password: "가".repeat(129) },
    /Use 8 to 128 characters/,
  ],
  [
    "a common password",
    { ...KIM, password: "Password" },
    /none of the passwords that are tried first/,
  ],
  ["no name", { ...KIM, name: " " }, /Type a name/],
  ["nothing", {}, /Type/],
];

for (const [name, form, said] of BAD_FORMS) {
  Deno.test(`[P-01] ${name} makes no account, and the form says why`, async () => {
    await using it = await peopleApp();
    const browser = openBrowser(it.app);
    const answer = await browser.send("/app/register", form, ENGLISH);
    equal(answer.status, 400);
    const html = await answer.text();
    match(html, said);
    equal(html.includes(`value="${PASSWORD}"`), false, "the password never comes back");
    equal(await it.app.docent.auth.accounts.findByEmail(KIM.email), null);
  });
}

Deno.test("[P-02][T-P09] a wrong password and an unknown address are told alike, and too many wait", async () => {
  await using it = await peopleApp();
  const browser = openBrowser(it.app);
  await browser.send("/app/register", KIM);
  const attempt = async (email: string) => {
    const answer = await browser.send("/app/login", { email, password: "wrong" }, ENGLISH);
    return { answer, html: (await answer.text()).replaceAll(email, "") };
  };
  const [known, unknown] = [await attempt(KIM.email), await attempt("lee@example.org")];
  equal(known.answer.status, 401);
  match(known.html, /Address or password is wrong/);
  equal(known.html, unknown.html);
  for (let i = 0; i < 4; i++) await attempt(KIM.email);
  const { answer, html } = await attempt(KIM.email);
  equal(answer.status, 429);
  equal(answer.headers.get("retry-after"), "60");
  match(html, /Too many tries\. Wait 60 seconds/);
});

Deno.test("[P-01] where it is required, an address is confirmed by its letter before sign-in", async () => {
  await using it = await peopleApp({ env: { REQUIRE_VERIFIED_EMAIL: "true" } });
  const browser = openBrowser(it.app);
  await browser.send("/app/register", KIM);
  const refused = await browser.send("/app/login", KIM, ENGLISH);
  equal(refused.status, 403);
  match(await refused.text(), /Confirm your address first/);
  const { token } = await letterTo(it.app, KIM.email);
  const verified = await browser.open(`/app/verify?token=${token}`);
  equal(verified.headers.get("location"), "/app/login?news=verified");
  equal((await browser.send("/app/login", KIM)).status, 303);
  const again = await openBrowser(it.app).open(`/app/verify?token=${token}`, ENGLISH);
  equal(again.status, 400);
  match(await again.text(), /This link was used before/);
});

Deno.test("[P-06] a forgotten password is set anew by the letter's link, once", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  const browser = openBrowser(it.app);
  const asked = await browser.send("/app/forgot", { email: kim.email });
  equal(asked.headers.get("location"), "/app/login?news=sent");
  const unknown = await browser.send("/app/forgot", { email: "nobody@example.org" });
  equal(unknown.headers.get("location"), asked.headers.get("location"));
  equal((await browser.send("/app/forgot", { email: "kim" })).status, 400);
  const { token } = await letterTo(it.app, kim.email, "/app/reset");
  const page = await (await browser.open(`/app/reset?token=${token}`, ENGLISH)).text();
  match(page, new RegExp(`name="token" value="${token}"`));
  match(page, new RegExp(`href="/app/reset\\?token=${token}&amp;lang=ko"`));
  equal((await browser.send("/app/reset", { token, password: "short" })).status, 400);
  const password = "another password";
  const set = await browser.send("/app/reset", { token, password });
  equal(set.headers.get("location"), "/app/login?news=wasReset");
  const again = await browser.send("/app/reset", { token, password }, ENGLISH);
  equal(again.status, 400);
  match(await again.text(), /This link was used before/);
  equal((await kim.open("/app/feed")).status, 303, "the sessions from before are ended");
  equal((await browser.send("/app/login", { email: kim.email, password })).status, 303);
});

Deno.test("[T-M16] the way on leads to our own pages alone", async () => {
  await using it = await peopleApp();
  const browser = openBrowser(it.app);
  await browser.send("/app/register", KIM);
  for (const next of ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""]) {
    const { headers } = await browser.send("/app/login", { ...KIM, next });
    equal(headers.get("location"), "/app/feed", next);
  }
});

Deno.test("[P-06][P-01] a link with anything for a token is dead, and no fault", async () => {
  await using it = await peopleApp();
  const browser = openBrowser(it.app);
  for (const token of ["", ".", "a".repeat(5_000), "user_1.x", "\u0000", "가.나"]) {
    const verified = await browser.open(`/app/verify?token=${encodeURIComponent(token)}`);
    equal(verified.status, 400, token);
    const reset = await browser.send("/app/reset", { token, password: PASSWORD });
    equal(reset.status, 400, token);
  }
});

Deno.test("[P-01][P-06] fields of passwords are masked, and helpers may fill them in", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  const stranger = openBrowser(it.app);
  for (const path of ["/app/login", "/app/register", "/app/reset?token=x", "/app/security"]) {
    const browser = path === "/app/security" ? kim : stranger;
    const html = await (await browser.open(path)).text();
    const fields = html.match(/<input[^>]*name="\w*[pP]assword"[^>]*>/g) ?? [];
    equal(fields.length > 0, true, path);
    for (const field of fields) {
      match(field, /type="password"/);
      match(field, /autocomplete="(current|new)-password"/);
    }
    equal(html.includes("onpaste"), false);
  }
});
