import assert from "node:assert/strict";
import { ioClient } from "../../support/io_client.ts";
import { ioServer } from "../../support/io_server.ts";
import { openIo } from "../../support/raw_io.ts";
import { asAdmin, ask, assertError } from "../../support/http.ts";
import { person } from "../../support/person.ts";
import { post, testApp } from "../../support/test_app.ts";

Deno.test("[V-13] before the server goes everybody is told, and no one has to be told twice", async () => {
  const app = await testApp();
  const url = await app.listen();
  await using websocket = ioClient(url, { transports: ["websocket"] });
  await using polling = ioClient(url, { transports: ["polling"] });
  await using metrics = ioClient(`${url}/ws/metrics`, { auth: { token: await app.adminToken() } });
  const all = [websocket, polling, metrics];
  for (const client of all) await client.next("connected");
  const gone = all.map((client) => client.gone());
  const started = performance.now();
  await app[Symbol.asyncDispose]();
  assert.ok(performance.now() - started < 3_000, "it took too long");
  for (const client of all) {
    const { timestamp: _timestamp, ...goodbye } = await client.next("server:shutdown");
    assert.deepEqual(goodbye, {
      reason: "Server shuts down",
      reconnectInMs: 2_000,
      server: "test",
    });
  }
  // Not "io server disconnect": after that a client would not come back by itself.
  for (const reason of await Promise.all(gone)) assert.match(reason, /^transport (close|error)$/);
});

Deno.test("[V-13] a peer that does not read holds up the end for a second, no longer", async () => {
  const server = await ioServer();
  const deaf = await openIo(server.url, { token: "staff:deaf" });
  deaf.pause();
  const started = performance.now();
  await server[Symbol.asyncDispose]();
  assert.ok(performance.now() - started < 2_500, "it took too long");
  await deaf.close();
});

Deno.test("[V-13] maintenance is told to all, also to who comes later, until it ends", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const path = "/api/admin/maintenance";
  const admin = await asAdmin(app);
  const put = async (body: unknown) =>
    await ask(app, path, { ...post(body, admin.headers), method: "PUT" });
  await using early = ioClient(url);
  await early.next("connected");
  const until = "2025-01-19T12:00:00.000Z";
  const input = { enabled: true, message: "업데이트", until };
  assert.deepEqual((await put(input)).body, { success: true, data: input });
  await using late = ioClient(url, { transports: ["polling"] });
  for (const client of [early, late]) {
    const { timestamp, ...told } = await client.next("maintenance:mode");
    assert.deepEqual(told, { ...input, server: "test" });
    assert.equal(new Date(timestamp).toISOString(), timestamp);
  }
  assert.deepEqual((await ask(app, path, admin)).body.data, input);
  await put({ enabled: false });
  for (const client of [early, late]) {
    assert.equal((await client.next("maintenance:mode")).enabled, false);
  }
  assert.equal((await ask(app, path, admin)).body.data.enabled, false);
  await using after = ioClient(url);
  await after.settled();
  assert.deepEqual(after.received.map((it) => it.event), ["connected"]);
});

Deno.test("[V-13] maintenance is for those who operate, and wants what it says to be right", async () => {
  await using app = await testApp();
  const path = "/api/admin/maintenance";
  assertError(await ask(app, path), { status: 401, code: "AUTH_FAILED" });
  const viewer = await person(app, "viewer");
  assertError(await viewer.send("PUT", path, { enabled: true }), {
    status: 403,
    code: "FORBIDDEN",
  });
  const operator = await person(app, "operator");
  const table: [body: unknown, field: string][] = [
    [{}, "enabled"],
    [{ enabled: "yes" }, "enabled"],
    [{ enabled: true, message: "x".repeat(301) }, "message"],
    [{ enabled: true, until: "tomorrow" }, "until"],
  ];
  for (const [body, field] of table) {
    const answer = await operator.send("PUT", path, body);
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field });
  }
});
