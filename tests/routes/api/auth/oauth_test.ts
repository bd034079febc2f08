import { equal, match, notEqual } from "node:assert/strict";
import { Secret, TOTP } from "otpauth";
import { createOAuth } from "../../../../lib/auth/oauth.ts";
import { fakePasswords } from "../../../support/fake_passwords.ts";
import { ask, assertError, bearer } from "../../../support/http.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type OidcProvider,
  oidcProvider,
  type Said,
} from "../../../support/oidc_provider.ts";
import { testAuth } from "../../../support/open_auth.ts";
import { post, testApp } from "../../../support/test_app.ts";

const KIM: Said = { sub: "kim-1", email: "Kim@example.org", email_verified: true, name: "Kim" };
const REFUSED = { status: 401, code: "AUTH_FAILED" } as const;
const redirectUri = "http://localhost/app/oauth/google";

const clientOf = ({ issuer }: OidcProvider) => ({
  issuer,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
});

async function withProvider(said: Said = KIM) {
  const provider = await oidcProvider({ ...said });
  const env = (name: string) => ({
    [`${name}_ISSUER`]: provider.issuer,
    [`${name}_CLIENT_ID`]: CLIENT_ID,
    [`${name}_CLIENT_SECRET`]: CLIENT_SECRET,
  });
  const app = await testApp({
    env: { ...env("GOOGLE"), ...env("LINKEDIN") },
    parts: { passwords: fakePasswords() },
  });
  const send = (path: string, body: unknown) => ask(app, `/api/auth${path}`, post(body));
  const begin = async (name = "google") =>
    (await send(`/oauth/${name}/begin`, { redirectUri })).body.data;
  const finish = (brought: unknown, name = "google") => send(`/oauth/${name}`, brought);
  return {
    app,
    provider,
    send,
    begin,
    finish,
    async signIn() {
      return await finish(provider.visit((await begin()).authorizationUrl));
    },
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
    },
  };
}

Deno.test("[P-07][T-P10] without a client id signing in by another house is not set up", async () => {
  await using app = await testApp();
  for (const provider of ["google", "linkedin"]) {
    const begun = await ask(app, `/api/auth/oauth/${provider}/begin`, post({ redirectUri }));
    assertError(begun, { status: 503, code: "OAUTH_NOT_CONFIGURED" });
    const done = await ask(app, `/api/auth/oauth/${provider}`, post({ code: "a", state: "b" }));
    assertError(done, { status: 503, code: "OAUTH_NOT_CONFIGURED" });
  }
  equal((await ask(app, "/api/auth/oauth/other", post({ code: "a", state: "b" }))).status, 400);
});

Deno.test("[P-07] a person comes back from the provider signed in, each time as the same", async () => {
  await using it = await withProvider();
  const { authorizationUrl } = await it.begin();
  match(authorizationUrl, /code_challenge_method=S256/);
  const { status, body: { data } } = await it.finish(it.provider.visit(authorizationUrl));
  equal(status, 200);
  equal(data.user.email, "kim@example.org");
  equal(data.user.emailVerified, true);
  equal((await ask(it.app, "/api/auth/profile", bearer(data.accessToken))).status, 200);
  it.provider.said.email = "kim.new@example.org";
  equal((await it.signIn()).body.data.user.id, data.user.id);
});

Deno.test("[T-P10] a state is good once, for the provider that it was made for, and a code with it", async () => {
  await using it = await withProvider();
  const first = it.provider.visit((await it.begin()).authorizationUrl);
  assertError(await it.finish({ ...first, state: "made up" }), REFUSED);
  assertError(await it.finish(first, "linkedin"), REFUSED);
  assertError(await it.finish(first), REFUSED);
  const mine = it.provider.visit((await it.begin()).authorizationUrl);
  const theirs = it.provider.visit((await it.begin()).authorizationUrl);
  assertError(await it.finish({ code: theirs.code, state: mine.state }), REFUSED);
  const good = it.provider.visit((await it.begin()).authorizationUrl);
  const answers = await Promise.all([it.finish(good), it.finish(good)]);
  equal(answers.filter(({ status }) => status === 200).length, 1);
});

const SPOILED: [string, Partial<Said>][] = [
  ["another nonce", { nonce: "another" }],
  ["another issuer", { iss: "http://127.0.0.1:1" }],
  ["another audience", { aud: "another" }],
  ["an address that is not confirmed", { email_verified: false }],
  ["an address that is none", { email: "kim" }],
];

for (const [what, spoiled] of SPOILED) {
  Deno.test(`[T-P10] a sign-in with ${what} is refused`, async () => {
    await using it = await withProvider({ ...KIM, ...spoiled });
    assertError(await it.signIn(), REFUSED);
    equal(await it.app.docent.auth.accounts.findByEmail("kim@example.org"), null);
  });
}

Deno.test("[T-P10] an account made with an address that is not theirs is taken from whoever made it", async () => {
  await using it = await withProvider();
  const thief = { email: "kim@example.org", password: "correct horse", name: "Not Kim" };
  await it.send("/register", thief);
  const { accessToken, user } = (await it.send("/login", thief)).body.data;
  const { data } = (await it.signIn()).body;
  equal(data.user.id, user.id);
  assertError(await ask(it.app, "/api/auth/profile", bearer(accessToken)), REFUSED);
  assertError(await it.send("/login", thief), REFUSED);
});

Deno.test("[P-07][P-27] an account with a second factor asks for its code after the other house as well", async () => {
  await using it = await withProvider();
  const { accessToken } = (await it.signIn()).body.data;
  const totp = (path: string, body: unknown) =>
    ask(it.app, `/api/users/totp${path}`, post(body, bearer(accessToken).headers));
  const { secret } = (await totp("", {})).body.data;
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  const [spare, another] = (await totp("/confirm", { code })).body.data.recoveryCodes;
  const asked = { ...REFUSED, field: "secondFactorCode" } as const;
  const brought = it.provider.visit((await it.begin()).authorizationUrl);
  assertError(await it.finish(brought), asked);
  assertError(await it.finish({ ...brought, secondFactorCode: "000000" }), asked);
  const signedIn = await it.finish({ ...brought, secondFactorCode: spare });
  equal(signedIn.status, 200);
  assertError(await it.finish({ ...brought, secondFactorCode: another }), REFUSED);
  const second = it.provider.visit((await it.begin()).authorizationUrl);
  assertError(await it.finish(second), asked);
  const stolen = { code: "another", state: second.state, secondFactorCode: another };
  assertError(await it.finish(stolen), REFUSED);
  assertError(await it.finish({ ...second, secondFactorCode: another }), REFUSED);
  for (let i = 0; i < 4; i++) assertError(await it.signIn(), asked);
  assertError(await it.signIn(), { status: 429, code: "RATE_LIMIT" });
});

Deno.test("[P-07][P-31] a deleted account takes along who it was at the provider", async () => {
  const kv = await Deno.openKv(":memory:");
  using auth = await testAuth({ kv });
  const provider = await oidcProvider({ ...KIM });
  const oauth = createOAuth({ ...auth, clients: { google: clientOf(provider) } });
  const links = async () =>
    (await Array.fromAsync(kv.list({ prefix: ["auth"] })))
      .filter(({ key }) => String(key[1]).startsWith("oauth_links")).length;
  const comeBack = async () => {
    const { authorizationUrl } = await oauth.begin("google", redirectUri);
    const brought = { ...provider.visit(authorizationUrl), address: "10.0.0.1" };
    return await oauth.finish("google", brought);
  };
  const { userId } = await comeBack();
  equal((await comeBack()).userId, userId);
  equal(await links(), 2);
  await auth.accounts.remove(userId);
  equal(await links(), 0);
  notEqual((await comeBack()).userId, userId);
  await provider[Symbol.asyncDispose]();
});

Deno.test("[T-P10] nobody is sent back to a stranger's site", async () => {
  await using it = await withProvider();
  const answer = await it.send("/oauth/google/begin", { redirectUri: "https://example.org/app" });
  assertError(answer, { status: 400, code: "VALIDATION_ERROR", field: "redirectUri" });
});

Deno.test("[P-07] a provider that does not answer is said to, and asked again", async () => {
  await using app = await testApp({
    env: { GOOGLE_ISSUER: "http://127.0.0.1:9", GOOGLE_CLIENT_ID: "a", GOOGLE_CLIENT_SECRET: "b" },
  });
  for (let i = 0; i < 2; i++) {
    const answer = await ask(app, "/api/auth/oauth/google/begin", post({ redirectUri }));
    assertError(answer, { status: 503, code: "UNAVAILABLE" });
  }
});
