import assert from "node:assert/strict";
import { startChild, tempFolder } from "../../tools/child_server.ts";
import { numbered } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { readRemotely, startRemotely } from "../support/remote.ts";
import { connect } from "../support/socket_client.ts";
import { runStoreCommand } from "../support/store_command.ts";
import { testApp } from "../support/test_app.ts";
import { testClock } from "../support/test_clock.ts";

/** Sent and not yet acknowledged at a time. */
const IN_FLIGHT = 200;
/** A server may not take more of one attempt. */
const MAX_EVENTS = 15_000;

Deno.test("[M-70] a backup of a server under load has all that was acknowledged before it began", async () => {
  await using folder = await tempFolder();
  const env = { KV_PATH: folder.kvPath, RATE_EVENT_BURST: "100000", LOG_LEVEL: "error" };
  const backup = `${folder.path}/backup.kv`;
  let server = await startChild({ env });
  try {
    const started = await startRemotely(server.url);
    const client = await connect(server.url, started);
    const acked = () =>
      client.received.flatMap((message) => message.type === "event_ack" ? [message.eventId] : []);
    let sent = 0;
    const sendSome = async () => {
      for (let i = 0; i < IN_FLIGHT; i++) client.send(numbered(++sent));
      await eventually(() => acked().length === sent, `${sent} events are acknowledged`);
    };
    for (let i = 0; i < 5; i++) await sendSome();
    const before = acked();
    const backingUp = runStoreCommand("backup", [backup], env);
    let isWritten = false;
    backingUp.finally(() => isWritten = true);
    while (!isWritten && sent < MAX_EVENTS) await sendSome();
    const { code, stderr } = await backingUp;
    assert.equal(code, 0, stderr);
    await sendSome();
    await client.close();
    server.signal("SIGTERM");
    assert.equal(await server.ended, 0);

    const restored = await runStoreCommand("restore", [backup, "--verify"], env);
    assert.equal(restored.code, 0, restored.stderr);
    server = await startChild({ env });
    const stored = await readRemotely(server.url, started);
    const ids = new Set(stored.map(({ eventId }) => eventId));
    for (const id of before) assert.ok(ids.has(id), `event ${id} of ${before.length} is lost`);
    assert.ok(stored.length < sent, "the backup is of before the end");
    // In the order in which they were acknowledged, none missing in between.
    assert.deepEqual(stored.map(({ seq }) => seq), Array.from(stored, (_, index) => index + 1));
  } finally {
    await server[Symbol.asyncDispose]();
  }
});

Deno.test("[M-70] a server writes backups by its schedule", async () => {
  await using folder = await tempFolder();
  const backups = `${folder.path}/backups`;
  const clock = testClock();
  await using app = await testApp({
    env: { KV_PATH: folder.kvPath, BACKUP_DIR: backups, BACKUP_EVERY: "12h" },
    parts: { clock },
  });
  const names = () => [...Deno.readDirSync(backups)].map(({ name }) => name).sort();
  await app.docent.backUpWhenDue();
  await app.docent.backUpWhenDue();
  clock.advance(12 * 3_600_000);
  await app.docent.backUpWhenDue();
  assert.deepEqual(names(), [
    "docent-2025-01-19T103000.000Z.kv",
    "docent-2025-01-19T223000.000Z.kv",
  ]);
});
