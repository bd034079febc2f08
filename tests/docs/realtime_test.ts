import assert from "node:assert/strict";
import type { Declarations } from "../../tools/realtime/declarations.ts";
import {
  formattedPage,
  propertiesOf,
  readProtocol,
  REALTIME_PAGE,
} from "../../tools/realtime/mod.ts";
import { numbered } from "../support/events.ts";
import { ioClient } from "../support/io_client.ts";
import { connect } from "../support/socket_client.ts";
import { startMission, testApp } from "../support/test_app.ts";

/** Fails for a field that the page does not name, and for one that it promises and that is not there. */
function assertDocumented(declarations: Declarations, name: string, payload: object): void {
  const fields = propertiesOf(declarations, name);
  const named = new Set(fields.map((field) => field.name));
  const unnamed = Object.keys(payload).filter((key) => !named.has(key));
  const promised = fields.filter(({ optional }) => !optional).map((field) => field.name);
  const missing = promised.filter((key) => !(key in payload));
  assert.deepEqual({ unnamed, missing }, { unnamed: [], missing: [] }, name);
}

Deno.test("docs/realtime.md says what ws/protocol.ts says; `deno task docs` writes it anew", async () => {
  assert.equal(await Deno.readTextFile(REALTIME_PAGE), await formattedPage());
});

Deno.test("[M-24][M-25][M-26] frames of /ws have the fields that docs/realtime.md names", async () => {
  const declarations = await readProtocol();
  await using app = await testApp();
  const url = await app.listen();
  const kiosk = await connect(url, await startMission(app));
  kiosk.send("not JSON");
  kiosk.send({ type: "hello", resumeFrom: 1 });
  await kiosk.next("time_sync");
  kiosk.send(numbered(1));
  kiosk.send(numbered(3));
  await kiosk.next("event_ack");
  await kiosk.next("resend_from");
  const received = [...kiosk.received];
  await app.docent[Symbol.asyncDispose]();
  await kiosk.closed;
  received.push(...kiosk.received.filter((message) => !received.includes(message)));
  const NAMES: Record<string, string> = {
    connection_ack: "ConnectionAck",
    error: "ErrorMessage",
    time_sync: "TimeSyncMessage",
    event_ack: "EventAck",
    resend_from: "ResendFromMessage",
    server_shutdown: "ServerShutdownMessage",
    ping: "PingMessage",
  };
  for (const message of received) assertDocumented(declarations, NAMES[message.type], message);
  const heard = new Set(received.map(({ type }) => type));
  for (const type of Object.keys(NAMES)) {
    assert.ok(heard.has(type as never) || type === "ping", `${type} was heard`);
  }
});

Deno.test("[V-05][V-13][E-05][E-06][M-29] Socket.IO's events have the fields that docs/realtime.md names", async () => {
  const declarations = await readProtocol();
  await using app = await testApp();
  const url = await app.listen();
  await using admin = ioClient(url, { auth: { token: await app.adminToken() } });
  const documented = async (event: Parameters<typeof admin.next>[0], name: string) => {
    const payload = await admin.next(event);
    for (const it of [payload].flat()) assertDocumented(declarations, name, it);
  };
  await documented("connected", "Welcome");
  await documented("dashboard_data", "MetricsDashboard");
  const kiosk = await connect(url, await startMission(app));
  kiosk.send(numbered(1));
  await documented("mission_event", "MissionEvent");
  await documented("events", "LiveEvent");
  const { success, ...figures } = await admin.ask("analytics:get", {});
  assert.ok(success && "data" in figures);
  assertDocumented(declarations, "AnalyticsData", figures.data);
  admin.socket.emit("analytics:get", { startDate: "never" });
  await documented("error", "SocketIoError");
  await kiosk.close();
  await app.docent[Symbol.asyncDispose]();
  await documented("server:shutdown", "ServerShutdown");
});
