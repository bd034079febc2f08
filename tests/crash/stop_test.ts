import assert from "node:assert/strict";
import { startChild, tempFolder } from "../../tools/child_server.ts";
import { numbered } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { openRaw, upgradeRequest } from "../support/raw_socket.ts";
import { readRemotely, startRemotely } from "../support/remote.ts";
import { connect } from "../support/socket_client.ts";

const STOP_WITHIN_MS = 5_000;

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`[M-25][T-M07][T-M18] ${signal} closes sockets with 1001, stores what came and ends with 0`, async () => {
    await using folder = await tempFolder();
    const env = { KV_PATH: folder.kvPath, RATE_EVENT_BURST: "100000" };
    const ids = new Map<number, string>();
    let started;
    {
      await using server = await startChild({ env });
      started = await startRemotely(server.url);
      const client = await connect(server.url, started);
      client.send({ type: "hello" });
      // Peers that do nothing, and one that does not read: the end does not wait for them.
      using silent = await openRaw(server.url);
      using half = await openRaw(server.url);
      await half.write("GET /ws HTTP/1.1\r\n");
      using refused = await openRaw(server.url);
      await refused.write(upgradeRequest({ ...started, wsToken: "garbage" }));
      using deaf = await openRaw(server.url);
      await deaf.write(upgradeRequest(await startRemotely(server.url)));
      await deaf.read();

      for (let seq = 1; seq <= 2_000; seq++) client.send(numbered(seq));
      await eventually(() => client.received.length > 100, "some are acknowledged");
      const before = performance.now();
      server.signal(signal);
      // Impatient people press twice.
      server.signal(signal);
      assert.equal(await server.ended, 0);
      assert.ok(performance.now() - before < STOP_WITHIN_MS);
      assert.equal((await client.closed).code, 1001);
      assert.equal(server.output.stderr, "");
      assert.ok(client.received.some((message) => message.type === "server_shutdown"));
      for (const message of client.received) {
        if (message.type === "event_ack") ids.set(message.seq ?? 0, message.eventId);
      }
      await silent.readAll();
    }
    await using server = await startChild({ env });
    const stored = await readRemotely(server.url, started);
    const byNumber = new Map(stored.map(({ seq, eventId }) => [seq, eventId]));
    assert.equal(byNumber.size, stored.length);
    for (const [seq, id] of ids) assert.equal(byNumber.get(seq), id);
  });
}
