import { equal, match } from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import { openBrowser } from "../../support/browser.ts";
import { PASSWORD, type PeopleApp, peopleApp, type Visitor } from "../../support/signed_up.ts";

const STEP_MS = 30_000;

/** The same person in another browser. */
async function elsewhere(it: PeopleApp, { email }: Visitor, code = "") {
  const browser = openBrowser(it.app);
  const { status } = await browser.send("/app/login", { email, password: PASSWORD, code });
  return { browser, status };
}

/** Sets a second factor up by the page, and gives the code of a moment. */
async function withFactor(it: PeopleApp, kim: Visitor) {
  await kim.submit("/app/security/factor/begin");
  const page = await kim.read("/app/security");
  const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(page)![1].replaceAll(" ", "");
  match(page, /<svg class="qr" [^]*role="img" aria-label="The secret as a picture/);
  match(page, new RegExp(`href="otpauth://totp/Docent:[^"]*secret=${secret}`));
  return () =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: it.clock.now() });
}

Deno.test("[P-03][L-31] a person sees where they are signed in and ends it there", async () => {
  await using it = await peopleApp();
  const [kim, lee] = [await it.signUp("Kim"), await it.signUp("Lee")];
  it.clock.advance(1_000);
  const { browser: other } = await elsewhere(it, kim);
  const page = await kim.read("/app/security");
  match(page, /This one/);
  const path = /\/app\/security\/sessions\/session_\d+\/end/.exec(page)![0];
  await lee.submit(path);
  equal((await other.open("/app/feed")).status, 200, "nobody ends another's session");
  const ended = await kim.submit(path);
  equal(ended.headers.get("location"), "/app/security?news=ended");
  equal((await other.open("/app/feed")).status, 303);
  equal((await kim.open("/app/feed")).status, 200);
  equal((await kim.submit(path)).status, 303, "from a page that was open for a while");
});

Deno.test("[P-08] another password wants the old one, and ends the other sessions", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  const { browser: other } = await elsewhere(it, kim);
  const change = (oldPassword: string, newPassword: string) =>
    kim.submit("/app/security/password", { oldPassword, newPassword });
  const wrong = await change("wrong", "another password");
  equal(wrong.status, 400);
  match(await wrong.text(), /The password is wrong/);
  const short = await change(PASSWORD, "short");
  equal(short.status, 400);
  match(await short.text(), /for the new password/);
  equal((await other.open("/app/feed")).status, 200);
  const changed = await change(PASSWORD, "another password");
  equal(changed.headers.get("location"), "/app/security?news=changed");
  equal((await other.open("/app/feed")).status, 303);
  equal((await kim.open("/app/feed")).status, 200);
  equal((await elsewhere(it, kim)).status, 401, "the old password");
});

Deno.test("[P-27][T-P18] a second factor is set up, asked for at sign-in, and turned off by the page", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  const code = await withFactor(it, kim);
  const wrong = await kim.submit("/app/security/factor/confirm", { code: "000000" });
  equal(wrong.status, 400);
  match(await wrong.text(), /The code is wrong/);
  const on = await kim.submit("/app/security/factor/confirm", { code: code() });
  equal(on.status, 200);
  const shown = await on.text();
  equal(shown.match(/<code>[a-z2-9-]{19}<\/code>/g)?.length, 10, "recovery codes, this once");
  equal(/<code>/.test(await kim.read("/app/security")), false);
  equal((await kim.submit("/app/security/factor/begin")).status, 409);
  const asked = await openBrowser(it.app).send(
    "/app/login",
    { email: kim.email, password: PASSWORD },
    { "accept-language": "en" },
  );
  equal(asked.status, 401);
  match(await asked.text(), /Code of your second factor/);
  equal((await elsewhere(it, kim, code())).status, 401, "a code is good once");
  it.clock.advance(STEP_MS);
  equal((await elsewhere(it, kim, code())).status, 303);
  it.clock.advance(STEP_MS);
  equal((await kim.submit("/app/security/factor/end", { code: "" })).status, 400);
  const off = await kim.submit("/app/security/factor/end", { code: code() });
  equal(off.headers.get("location"), "/app/security?news=factorIsOff");
  equal((await elsewhere(it, kim)).status, 303);
});

Deno.test("[P-31][T-P16] an account is deleted with the password alone, second factor or not", async () => {
  await using it = await peopleApp();
  const [kim, lee] = [await it.signUp("Kim"), await it.signUp("Lee")];
  const code = await withFactor(it, kim);
  await kim.submit("/app/security/factor/confirm", { code: code() });
  const wrong = await kim.submit("/app/security/remove", { password: "wrong" });
  equal(wrong.status, 400);
  equal((await kim.open("/app/feed")).status, 200);
  const removed = await kim.submit("/app/security/remove", { password: PASSWORD });
  equal(removed.headers.get("location"), "/app/login?news=deleted");
  equal(kim.cookies.has("docent"), false);
  equal(await it.app.docent.auth.accounts.find(kim.userId), null);
  equal((await elsewhere(it, kim)).status, 401);
  equal((await lee.open("/app/feed")).status, 200);
});

Deno.test("[P-28][T-P09] who sits at another's screen does not guess the password there", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  const guess = (password: string) => kim.submit("/app/security/remove", { password });
  for (let i = 0; i < 5; i++) equal((await guess(`guess ${i}`)).status, 400);
  equal((await guess(PASSWORD)).status, 429);
  const change = { oldPassword: PASSWORD, newPassword: "another password" };
  equal((await kim.submit("/app/security/password", change)).status, 429);
  it.clock.advance(60_000);
  equal((await guess(PASSWORD)).status, 303);
});

Deno.test("[P-31] a person takes along what is kept about them", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  match(await kim.read("/app/security"), /href="\/api\/users\/export" download/);
  const data = await kim.open("/api/users/export");
  match(data.headers.get("content-disposition")!, /attachment/);
  match(await data.text(), /"kind":"user"[^]*kim@example\.org/);
});

Deno.test("[P-31] without a password an account is deleted after a new sign-in, or gets one", async () => {
  await using it = await peopleApp();
  const kim = await it.signUp("Kim");
  const { accounts } = it.app.docent.auth;
  await accounts.update(kim.userId, (account) => ({ ...account, passwordHash: null }));
  match(await kim.read("/app/security"), /\/app\/security\/remove/, "signed in a moment ago");
  it.clock.advance(10 * 60_000);
  const page = await kim.read("/app/security");
  match(page, /href="\/app\/forgot"[^>]*>Set a password/);
  equal(page.includes("/app/security/remove"), false);
  equal((await kim.submit("/app/security/remove", { password: "" })).status, 400);
  const { session, cookie } = await it.app.docent.auth.sessions.start({
    userId: kim.userId,
    userAgent: "test",
    address: "::1",
    ttlSec: 3_600,
  });
  kim.cookies.set("docent", cookie);
  equal(await it.app.docent.auth.login.isFresh(session.sessionId), true);
  const removed = await kim.submit("/app/security/remove");
  equal(removed.headers.get("location"), "/app/login?news=deleted");
  equal(await accounts.find(kim.userId), null);
});
