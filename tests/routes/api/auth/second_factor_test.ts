import { equal, match } from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import { fakePasswords } from "../../../support/fake_passwords.ts";
import { ask, assertError, bearer } from "../../../support/http.ts";
import { post, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const KIM = { email: "kim@example.org", password: "correct horse", name: "Kim" };
const REFUSED = { status: 401, code: "AUTH_FAILED", field: "code" } as const;
const STEP_MS = 30_000;

async function registered() {
  const clock = testClock();
  const app = await testApp({ parts: { clock, passwords: fakePasswords() } });
  await ask(app, "/api/auth/register", post(KIM));
  const login = (code?: string) => ask(app, "/api/auth/login", post({ ...KIM, code }));
  const { accessToken } = (await login()).body.data;
  const send = (method: string, path: string, body: unknown) =>
    ask(app, `/api/users/totp${path}`, { ...post(body, bearer(accessToken).headers), method });
  const codeOf = (secret: string) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now() });
  const dispose = () => app[Symbol.asyncDispose]();
  return { app, clock, login, send, codeOf, [Symbol.asyncDispose]: dispose };
}

Deno.test("[P-27][T-P18] a second factor is asked for once it is confirmed, and no code is good twice", async () => {
  await using it = await registered();
  const { secret, uri } = (await it.send("POST", "", {})).body.data;
  match(uri, /^otpauth:\/\/totp\/Docent:kim%40example\.org\?/);
  equal((await it.login()).status, 200, "not on yet");
  assertError(await it.send("POST", "/confirm", { code: "000000" }), REFUSED);
  equal((await it.send("POST", "/confirm", { code: it.codeOf(secret) })).status, 200);
  assertError(await it.login(), REFUSED);
  assertError(await it.login(it.codeOf(secret)), REFUSED);
  it.clock.advance(STEP_MS);
  const code = it.codeOf(secret);
  const answers = await Promise.all([it.login(code), it.login(code)]);
  equal(answers.filter(({ status }) => status === 200).length, 1);
  assertError(await it.send("POST", "", {}), { status: 409, code: "CONFLICT" });
});

Deno.test("[P-27][T-P18] who lost the telephone signs in with a recovery code, each once", async () => {
  await using it = await registered();
  const { secret } = (await it.send("POST", "", {})).body.data;
  const confirmed = await it.send("POST", "/confirm", { code: it.codeOf(secret) });
  const codes: string[] = confirmed.body.data.recoveryCodes;
  equal(new Set(codes).size, 10);
  for (const code of codes) match(code, /^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){3}$/);
  const account = await it.app.docent.auth.accounts.findByEmail(KIM.email);
  for (const code of codes) equal(JSON.stringify(account).includes(code), false, "hashed");
  const answers = await Promise.all([it.login(codes[0]), it.login(codes[0])]);
  equal(answers.filter(({ status }) => status === 200).length, 1);
  assertError(await it.login(codes[0]), REFUSED);
  const typed = ` ${codes[1].toUpperCase().replaceAll("-", " ")}`;
  equal((await it.login(typed)).status, 200, "as it is typed from paper");
  assertError(await it.login(codes[1].slice(0, -1)), REFUSED);
  equal((await it.send("DELETE", "", { code: codes[2] })).status, 200);
  equal((await it.login()).status, 200);
});

Deno.test("[T-P18] a second factor ends with a good code only", async () => {
  await using it = await registered();
  const { secret } = (await it.send("POST", "", {})).body.data;
  await it.send("POST", "/confirm", { code: it.codeOf(secret) });
  it.clock.advance(STEP_MS);
  assertError(await it.send("DELETE", "", { code: "12345" }), REFUSED);
  equal((await it.send("DELETE", "", { code: it.codeOf(secret) })).status, 200);
  equal((await it.login()).status, 200);
});

Deno.test("[T-P18] codes are tried as slowly as passwords", async () => {
  await using it = await registered();
  const { secret } = (await it.send("POST", "", {})).body.data;
  await it.send("POST", "/confirm", { code: it.codeOf(secret) });
  for (let i = 0; i < 5; i++) assertError(await it.login("000000"), REFUSED);
  assertError(await it.login("000000"), { status: 429, code: "RATE_LIMIT" });
});
