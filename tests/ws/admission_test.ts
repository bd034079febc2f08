import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { assertError } from "../support/http.ts";
import { askRaw, openRaw, type RawAnswer, upgradeRequest } from "../support/raw_socket.ts";
import { connect } from "../support/socket_client.ts";
import { SESSION_ID, type Started, startMission, testApp } from "../support/test_app.ts";
import { testClock } from "../support/test_clock.ts";

/** Long enough for HS512 as well. */
const SECRET = "a secret of the tests, long enough for any of the algorithms, 64";
const env = { JWT_SECRET: SECRET, RATE_FAILED_CONNECTIONS_PER_MIN: "1000" };
const DAY_SEC = 86_400;

interface TokenParts {
  readonly claims: Record<string, unknown>;
  readonly alg?: string;
  readonly secret?: string;
  readonly expiresInSec?: number | null;
}

async function sign(parts: TokenParts): Promise<string> {
  const { claims, alg = "HS256", secret = SECRET, expiresInSec = 600 } = parts;
  const jwt = new SignJWT(claims).setProtectedHeader({ alg }).setIssuedAt();
  if (expiresInSec !== null) jwt.setExpirationTime(Math.floor(Date.now() / 1000) + expiresInSec);
  return await jwt.sign(new TextEncoder().encode(secret));
}

function encode(value: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Asks for an upgrade that should be refused, and checks the form of the refusal. */
async function askRefused(base: string, request: string): Promise<RawAnswer & { json: unknown }> {
  const answer = await askRaw(base, request);
  return { ...answer, json: JSON.parse(answer.body) };
}

type BadToken = (started: Started, claims: Record<string, unknown>) => string | Promise<string>;

const BAD_TOKENS: Readonly<Record<string, BadToken>> = {
  "no token": () => "",
  "garbage": () => "garbage",
  "three parts of garbage": () => "a.b.c",
  "a long one": () => "a".repeat(5_000),
  "expired": (_, claims) => sign({ claims, expiresInSec: -1 }),
  "without an end": (_, claims) => sign({ claims, expiresInSec: null }),
  "another secret": (_, claims) => sign({ claims, secret: SECRET.replace("a secret", "a Secret") }),
  "another algorithm": (_, claims) => sign({ claims, alg: "HS512" }),
  "alg none": (_, claims) =>
    `${encode({ alg: "none" })}.${encode({ ...claims, exp: 9_999_999_999 })}.`,
  "alg none with the signature of another": ({ wsToken }, claims) =>
    `${encode({ alg: "none" })}.${encode({ ...claims, exp: 9_999_999_999 })}.${
      wsToken.split(".")[2]
    }`,
  "claims changed": ({ wsToken }, claims) => {
    const [head, , signature] = wsToken.split(".");
    return `${head}.${encode({ ...claims, exp: 9_999_999_999 })}.${signature}`;
  },
  "without a type": (_, { type: _type, ...claims }) => sign({ claims }),
  "another type": (_, claims) => sign({ claims: { ...claims, type: "login" } }),
  "without an attempt": (_, { attemptId: _id, ...claims }) => sign({ claims }),
};

Deno.test("[M-23][M-27][M-57][T-M04] a bad token is refused with 401 before the upgrade", async (t) => {
  await using app = await testApp({ env });
  const base = await app.listen();
  const started = await startMission(app);
  const { attemptId } = started;
  const claims = { attemptId, sessionId: SESSION_ID, type: "ws_auth" };
  const bad: Record<string, BadToken> = {
    ...BAD_TOKENS,
    "a login": () => app.adminToken(),
    "the token of another attempt": async () => (await startMission(app)).wsToken,
  };
  for (const [name, tokenOf] of Object.entries(bad)) {
    await t.step(name, async () => {
      const wsToken = await tokenOf(started, claims);
      const answer = await askRefused(base, upgradeRequest({ attemptId, wsToken }));
      assertError({ ...answer, body: answer.json }, { status: 401, code: "AUTH_FAILED" });
      assert.equal(answer.headers.get("www-authenticate"), "Bearer");
      if (wsToken !== "") assert.ok(!answer.body.includes(wsToken), "the answer has the token");
    });
  }
  // The form that the bad ones are made from is a good one.
  const client = await connect(base, { attemptId, wsToken: started.wsToken });
  assert.equal((await client.next("connection_ack")).attemptId, attemptId);
  await client.close();
});

Deno.test("[M-23] an attempt that is not known is refused with 404", async () => {
  await using app = await testApp({ env });
  const attemptId = "attempt_1737282600000000000001";
  const wsToken = await app.docent.tokens.signSocket({ attemptId, sessionId: SESSION_ID });
  const answer = await askRefused(
    await app.listen(),
    upgradeRequest({ attemptId, wsToken }),
  );
  assertError({ ...answer, body: answer.json }, { status: 404, code: "NOT_FOUND" });
});

Deno.test("[M-21][M-57] the token may come as Authorization: Bearer, with or without the attempt", async () => {
  await using app = await testApp({ env });
  const base = await app.listen();
  const started = await startMission(app);
  const { attemptId, wsToken } = started;
  const headers = { authorization: `Bearer ${wsToken}` };
  const queries: Record<string, string>[] = [{}, { attemptId }, { attemptId, token: "garbage" }];
  for (const query of queries) {
    const client = await connect(base, started, { query, headers });
    assert.equal((await client.next("connection_ack")).attemptId, attemptId);
    await client.close();
  }
  const query = { attemptId: "attempt_1" };
  await assert.rejects(connect(base, started, { query, headers }), /refused with 401/);
});

Deno.test("[T-M05][T-M06] a kiosk with its key may come back with a token that ended, for a day", async () => {
  const clock = testClock();
  const key = "0123456789abcdef";
  await using app = await testApp({
    env: { ...env, KIOSK_KEYS: `hall-1:${key}` },
    parts: { clock },
  });
  const base = await app.listen();
  const started = await startMission(app, { timestamp: new Date(clock.now()).toISOString() });
  const { attemptId, wsToken: token } = started;
  const query = { attemptId, token };
  const withHeader = { query, headers: { "x-kiosk-key": key } };
  const comesIn = async (options: Parameters<typeof connect>[2]) => {
    const client = await connect(base, started, options);
    await client.close();
  };
  clock.advance((600 + DAY_SEC - 1) * 1000);
  await comesIn(withHeader);
  await comesIn({ query: { ...query, kioskKey: key } });
  await assert.rejects(comesIn({ query }), /refused with 401/);
  await assert.rejects(comesIn({ query: { ...query, kioskKey: "another key, not known" } }), /401/);
  // The key opens no door to an attempt by itself.
  await assert.rejects(comesIn({ ...withHeader, query: { attemptId } }), /refused with 401/);
  clock.advance(1_000);
  await assert.rejects(comesIn(withHeader), /refused with 401/);
});

Deno.test("[M-59][T-M17] the eleventh failed connection in a minute is refused with 429", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const base = await app.listen();
  const started = await startMission(app, { timestamp: new Date(clock.now()).toISOString() });
  const bad = { ...started, wsToken: "garbage" };
  let attempts = 0;
  const fail = async () => {
    // Nobody is believed about the address from which he comes.
    const headers = { "X-Forwarded-For": `10.0.0.${++attempts}` };
    return await askRefused(base, upgradeRequest(bad, headers));
  };
  const succeed = async () => {
    const client = await connect(base, started);
    await client.close();
  };
  for (let i = 0; i < 10; i++) {
    // As many successes do not count.
    await succeed();
    assert.equal((await fail()).status, 401);
  }
  const limited = await fail();
  assertError({ ...limited, body: limited.json }, { status: 429, code: "RATE_LIMIT" });
  assert.equal(limited.headers.get("retry-after"), "6");
  // One kiosk that fails does not lock out the hall behind the same address.
  await succeed();
  clock.advance(6_000);
  assert.equal((await fail()).status, 401);
  assert.equal((await fail()).status, 429);
});

Deno.test("[M-59][T-M06][T-M17] a hall whose tokens have all expired is told so, however many they are", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const base = await app.listen();
  const started = await startMission(app, { timestamp: new Date(clock.now()).toISOString() });
  clock.advance(601_000);
  for (let kiosk = 0; kiosk < 30; kiosk++) {
    const refused = await askRefused(base, upgradeRequest(started));
    assertError({ ...refused, body: refused.json }, { status: 401, code: "AUTH_FAILED" });
  }
  // Whoever guesses has all his tries left, and no more.
  const guess = () => askRefused(base, upgradeRequest({ ...started, wsToken: "garbage" }));
  for (let i = 0; i < 10; i++) assert.equal((await guess()).status, 401);
  assert.equal((await guess()).status, 429);
});

Deno.test("[M-21] sockets are at /ws and nowhere else", async () => {
  await using app = await testApp({ env });
  const base = await app.listen();
  const started = await startMission(app);
  const query = `attemptId=${started.attemptId}&token=${started.wsToken}`;
  for (const path of ["/", "/wsx", "/ws/x", "/api/ws", "/WS", "//ws"]) {
    const line = `GET ${path}?${query} HTTP/1.1`;
    const headers = { Connection: "Upgrade, close" };
    const answer = await askRefused(base, upgradeRequest(started, headers, line));
    assertError({ ...answer, body: answer.json }, { status: 404, code: "NOT_FOUND" });
  }
  using raw = await openRaw(base);
  await raw.write(upgradeRequest(started, {}, `GET /ws/?${query} HTTP/1.1`));
  assert.match(new TextDecoder().decode(await raw.read() ?? undefined), /^HTTP\/1.1 101 /);
});
