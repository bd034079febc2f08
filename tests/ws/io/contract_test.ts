import assert from "node:assert/strict";
import { io as latestIo } from "socket.io-client";
// @ts-types="socket.io-client"
import { io as documentedIo } from "socket.io-client-4.7";
import { eventually } from "../../support/eventually.ts";
import { type IoClient, ioClient, type IoOptions } from "../../support/io_client.ts";
import { person } from "../../support/person.ts";
import { type TestApp, testApp } from "../../support/test_app.ts";

/** The stock client as document 4 names it, and as it is today. */
const VERSIONS: [version: string, io: NonNullable<IoOptions["io"]>][] = [
  ["4.7.4", documentedIo],
  ["4.8.4", latestIo],
];
/** By what they end up with. */
const TRANSPORTS: [name: string, transports: string[], last: string][] = [
  ["a WebSocket", ["websocket"], "websocket"],
  ["polling alone", ["polling"], "polling"],
  ["polling, upgraded to a WebSocket", ["polling", "websocket"], "websocket"],
];

const sayTo = (app: TestApp, userId: string, data: Record<string, unknown>) =>
  app.docent.socketIo.toUser(userId, {
    event: "mission_event",
    payload: { attemptId: "a", eventType: "said", timestamp: "t", data },
  });

const heard = ({ received }: IoClient) =>
  received.filter(({ event }) => event === "mission_event").map(({ payload }) => payload.data);

/** Resolves when it was greeted, and has the transport that it stays with. */
async function readyOver({ next, socket }: IoClient, transport: string): Promise<void> {
  await next("connected");
  const { engine } = socket.io;
  await eventually(() => engine.transport.name === transport, `it has ${transport}`);
}

for (const [version, io] of VERSIONS) {
  for (const [name, transports, last] of TRANSPORTS) {
    const clientOf = (url: string, more: IoOptions) => ioClient(url, { io, transports, ...more });

    const ready = (client: IoClient) => readyOver(client, last);

    const contract = (ids: string, what: string, run: () => Promise<void>) =>
      Deno.test(`${ids} socket.io-client ${version} over ${name}: ${what}`, run);

    contract("[E-8.12][V-20][V-01][V-02][V-05]", "connects", async () => {
      await using app = await testApp();
      const { token, userId } = await person(app);
      await using client = clientOf(await app.listen(), { auth: { token } });
      await client.connected();
      const welcome = await client.next("connected");
      assert.deepEqual([welcome.userId, welcome.socketId], [userId, client.socket.id]);
    });

    contract("[V-20][V-06]", "hears why it is refused", async () => {
      await using app = await testApp();
      await using client = clientOf(await app.listen(), { auth: { token: "garbage" } });
      const { message, data } = await client.refused();
      assert.deepEqual([message, data?.code], ["Token is not valid", "AUTH_FAILED"]);
    });

    contract("[V-20][V-03]", "hears what is for its own person alone", async () => {
      await using app = await testApp();
      const url = await app.listen();
      const [anna, bela] = [await person(app), await person(app)];
      await using first = clientOf(url, { auth: anna });
      await using second = clientOf(url, { auth: bela });
      for (const client of [first, second]) await ready(client);
      sayTo(app, anna.userId, { to: "anna" });
      sayTo(app, bela.userId, { to: "bela" });
      for (const client of [first, second]) {
        await client.next("mission_event");
        await client.settled();
      }
      assert.deepEqual([heard(first), heard(second)], [[{ to: "anna" }], [{ to: "bela" }]]);
    });

    contract("[V-20][T-V01]", "is answered on its callbacks, each on its own", async () => {
      await using app = await testApp();
      const { token } = await person(app, "viewer");
      await using client = clientOf(await app.listen(), { auth: { token } });
      await ready(client);
      const rooms = ["metrics", "admin_monitor", "nowhere"];
      const answers = await Promise.all(rooms.map((room) => client.ask("join", room)));
      assert.deepEqual(answers.map((answer) => answer.success), [true, true, false]);
      assert.deepEqual(answers.slice(0, 2).map((answer) => answer.success && answer.data), [
        { room: "metrics" },
        { room: "admin_monitor" },
      ]);
    });

    contract("[V-20][T-V01]", "gets and sends binary data", async () => {
      await using app = await testApp();
      const { userId, token } = await person(app);
      await using client = clientOf(await app.listen(), { auth: { token } });
      await ready(client);
      const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
      sayTo(app, userId, { bytes });
      const { data } = await client.next("mission_event");
      assert.deepEqual(new Uint8Array(data.bytes as Uint8Array), bytes);
      const answer = await client.ask("anything", bytes, { more: [bytes] });
      assert.equal(!answer.success && answer.error.code, "NOT_FOUND");
    });

    contract("[V-20][V-04][T-V02]", "comes back after a cut and gets what it missed", async () => {
      await using app = await testApp();
      const { userId, token } = await person(app);
      const reconnection = { reconnection: true, reconnectionDelay: 50, reconnectionAttempts: 5 };
      await using client = clientOf(await app.listen(), { auth: { token }, ...reconnection });
      await ready(client);
      sayTo(app, userId, { n: 1 });
      await client.next("mission_event");
      const { id } = client.socket;
      const back = new Promise<void>((resolve) => client.socket.once("connect", resolve));
      client.socket.io.engine.close();
      await eventually(() => app.docent.socketIo.connections() === 0, "the server knows");
      sayTo(app, userId, { n: 2 });
      await back;
      assert.deepEqual([client.socket.recovered, client.socket.id], [true, id]);
      sayTo(app, userId, { n: 3 });
      for (let n = 2; n <= 3; n++) await client.next("mission_event");
      assert.deepEqual(heard(client), [{ n: 1 }, { n: 2 }, { n: 3 }]);
    });

    contract(
      "[V-20][V-04][V-13]",
      "hears of the end, and comes back to the next server",
      async () => {
        const app = await testApp();
        const url = await app.listen();
        const reconnection = {
          reconnection: true,
          reconnectionDelay: 50,
          reconnectionDelayMax: 50,
        };
        await using client = clientOf(url, reconnection);
        await ready(client);
        const gone = client.gone();
        await app[Symbol.asyncDispose]();
        await client.next("server:shutdown");
        assert.match(await gone, /^transport (close|error)$/);
        await using next = await testApp({ env: { PORT: new URL(url).port } });
        await next.listen();
        await client.next("connected");
        assert.equal(next.docent.socketIo.connections(), 1);
      },
    );
  }
}
