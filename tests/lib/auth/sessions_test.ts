import { equal, match, notEqual } from "node:assert/strict";
import { createSessions } from "../../../lib/auth/sessions.ts";
import { testClock } from "../../support/test_clock.ts";

const ADMIN = { username: "admin", role: "admin" } as const;
const DAY_MS = 86_400_000;

async function store() {
  const kv = await Deno.openKv(":memory:");
  const clock = testClock();
  return { kv, clock, sessions: createSessions({ kv, clock }), [Symbol.dispose]: () => kv.close() };
}

Deno.test("[M-56] a session knows its owner for a day, and no longer", async () => {
  using it = await store();
  const id = await it.sessions.start(ADMIN);
  match(id, /^[\w-]{43}$/, "32 random bytes");
  const { createdAt, expiresAt, username, role } = (await it.sessions.find(id))!;
  equal(expiresAt - createdAt, DAY_MS);
  equal(`${username} ${role}`, "admin admin");
  it.clock.advance(DAY_MS - 1);
  notEqual(await it.sessions.find(id), null);
  // The store still has the row: the real clock has not moved.
  it.clock.advance(1);
  equal(await it.sessions.find(id), null);
});

Deno.test("[M-56] a session that was ended is gone, and others stay", async () => {
  using it = await store();
  const [one, two] = [await it.sessions.start(ADMIN), await it.sessions.start(ADMIN)];
  notEqual(one, two);
  await it.sessions.end(one);
  equal(await it.sessions.find(one), null);
  notEqual(await it.sessions.find(two), null);
});

Deno.test("[M-56] who reads the store finds no id in it", async () => {
  using it = await store();
  const id = await it.sessions.start(ADMIN);
  let entries = 0;
  for await (const { key, value } of it.kv.list({ prefix: [] })) {
    entries++;
    const text = `${key.join(" ")} ${new TextDecoder().decode(value as Uint8Array)}`;
    equal(text.includes(id), false);
  }
  equal(entries, 1);
});

Deno.test("[M-56] ids that were never given, and rows that cannot be read, are nobody", async () => {
  using it = await store();
  const id = await it.sessions.start(ADMIN);
  for (const other of ["", id.slice(1), `${id}x`, id.toUpperCase()]) {
    equal(await it.sessions.find(other), null, other);
  }
  for await (const { key } of it.kv.list({ prefix: [] })) {
    await it.kv.set(key, new TextEncoder().encode('{"username": 1}'));
  }
  equal(await it.sessions.find(id), null);
});
