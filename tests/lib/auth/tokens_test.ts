import assert from "node:assert/strict";
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from "jose";
import { createTokens } from "../../../lib/auth/tokens.ts";
import { testClock } from "../../support/test_clock.ts";

const SECRET = "a secret of the tests, long enough for all hashes: 0123456789abcdef";
const TTLS = { accessTtlSec: 900, refreshTtlSec: 2_592_000 };
const CLAIMS = { attemptId: "attempt_1737282600000000000001", sessionId: "session-1" };
const ADMIN = { userId: "user_1", sessionId: "session_1" } as const;

function testTokens() {
  const clock = testClock();
  const deps = { secret: SECRET, clock, socketTtlSec: 600, loginTtlSec: 86_400, ...TTLS };
  return { clock, tokens: createTokens(deps), nowSec: clock.now() / 1_000 };
}

const key = (secret = SECRET) => new TextEncoder().encode(secret);
const refused = (message: string) => ({ code: "AUTH_FAILED", message });

/** A token as anybody can write one: any header, any payload, signed with HMAC or not at all. */
async function forge(header: object, payload: object, hash?: string): Promise<string> {
  const part = (value: object) => base64url(new TextEncoder().encode(JSON.stringify(value)));
  const signed = `${part(header)}.${part(payload)}`;
  if (hash === undefined) return `${signed}.`;
  const hmac = { name: "HMAC", hash };
  const hmacKey = await crypto.subtle.importKey("raw", key(), hmac, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", hmacKey, new TextEncoder().encode(signed));
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}

function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

Deno.test("[M-23][T-M04] signSocket() states type, attempt, session and ten minutes of life", async () => {
  const { tokens, nowSec } = testTokens();
  const token = await tokens.signSocket(CLAIMS);
  assert.deepEqual(decodeProtectedHeader(token), { alg: "HS256", typ: "JWT" });
  assert.deepEqual(decodeJwt(token), {
    ...CLAIMS,
    type: "ws_auth",
    iat: nowSec,
    exp: nowSec + 600,
  });
  assert.deepEqual(await tokens.verifySocket(token), {
    ...CLAIMS,
    expiresAt: (nowSec + 600) * 1_000,
  });
});

Deno.test("signLogin() and verifyLogin() carry person and session", async () => {
  const { tokens } = testTokens();
  assert.deepEqual(await tokens.verifyLogin(await tokens.signLogin(ADMIN)), ADMIN);
});

Deno.test("[M-23] a token ends to the second, and a grace lets it live on", async () => {
  const { tokens, clock } = testTokens();
  const token = await tokens.signSocket(CLAIMS);
  const login = await tokens.signLogin(ADMIN);
  const expired = refused("Token has expired");
  clock.advance(599_999);
  await tokens.verifySocket(token);
  clock.advance(1);
  await assert.rejects(tokens.verifySocket(token), expired);
  await assert.rejects(tokens.verifySocket(token, 0), expired);
  await tokens.verifySocket(token, 60);
  clock.advance(59_999);
  await tokens.verifySocket(token, 60);
  clock.advance(1);
  await assert.rejects(tokens.verifySocket(token, 60), expired);
  await tokens.verifyLogin(login);
  clock.advance(86_400_000);
  await assert.rejects(tokens.verifyLogin(login), expired);
});

Deno.test("[T-M04][X-08] a token of one type is none of the other", async () => {
  const { tokens, nowSec } = testTokens();
  const another = refused("Token is of another kind");
  await assert.rejects(tokens.verifySocket(await tokens.signLogin(ADMIN)), another);
  await assert.rejects(tokens.verifyLogin(await tokens.signSocket(CLAIMS)), another);
  const header = { alg: "HS256" };
  const exp = nowSec + 60;
  const sockets = [
    { ...CLAIMS, exp },
    { ...CLAIMS, exp, type: "WS_AUTH" },
    { attemptId: CLAIMS.attemptId, exp, type: "ws_auth" },
    { ...CLAIMS, attemptId: 7, exp, type: "ws_auth" },
  ];
  for (const payload of sockets) {
    const token = await forge(header, payload, "SHA-256");
    await assert.rejects(tokens.verifySocket(token), another, JSON.stringify(payload));
  }
  const visitor = await forge(
    header,
    { sub: "kim", role: "admin", type: "login", exp },
    "SHA-256",
  );
  await assert.rejects(tokens.verifyLogin(visitor), another);
  await tokens.verifySocket(await forge(header, { ...CLAIMS, exp, type: "ws_auth" }, "SHA-256"));
});

Deno.test("a token must be signed with HS256 and this secret", async () => {
  const { tokens, nowSec } = testTokens();
  const payload = { ...CLAIMS, type: "ws_auth", exp: nowSec + 60 };
  const real = await tokens.signSocket(CLAIMS);
  const [head, body, signature] = real.split(".");
  const otherBody = (await tokens.signSocket({ ...CLAIMS, attemptId: "attempt_2" })).split(".")[1];
  const rsa = await generateKeyPair("RS256");
  const rs256 = new SignJWT(payload).setProtectedHeader({ alg: "RS256" }).sign(rsa.privateKey);
  const table: [what: string, token: string][] = [
    ["alg none, unsigned", await forge({ alg: "none" }, payload)],
    ["alg None, unsigned", await forge({ alg: "None" }, payload)],
    ["no alg", await forge({ typ: "JWT" }, payload, "SHA-256")],
    ["alg none, but signed", await forge({ alg: "none" }, payload, "SHA-256")],
    ["alg HS256, unsigned", await forge({ alg: "HS256" }, payload)],
    ["HS384 with the secret", await forge({ alg: "HS384" }, payload, "SHA-384")],
    ["HS512 with the secret", await forge({ alg: "HS512" }, payload, "SHA-512")],
    ["RS256 with an HMAC", await forge({ alg: "RS256" }, payload, "SHA-256")],
    ["RS256 with a key of its own", await rs256],
    ["a key in the header", await forge({ alg: "RS256", jwk: { kty: "RSA" } }, payload, "SHA-256")],
    [
      "critical extension",
      await forge({ alg: "HS256", crit: ["b64"], b64: false }, payload, "SHA-256"),
    ],
    ["another body", `${head}.${otherBody}.${signature}`],
    ["another header", `${base64url(key('{"alg":"HS256"}'))}.${body}.${signature}`],
    ["no signature", `${head}.${body}.`],
    ["half a signature", `${head}.${body}.${signature.slice(0, 20)}`],
  ];
  for (const [what, token] of table) {
    await assert.rejects(tokens.verifySocket(token), refused("Token is not valid"), what);
  }
  const deps = { clock: testClock(), socketTtlSec: 600, loginTtlSec: 60, ...TTLS };
  const other = createTokens({ ...deps, secret: SECRET.toUpperCase() });
  await assert.rejects(
    tokens.verifySocket(await other.signSocket(CLAIMS)),
    refused("Token is not valid"),
  );
});

Deno.test("a token without an end, or with an odd one, is refused", async () => {
  const { tokens, nowSec } = testTokens();
  const payload = { ...CLAIMS, type: "ws_auth" };
  const odd = [{}, { exp: String(nowSec + 60) }, { exp: null }, { exp: true }, {
    exp: nowSec + 60,
    nbf: nowSec + 30,
  }];
  for (const times of odd) {
    const token = await forge({ alg: "HS256" }, { ...payload, ...times }, "SHA-256");
    await assert.rejects(
      tokens.verifySocket(token),
      refused("Token is not valid"),
      JSON.stringify(times),
    );
  }
});

Deno.test("what is no token at all is refused, whatever its size", async () => {
  const { tokens } = testTokens();
  const long = await tokens.signSocket({ ...CLAIMS, sessionId: "s".repeat(4_096) });
  for (const token of ["", ".", "..", "a.b.c", "단어", "x".repeat(100_000), long]) {
    await assert.rejects(
      tokens.verifySocket(token),
      refused("Token is not valid"),
      token.slice(0, 20),
    );
    await assert.rejects(tokens.verifyLogin(token), refused("Token is not valid"));
  }
});
