import assert from "node:assert/strict";
import fc from "fast-check";
import { ioClient } from "../../support/io_client.ts";
import { type IoServer, ioServer } from "../../support/io_server.ts";
import { openIo } from "../../support/raw_io.ts";
import { openRaw } from "../../support/raw_socket.ts";

/** The server still serves: a new client comes in and is answered. */
async function assertServes(server: IoServer): Promise<void> {
  await using client = ioClient(server.url, { auth: { token: "staff:a" } });
  assert.equal((await client.ask("join", "metrics")).success, true);
  assert.deepEqual(server.faults, []);
}

const DEEP = "[".repeat(30_000) + "]".repeat(30_000);
const PACKETS = [
  "",
  "0",
  "1",
  "2",
  "3",
  "4",
  "5",
  "6",
  "7",
  "9",
  "x",
  "\\u0000",
  "0null",
  "0[]",
  "0{",
  '0{"pid":"x","offset":"y"}',
  '0{"token":{"toString":1}}',
  "0/ws/metrics,",
  "0/ws/metrics,{}",
  "0/nowhere,",
  "0//,",
  "0/" + "n".repeat(1_000) + ",",
  "1/ws/metrics,",
  "2[]",
  "2{}",
  "2[1]",
  "2[null]",
  '2["connect"]',
  '2["disconnect"]',
  '2["error"]',
  '2["newListener"]',
  '2["__proto__",{}]',
  '2["join"]',
  '2["join",{"__proto__":{}}]',
  '21["join"]',
  '2-1["join"]',
  '29999999999999999999["join","metrics"]',
  `2["join",${DEEP}]`,
  '2["join",1e999]',
  '2["join","\\\\ud800"]',
  "3[]",
  "31[]",
  "31",
  "3x",
  '4{"message":"x"}',
  "51-",
  '51-["join",{"_placeholder":true,"num":0}]',
  '51-["join",{"_placeholder":true,"num":5}]',
  '599999-["join"]',
  '5-["join"]',
  '61-1[{"_placeholder":true,"num":0}]',
];

Deno.test("packets that no stock client sends do the server no harm", async () => {
  await using server = await ioServer();
  for (const packet of PACKETS) {
    for (const auth of [{}, { token: "staff:b" }, null]) {
      await using socket = await openIo(server.url, auth);
      socket.send(packet);
      socket.send('2["join","metrics"]');
      socket.sendRaw(new Uint8Array([1, 2, 3]));
    }
  }
  await assertServes(server);
});

Deno.test("Engine.IO packets that no stock client sends do the server no harm", async () => {
  await using server = await ioServer();
  for (const packet of ["", "0", "1", "2", "2probe", "3", "5", "6", "7", "bAAA", "b", "\\u001e"]) {
    await using socket = await openIo(server.url);
    socket.sendRaw(packet);
    socket.sendRaw(packet);
  }
  await assertServes(server);
});

Deno.test("random packets do the server no harm", async () => {
  await using server = await ioServer();
  const part = fc.oneof(
    fc.constantFrom(
      "0",
      "1",
      "2",
      "3",
      "5",
      "6",
      "/",
      ",",
      "-",
      "[",
      "]",
      "{",
      "}",
      '"join"',
      "null",
    ),
    fc.json(),
    fc.string(),
  );
  const packet = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(packet, async (text) => {
      await using one = await openIo(server.url);
      one.send(text);
    }),
    { numRuns: 100 },
  );
  await assertServes(server);
});

Deno.test("polls that no stock client sends do the server no harm", async () => {
  await using server = await ioServer();
  const { hostname, port } = new URL(server.url);
  const handshake = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`);
  const { sid } = JSON.parse((await handshake.text()).slice(1));
  const queries = [
    "",
    "EIO=4",
    "EIO=3&transport=polling",
    "EIO=4&transport=constructor",
    "EIO=4&transport=webtransport",
    "EIO=4&transport=websocket",
    "EIO=4&transport=polling&sid=unknown",
    "EIO=4&transport=polling&sid=__proto__",
    "EIO=4&transport=polling&sid=",
    "EIO=4&transport=polling&j=0",
    "%",
    "EIO=4&transport=%ff",
    `EIO=4&transport=polling&sid=${sid}&sid=x`,
    `EIO=3&transport=polling&sid=${sid}`,
    `EIO=4&transport=websocket&sid=${sid}`,
  ];
  for (const query of queries) {
    for (const method of ["GET", "POST", "OPTIONS", "DELETE"]) {
      using raw = await openRaw(server.url);
      const body = method === "POST" ? "4".repeat(100) : "";
      await raw.write(
        `${method} /socket.io/?${query} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n` +
          `Origin: \u0001\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
      assert.match(await raw.readAll(), /^HTTP\/1\.1 [2-5]\d\d /, `${method} ${query}`);
    }
  }
  await assertServes(server);
});
