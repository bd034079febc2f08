import assert from "node:assert/strict";
import { ioClient, type IoOptions } from "../../support/io_client.ts";
import { person } from "../../support/person.ts";
import { startMission, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

/** The ways of a token into the handshake. */
const WAYS: [name: string, options: (token: string) => IoOptions][] = [
  ["auth.token", (token) => ({ auth: { token } })],
  ["auth.token with Bearer", (token) => ({ auth: { token: `Bearer ${token}` } })],
  ["query.token", (token) => ({ query: { token } })],
  ["Authorization", (token) => ({ extraHeaders: { Authorization: `Bearer ${token}` } })],
];

for (const [way, options] of WAYS) {
  for (const transports of [["websocket"], ["polling"]]) {
    Deno.test(`[E-02][E-03][V-01][V-02][V-05][T-V03] a token by ${way} is taken over ${transports}`, async () => {
      await using app = await testApp();
      const { userId, token } = await person(app);
      await using client = ioClient(await app.listen(), { transports, ...options(token) });
      await client.connected();
      const { timestamp, ...welcome } = await client.next("connected");
      assert.deepEqual(welcome, {
        message: "Connected",
        userId,
        socketId: client.socket.id,
        server: "test",
      });
      assert.equal(new Date(timestamp).toISOString(), timestamp);
    });

    Deno.test(`[E-04][V-06][X-04] a wrong token by ${way} is refused over ${transports}`, async () => {
      await using app = await testApp();
      await using client = ioClient(await app.listen(), { transports, ...options("garbage") });
      const { message, data } = await client.refused();
      assert.equal(message, "Token is not valid");
      assert.equal(data?.code, "AUTH_FAILED");
      assert.equal(data?.message, message);
    });
  }
}

Deno.test("[V-06] what is wrong with a token is said: kind, type, end of its session", async () => {
  await using app = await testApp();
  const { wsToken } = await startMission(app);
  const { token, send } = await person(app);
  assert.equal((await send("POST", "/api/auth/logout", {})).status, 200);
  const table: [token: unknown, message: string][] = [
    [wsToken, "Token is of another kind"],
    [token, "Session of the token has ended"],
    [12, "Token is not valid"],
    [{ token }, "Token is not valid"],
    ["x".repeat(10_000), "Token is not valid"],
  ];
  for (const [bad, expected] of table) {
    await using client = ioClient(await app.listen(), { auth: { token: bad } });
    const { message, data } = await client.refused();
    assert.deepEqual([message, data?.code], [expected, "AUTH_FAILED"]);
  }
});

Deno.test("[X-04] without a token one is let in, hears what is for everybody, and is in no room", async () => {
  await using app = await testApp();
  for (const auth of [{}, { token: null }, { token: "" }]) {
    await using client = ioClient(await app.listen(), { auth });
    await client.connected();
    assert.equal((await client.next("connected")).userId, null);
    const answer = await client.ask("join", "admin_monitor");
    assert.equal(!answer.success && answer.error.code, "AUTH_FAILED");
    await app.docent.socketIo.setMaintenance({ enabled: true, message: "soon", until: null });
    assert.equal((await client.next("maintenance:mode")).message, "soon");
  }
});

Deno.test("[X-04] SOCKET_REQUIRE_AUTH refuses whoever comes without a token", async () => {
  await using app = await testApp({ env: { SOCKET_REQUIRE_AUTH: "true" } });
  await using nobody = ioClient(await app.listen());
  const { message, data } = await nobody.refused();
  assert.deepEqual([message, data?.code], ["Token is missing", "AUTH_FAILED"]);
  await using somebody = ioClient(await app.listen(), { auth: await person(app) });
  await somebody.connected();
});

Deno.test("[V-06] a namespace that there is not is refused", async () => {
  await using app = await testApp();
  await using client = ioClient(`${await app.listen()}/nowhere`);
  assert.equal((await client.refused()).message, "Invalid namespace");
});

Deno.test("[M-59][T-M17] the eleventh failed connection in a minute is limited, a good one never", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const url = await app.listen();
  for (let i = 0; i < 10; i++) {
    await using client = ioClient(url, { auth: { token: "garbage" } });
    assert.equal((await client.refused()).data?.code, "AUTH_FAILED");
  }
  await using client = ioClient(url, { auth: { token: "garbage" } });
  const { data } = await client.refused();
  assert.equal(data?.code, "RATE_LIMIT");
  assert.equal(data?.details?.retryAfterMs, 6_000);
  await using good = ioClient(url, { auth: { token: await app.adminToken() } });
  await good.connected();
});
