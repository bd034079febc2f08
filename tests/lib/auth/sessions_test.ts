import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { CLIENT, testAuth } from "../../support/open_auth.ts";

const DAY_MS = 86_400_000;
const KIM = { ...CLIENT, userId: "user_1" };

Deno.test("[M-56] a session knows its owner for a day, and no longer", async () => {
  using it = await testAuth();
  const { session, cookie } = await it.sessions.start(KIM);
  match(cookie, /^session_\d{22}\.[\w-]{43}$/, "32 random bytes");
  equal(session.expiresAt - session.createdAt, DAY_MS);
  deepEqual(await it.sessions.findByCookie(cookie), session);
  it.clock.advance(DAY_MS - 1);
  deepEqual(await it.sessions.find(session.sessionId), session);
  // The store still has the row: the real clock has not moved.
  it.clock.advance(1);
  equal(await it.sessions.findByCookie(cookie), null);
  deepEqual(await it.sessions.list(KIM.userId), []);
});

Deno.test("[M-56] a session that was ended is gone, and others stay", async () => {
  using it = await testAuth();
  const [one, two] = [await it.sessions.start(KIM), await it.sessions.start(KIM)];
  notEqual(one.cookie, two.cookie);
  await it.sessions.end(one.session.sessionId);
  equal(await it.sessions.findByCookie(one.cookie), null);
  deepEqual(await it.sessions.list(KIM.userId), [two.session]);
});

Deno.test("all sessions of a person end, but the one that asks for it, and nobody else's", async () => {
  using it = await testAuth();
  const [one, two] = [await it.sessions.start(KIM), await it.sessions.start(KIM)];
  const other = await it.sessions.start({ ...KIM, userId: "user_2" });
  await it.sessions.endAll(KIM.userId, one.session.sessionId);
  deepEqual(await it.sessions.list(KIM.userId), [one.session]);
  equal(await it.sessions.findByCookie(two.cookie), null);
  notEqual(await it.sessions.findByCookie(other.cookie), null);
});

Deno.test("[M-56] who reads the store finds no cookie in it", async () => {
  using it = await testAuth();
  const { cookie } = await it.sessions.start(KIM);
  const secret = cookie.split(".")[1];
  let entries = 0;
  for await (const { key, value } of it.kv.list({ prefix: [] })) {
    entries++;
    const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : "";
    equal(`${key.join(" ")} ${text}`.includes(secret), false);
  }
  equal(entries, 2);
});

Deno.test("[M-56] cookies that were never given, and rows that cannot be read, are nobody", async () => {
  using it = await testAuth();
  const { session, cookie } = await it.sessions.start(KIM);
  const others = [
    "",
    ".",
    session.sessionId,
    `${session.sessionId}.`,
    cookie.slice(1),
    `${cookie}x`,
  ];
  for (const other of others) equal(await it.sessions.findByCookie(other), null, other);
  for await (const { key } of it.kv.list({ prefix: [] })) {
    await it.kv.set(key, new TextEncoder().encode('{"userId": 1}'));
  }
  equal(await it.sessions.findByCookie(cookie), null);
});

Deno.test("[P-04] a refresh takes the newest generation; an older one ends the session", async () => {
  using it = await testAuth();
  const { session: { sessionId } } = await it.sessions.start(KIM);
  const first = { generation: 0, ttlSec: 60 };
  const tries = await Promise.all([
    it.sessions.rotate(sessionId, first),
    it.sessions.rotate(sessionId, first),
  ]);
  equal(tries.filter((session) => session !== null).length <= 1, true);
  equal(await it.sessions.find(sessionId), null, "used twice");

  const again = await it.sessions.start(KIM);
  const next = (await it.sessions.rotate(again.session.sessionId, first))!;
  equal(next.generation, 1);
  equal(next.expiresAt, it.clock.now() + 60_000);
  equal((await it.sessions.rotate(next.sessionId, { generation: 1, ttlSec: 60 }))?.generation, 2);
  equal(await it.sessions.rotate(next.sessionId, { generation: 1, ttlSec: 60 }), null);
  equal(await it.sessions.find(next.sessionId), null);
});

Deno.test("one person keeps fifty sessions; the oldest goes", async () => {
  using it = await testAuth();
  const first = await it.sessions.start(KIM);
  for (let i = 0; i < 50; i++) {
    it.clock.advance(1);
    await it.sessions.start(KIM);
  }
  equal((await it.sessions.list(KIM.userId)).length, 50);
  equal(await it.sessions.find(first.session.sessionId), null);
});
