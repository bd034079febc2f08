import assert from "node:assert/strict";
import { event, numbered } from "../support/events.ts";
import { faultyKv } from "../support/faulty_kv.ts";
import { failingKv } from "../support/failing_kv.ts";
import { asAdmin, ask, assertError } from "../support/http.ts";
import { askRaw, upgradeRequest } from "../support/raw_socket.ts";
import { readAttempt, readEvents } from "../support/reading.ts";
import { eventually } from "../support/eventually.ts";
import { rememberingLogger } from "../support/remembering_logger.ts";
import { connect } from "../support/socket_client.ts";
import { post, SESSION_ID, startMission, testApp } from "../support/test_app.ts";
import { testClock } from "../support/test_clock.ts";

const START = { sessionId: SESSION_ID, missionType: "portfolio" };
const DOWN = { status: 503, code: "UNAVAILABLE" } as const;

for (const what of ["writes", "all"] as const) {
  Deno.test(`[M-26][T-M18][M-63] with a store that fails (${what}), nothing is acknowledged and all comes back`, async (t) => {
    const clock = testClock();
    using real = await Deno.openKv(":memory:");
    const store = failingKv(real);
    await using app = await testApp({ parts: { kv: store.kv, clock } });
    const base = await app.listen();
    const timestamp = new Date(clock.now()).toISOString();
    const started = await startMission(app, { timestamp });
    const client = await connect(base, started);
    client.send(numbered(1, { timestamp }));
    await client.next("event_ack");
    await readAttempt(app, started);
    store.breakDown(what);

    await t.step("over the socket", async () => {
      for (const seq of [2, 3, 2]) client.send(numbered(seq, { timestamp }));
      for (const seq of [2, 3, 2]) {
        const error = await client.next("error");
        assert.deepEqual([error.code, error.seq], ["UNAVAILABLE", seq]);
        assert.ok((error.details?.retryAfterMs ?? 0) > 0);
      }
    });

    await t.step("over HTTP", async () => {
      const start = post({ ...START, timestamp });
      assertError(await ask(app, "/api/missions/start", start), DOWN);
      const review = post({ rating: 4 });
      assertError(await ask(app, `/api/missions/${started.attemptId}/review`, review), DOWN);
      clock.advance(2_000);
      assert.equal((await ask(app, "/health")).status, 503);
    });

    await t.step("at the door, where it is nobody's failed connection", async () => {
      for (let i = 0; i < 12; i++) {
        const answer = await askRaw(base, upgradeRequest(started));
        assertError({ ...answer, body: JSON.parse(answer.body) }, DOWN);
      }
    });

    await t.step("all works again without a restart", async () => {
      store.mend();
      clock.advance(2_000);
      // A projection that failed tries again half a second later.
      const isGreen = async () => (await ask(app, "/health")).status === 200;
      await eventually(isGreen, "health is green again");
      for (const seq of [2, 3]) {
        client.send(numbered(seq, { timestamp }));
        const ack = await client.next("event_ack");
        assert.deepEqual([ack.duplicate, ack.ackUpTo], [false, seq]);
      }
      const again = await connect(base, started);
      assert.equal((await client.closed).code, 4001);
      await again.close();
    });

    await t.step("nothing was stored by half", async () => {
      assert.deepEqual((await readEvents(app, started)).map(({ seq }) => seq), [1, 2, 3]);
      const { body } = await ask(app, "/api/missions", await asAdmin(app));
      assert.equal(body.data.pagination.total, 1);
      const review = await ask(app, `/api/missions/${started.attemptId}/review`);
      assert.equal(review.status, 404);
    });
  });
}

Deno.test("[T-M18] a client that sends again until it is acknowledged loses and doubles nothing", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, spoil } = faultyKv(real);
  await using app = await testApp({ parts: { kv } });
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  await client.next("connection_ack");
  const ids = new Map<number, string>();
  while (ids.size < 60) {
    const missing = Array.from({ length: 60 }, (_, i) => i + 1).filter((seq) => !ids.has(seq));
    if (missing.length > 10) spoil("none", "fail", "none", "lose", "none", "fail");
    // In several packets, so that some of them are committed and some are not.
    for (const seq of missing) {
      client.send(numbered(seq));
      if (seq % 7 === 0) await client.read();
    }
    for (const seq of missing) {
      const answer = await client.next();
      if (answer.type === "event_ack") ids.set(seq, answer.eventId);
      else assert.equal(answer.type === "error" && answer.code, "UNAVAILABLE");
    }
  }
  const stored = await readEvents(app, started);
  assert.equal(stored.length, 60);
  assert.deepEqual(new Map(stored.map(({ seq, eventId }) => [seq, eventId])), ids);
  await client.close();
});

Deno.test("[M-68][M-30] faults are logged, tokens and keys never", async () => {
  using real = await Deno.openKv(":memory:");
  const store = failingKv(real);
  const { logger, lines } = rememberingLogger();
  const key = "a-key-of-the-hall-0123";
  await using app = await testApp({
    parts: { kv: store.kv, logger },
    env: { KIOSK_KEYS: `hall-1:${key}`, METRICS_TOKEN: "metrics-token-1" },
  });
  const base = await app.listen();
  const started = await startMission(app);
  const client = await connect(base, started);
  const login = await app.adminToken();
  store.breakDown("all");
  client.send(event());
  await client.next("error");
  await askRaw(base, upgradeRequest(started));
  await askRaw(base, upgradeRequest({ ...started, wsToken: login }));
  const line = `GET /ws?token=${started.wsToken}&kioskKey=${key} HTTP/1.1`;
  await askRaw(base, upgradeRequest(started, {}, line));
  const withLogin = { headers: { authorization: `Bearer ${login}` } };
  await ask(app, `/api/missions?token=${started.wsToken}`, withLogin);
  await ask(app, `/api/missions/${started.attemptId}?token=${started.wsToken}`, withLogin);
  store.mend();
  await client.close();
  assert.ok(lines.length >= 3, "faults are logged");
  const secrets = [started.wsToken, login, key, "metrics-token-1"];
  for (const text of lines) {
    for (const secret of secrets) assert.ok(!text.includes(secret), `a secret is in: ${text}`);
  }
  // Nor is it stored: only its hash.
  for await (const { key, value } of real.list({ prefix: [] })) {
    const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value);
    assert.ok(!text.includes(started.wsToken), `the token is stored under ${key.join("/")}`);
  }
});
