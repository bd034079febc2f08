import assert from "node:assert/strict";
import { event } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { askRaw, openRaw, upgradeRequest } from "../support/raw_socket.ts";
import { connect } from "../support/socket_client.ts";
import { type Started, startMission, type TestApp, testApp } from "../support/test_app.ts";

const env = { RATE_FAILED_CONNECTIONS_PER_MIN: "1000" };

async function assertServes(app: TestApp): Promise<void> {
  const client = await connect(await app.listen(), await startMission(app));
  client.send(event());
  await client.next("event_ack");
  await client.close();
}

interface BadRequest {
  readonly name: string;
  readonly request: (started: Started) => string;
  readonly status: number;
}

function withHeaders(headers: Record<string, string | null>): BadRequest["request"] {
  return (started) => upgradeRequest(started, headers);
}

function withLine(line: (query: string) => string): BadRequest["request"] {
  return (started) => {
    const query = `attemptId=${started.attemptId}&token=${started.wsToken}`;
    return upgradeRequest(started, {}, line(query));
  };
}

const BAD_REQUESTS: readonly BadRequest[] = [
  { name: "no key", request: withHeaders({ "Sec-WebSocket-Key": null }), status: 400 },
  { name: "a short key", request: withHeaders({ "Sec-WebSocket-Key": "AAAA" }), status: 400 },
  {
    name: "a key of words",
    request: withHeaders({ "Sec-WebSocket-Key": "not a key" }),
    status: 400,
  },
  { name: "no version", request: withHeaders({ "Sec-WebSocket-Version": null }), status: 400 },
  { name: "version 8", request: withHeaders({ "Sec-WebSocket-Version": "8" }), status: 400 },
  { name: "version 99", request: withHeaders({ "Sec-WebSocket-Version": "99" }), status: 400 },
  { name: "another protocol", request: withHeaders({ Upgrade: "h2c" }), status: 400 },
  {
    name: "subprotocols that cannot be read",
    request: withHeaders({ "Sec-WebSocket-Protocol": "a,,b" }),
    status: 400,
  },
  { name: "POST", request: withLine((query) => `POST /ws?${query} HTTP/1.1`), status: 400 },
  { name: "no upgrade", request: withHeaders({ Connection: "close", Upgrade: null }), status: 404 },
  { name: "a line of garbage", request: () => "\x00\x01 garbage\r\n\r\n", status: 400 },
  { name: "the hello of TLS", request: () => "\x16\x03\x01\x02\x00\x01\x00", status: 400 },
  { name: "a method that is none", request: withLine(() => "FROB /ws HTTP/1.1"), status: 400 },
  { name: "HTTP of the future", request: withLine(() => "GET /ws HTTP/9.9"), status: 400 },
  {
    name: "a header without a colon",
    request: withHeaders({ "a\r\nno colon here": "" }),
    status: 400,
  },
  { name: "headers of 64 KiB", request: withHeaders({ Cookie: "x".repeat(65_536) }), status: 431 },
  {
    name: "an address of 64 KiB",
    request: withLine((query) => `GET /ws?${query}&x=${"x".repeat(65_536)} HTTP/1.1`),
    status: 431,
  },
];

Deno.test("[M-21] a bad handshake is answered, and the server serves on", async (t) => {
  await using app = await testApp({ env });
  const base = await app.listen();
  for (const { name, request, status } of BAD_REQUESTS) {
    await t.step(`${name} is answered with ${status}`, async () => {
      const answer = await askRaw(base, request(await startMission(app)));
      assert.equal(answer.status, status, answer.body);
      assert.equal(JSON.parse(answer.body).success, false);
      await assertServes(app);
    });
  }
});

Deno.test("[M-21] a handshake that is never finished is cut off with 408", async () => {
  await using app = await testApp({ env, parts: { headersTimeoutMs: 200 } });
  const base = await app.listen();
  const half = upgradeRequest(await startMission(app)).slice(0, -2);
  for (const request of ["G", "GET /ws", half]) {
    const answer = await askRaw(base, request);
    assert.equal(answer.status, 408);
    assert.match(JSON.parse(answer.body).error.message, /in time/);
  }
  await assertServes(app);
});

Deno.test("[M-21] a connection on which nothing was asked ends without an answer", async () => {
  await using app = await testApp({ env, parts: { headersTimeoutMs: 200 } });
  using raw = await openRaw(await app.listen());
  assert.equal(await raw.readAll(), "");
});

Deno.test("[M-30] a handshake that only the library refuses leaves no connection behind", async () => {
  await using app = await testApp({ env });
  const base = await app.listen();
  const started = await startMission(app);
  const answer = await askRaw(
    base,
    upgradeRequest(started, { "Sec-WebSocket-Protocol": "a,,b" }),
  );
  assert.equal(answer.status, 400);
  await eventually(async () => {
    const { connection } = await app.docent.missions.get(started.attemptId);
    return connection?.status === "disconnected";
  }, "the connection is recorded as gone");
});

Deno.test("[M-27] who is refused is let go of, though he never closes his side", async (t) => {
  await using app = await testApp({ env });
  const base = await app.listen();
  const started = await startMission(app);
  const requests = {
    "a bad token": upgradeRequest({ ...started, wsToken: "garbage" }),
    "another protocol": upgradeRequest(started, { Upgrade: "h2c" }),
    "no HTTP at all": "garbage\r\n\r\n",
  };
  for (const [name, request] of Object.entries(requests)) {
    await t.step(name, async () => {
      using raw = await openRaw(base);
      await raw.write(request);
      await raw.readAll();
      // Only a connection that the server has given up wholly takes no more bytes.
      await eventually(async () => !await raw.write("x"), "the connection is gone");
    });
  }
});

Deno.test("[M-21] a peer that resets the line while it is refused or let in does no harm", async () => {
  await using app = await testApp({ env });
  const { hostname, port } = new URL(await app.listen());
  const started = await startMission(app);
  const requests = [
    upgradeRequest(started),
    upgradeRequest({ ...started, wsToken: "garbage" }),
    upgradeRequest(started, {}, "GET /elsewhere HTTP/1.1"),
  ];
  for (const request of requests) {
    for (const waits of [true, false]) {
      const conn = await Deno.connect({ hostname, port: Number(port) });
      await conn.write(new TextEncoder().encode(request));
      // Closing with bytes unread is a reset.
      if (waits) await conn.read(new Uint8Array(1));
      conn.close();
      await assertServes(app);
    }
  }
  await eventually(() => app.docent.hub.count() === 0, "nobody is connected");
});

Deno.test("[T-M07] a server that stops does not wait for peers that stay silent", async () => {
  const app = await testApp({ env });
  const base = await app.listen();
  const started = await startMission(app);
  // One that has said nothing, one half of a handshake, one refused, one that never answers a close.
  using silent = await openRaw(base);
  using half = await openRaw(base);
  await half.write("GET /ws HTTP/1.1\r\n");
  using refused = await openRaw(base);
  await refused.write(upgradeRequest({ ...started, wsToken: "garbage" }));
  using deaf = await openRaw(base);
  await deaf.write(upgradeRequest(started));
  await deaf.read();
  const before = performance.now();
  await app[Symbol.asyncDispose]();
  assert.ok(performance.now() - before < 4_000);
  await silent.readAll();
});
