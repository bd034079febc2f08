import assert from "node:assert/strict";
import { ioClient, type IoOptions } from "../../support/io_client.ts";
import { openRaw, upgradeRequest } from "../../support/raw_socket.ts";
import { connect } from "../../support/socket_client.ts";
import { startMission, type TestApp, testApp } from "../../support/test_app.ts";
import { person } from "../../support/person.ts";

const HANDSHAKE = "EIO=4&transport=polling";

/** Document 2's endpoint, in all the ways in which a stock client can take its address. */
const METRICS_WAYS: [name: string, address: string, options: IoOptions][] = [
  ["namespace", "/ws/metrics", {}],
  ["namespace with a slash", "/ws/metrics/", {}],
  ["path", "", { path: "/ws/metrics" }],
  ["path with a slash", "", { path: "/ws/metrics/" }],
  ["path without the slash that clients add", "", { path: "/ws/metrics", addTrailingSlash: false }],
  ["namespace over the path", "/ws/metrics", { path: "/ws/metrics" }],
];

for (const [name, address, options] of METRICS_WAYS) {
  for (const transports of [["websocket"], ["polling"], ["polling", "websocket"]]) {
    Deno.test(`[E-01][E-02][E-04][T-E01] the metrics are at /ws/metrics as a ${name}, over ${transports}`, async () => {
      await using app = await testApp();
      const url = `${await app.listen()}${address}`;
      await using nobody = ioClient(url, { ...options, transports });
      assert.equal((await nobody.refused()).message, "Token is missing");
      const bad = { auth: { token: "garbage" } };
      await using stranger = ioClient(url, { ...options, ...bad, transports });
      assert.equal((await stranger.refused()).message, "Token is not valid");
      const { token } = await person(app);
      await using user = ioClient(url, { ...options, transports, auth: { token } });
      const { data } = await user.refused();
      assert.equal(data?.code, "FORBIDDEN");
      const query = { token: await app.adminToken() };
      await using admin = ioClient(url, { ...options, transports, query });
      await admin.connected();
      await admin.next("connected");
    });
  }
}

Deno.test("[T-E01] the token may stand in the address, as document 2 writes it", async () => {
  await using app = await testApp();
  const address = (await app.listen()).replace("http", "ws");
  await using client = ioClient(`${address}/ws/metrics?token=${await app.adminToken()}`);
  await client.connected();
});

async function statusOf(app: TestApp, path: string, init?: RequestInit): Promise<number> {
  const response = await fetch(await app.listen() + path, init);
  await response.body?.cancel();
  return response.status;
}

Deno.test("[X-06][T-L13] what is for Socket.IO, for missions and for neither is told by the exact path", async () => {
  await using app = await testApp({ env: { RATE_FAILED_CONNECTIONS_PER_MIN: "1000" } });
  const url = await app.listen();
  for (const path of ["/socket.io", "/socket.io/", "/ws/metrics", "/ws/metrics/"]) {
    assert.equal(await statusOf(app, `${path}?${HANDSHAKE}`), 200, path);
    assert.equal(await statusOf(app, path), 400, path);
    assert.equal(await statusOf(app, `${path}?${HANDSHAKE}`, { method: "PUT" }), 405, path);
  }
  const others = [
    "/socket.io/socket.io.js",
    "/socket.iox/",
    "/SOCKET.IO/",
    "//socket.io/",
    "/ws/metrics/x",
    "/ws/metricsx",
    "/ws",
    "/ws/",
  ];
  for (const path of others) {
    assert.equal(await statusOf(app, `${path}?${HANDSHAKE}`), 404, path);
  }
  const started = await startMission(app);
  for (const path of ["/socket.iox/", "/ws/metrics/x", "/ws/metrics/ws", "/x/socket.io/"]) {
    using raw = await openRaw(url);
    const line = `GET ${path}?EIO=4&transport=websocket HTTP/1.1`;
    await raw.write(upgradeRequest(started, { Connection: "Upgrade, close" }, line));
    assert.match(await raw.readAll(), /^HTTP\/1.1 404 /, path);
  }
  const kiosk = await connect(url, started);
  await kiosk.next("connection_ack");
  await kiosk.close();
});

Deno.test("[T-M26] Socket.IO answers on the second port as well", async () => {
  using free = Deno.listen({ port: 0 });
  const { port } = free.addr;
  free.close();
  await using app = await testApp({ env: { WS_PORT: String(port) } });
  await app.listen();
  for (const transports of [["websocket"], ["polling"]]) {
    await using client = ioClient(`http://127.0.0.1:${port}`, { transports });
    await client.connected();
  }
});

Deno.test("[M-61] polls from other origins are answered to those that are named, and to no others", async () => {
  const allowed = "https://app.example";
  await using app = await testApp({ env: { ALLOWED_ORIGINS: allowed } });
  const url = await app.listen();
  const headersFor = async (origin: string, method = "GET") => {
    const path = `${url}/socket.io/?${HANDSHAKE}`;
    const response = await fetch(path, { method, headers: { origin } });
    await response.body?.cancel();
    return response.headers;
  };
  for (const method of ["GET", "OPTIONS"]) {
    const named = await headersFor(allowed, method);
    assert.equal(named.get("access-control-allow-origin"), allowed);
    assert.equal(named.get("access-control-allow-credentials"), "true");
    const foreign = await headersFor("https://evil.example", method);
    assert.equal(foreign.get("access-control-allow-origin"), null);
  }
  await using none = await testApp();
  const response = await fetch(`${await none.listen()}/socket.io/?${HANDSHAKE}`, {
    headers: { origin: allowed },
  });
  await response.body?.cancel();
  assert.equal(response.headers.get("access-control-allow-origin"), null);
});
