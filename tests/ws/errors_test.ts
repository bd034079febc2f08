import assert from "node:assert/strict";
import { eventWithData, POISON_DATA } from "../../tools/torture/poison.ts";
import { event } from "../support/events.ts";
import { readEvents } from "../support/reading.ts";
import { connect, type SocketClient } from "../support/socket_client.ts";
import { type Started, startMission, testApp } from "../support/test_app.ts";

const ID = "6f1d1c3e-8a2b-4c5d-9e0f-1a2b3c4d5e6f";

interface BadMessage {
  readonly name: string;
  readonly message: unknown;
  readonly field?: string;
  readonly expected: RegExp;
  readonly says?: RegExp;
  /** What the error repeats of the message. */
  readonly correlation?: Record<string, unknown>;
}

function without(name: string) {
  const { [name]: _, ...rest } = event();
  return rest;
}

function poisoned(name: keyof typeof POISON_DATA, expected: RegExp): BadMessage {
  return { name, message: eventWithData(POISON_DATA[name]), expected };
}

const BAD_MESSAGES: readonly BadMessage[] = [
  { name: "no JSON", message: "hello", expected: /JSON/, says: /^Frame is not valid JSON$/ },
  { name: "an empty frame", message: "", expected: /JSON/ },
  { name: "half of it", message: '{"eventType":"page_view', expected: /JSON/ },
  { name: "null", message: "null", expected: /object/ },
  { name: "a list", message: "[]", expected: /object/ },
  { name: "a number", message: "1", expected: /object/ },
  { name: "nothing in it", message: {}, field: "eventType", expected: /string/, says: /missing/ },
  {
    name: "no data",
    message: without("data"),
    field: "data",
    expected: /object/,
    says: /^Event validation failed: missing required field 'data'$/,
  },
  { name: "no time", message: without("timestamp"), field: "timestamp", expected: /string/ },
  { name: "data as text", message: event({ data: "{}" }), field: "data", expected: /object/ },
  { name: "data as a list", message: event({ data: [] }), field: "data", expected: /object/ },
  { name: "type as a number", message: event({ eventType: 1 }), field: "eventType", expected: /./ },
  {
    name: "a type of 51 characters",
    message: event({ eventType: "x".repeat(51) }),
    field: "eventType",
    expected: /at most 50/,
  },
  {
    name: "a time without a zone",
    message: event({ timestamp: "2025-01-19T10:30:00" }),
    field: "timestamp",
    expected: /ISO 8601/,
  },
  {
    name: "a time as a number",
    message: event({ timestamp: 1_737_285_000_000 }),
    field: "timestamp",
    expected: /string/,
  },
  {
    name: "a time of 1970",
    message: event({ timestamp: "1970-01-01T00:00:00Z" }),
    field: "timestamp",
    expected: /2000/,
  },
  {
    name: "a session that is no UUID",
    message: event({ sessionId: "me" }),
    field: "sessionId",
    expected: /UUID/,
  },
  {
    name: "an attempt that is no id",
    message: event({ attemptId: "attempt_x" }),
    field: "attemptId",
    expected: /./,
  },
  {
    name: "an id that is no UUID",
    message: event({ clientEventId: "1" }),
    field: "clientEventId",
    expected: /UUID/,
    correlation: { clientEventId: "1" },
  },
  {
    name: "seq 0",
    message: event({ seq: 0 }),
    field: "seq",
    expected: /at least 1/,
    correlation: { seq: 0 },
  },
  {
    name: "seq 1.5",
    message: event({ seq: 1.5 }),
    field: "seq",
    expected: /whole number/,
    correlation: { seq: 1.5 },
  },
  {
    name: "an unknown control message",
    message: { type: "reboot" },
    field: "type",
    expected: /^one of hello, heartbeat, pong$/,
  },
  {
    name: "a hello with a wrong field",
    message: { type: "hello", resumeFrom: "1" },
    field: "resumeFrom",
    expected: /number/,
  },
  poisoned("depth over 32", /32/),
  poisoned("NUL", /NUL/),
  poisoned("a lone surrogate", /Unicode/),
  poisoned("1e400", /finite/),
  poisoned("an integer over 2^53", /2\^53/),
  poisoned("__proto__", /key/),
];

async function assertRefused(
  client: SocketClient,
  { name, message, field, expected, says, correlation = {} }: BadMessage,
): Promise<void> {
  client.send(message);
  const { code, message: said, timestamp, details, ...rest } = await client.next("error");
  assert.deepEqual(rest, { type: "error", ...correlation }, name);
  assert.equal(code, "INVALID_EVENT", name);
  assert.match(said, says ?? /^[A-Z].*[^.]$/, name);
  assert.equal(new Date(timestamp).toISOString(), timestamp, name);
  assert.equal(details?.field, field ?? "frame", name);
  assert.match(details?.expected ?? "", expected, name);
}

Deno.test("[M-22][M-26][M-60][T-M02][T-M08] a bad message is answered, and the connection stays", async (t) => {
  await using app = await testApp();
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  for (const bad of BAD_MESSAGES) {
    await t.step(bad.name, () => assertRefused(client, bad));
  }
  client.send(event());
  await client.next("event_ack");
  assert.equal((await readEvents(app, started)).length, 1);
  await client.close();
});

Deno.test("[M-26][T-M08] a foreign attempt or session in a message is refused, one's own is taken", async () => {
  await using app = await testApp();
  const base = await app.listen();
  const [own, other] = [await startMission(app), await startMission(app)];
  const client = await connect(base, own);
  const foreign = {
    attemptId: other.attemptId,
    sessionId: "123e4567-e89b-42d3-a456-426614174000",
  };
  for (const [field, value] of Object.entries(foreign)) {
    client.send(event({ [field]: value, seq: 1, clientEventId: ID }));
    const error = await client.next("error");
    assert.equal(error.code, "INVALID_EVENT");
    assert.equal(error.details?.field, field);
    assert.deepEqual([error.seq, error.clientEventId], [1, ID]);
  }
  client.send(event({ attemptId: own.attemptId, sessionId: SESSION_ID_IN_CAPITALS }));
  await client.next("event_ack");
  assert.equal((await readEvents(app, other)).length, 0);
  await client.close();
});

const SESSION_ID_IN_CAPITALS = "550E8400-E29B-41D4-A716-446655440000";

Deno.test("[M-26][T-M02] an error names the message as far as it could be read", async () => {
  await using app = await testApp();
  const client = await connect(await app.listen(), await startMission(app));
  const correlationOf = async (message: unknown) => {
    client.send(message);
    const { clientEventId, seq } = await client.next("error");
    return { clientEventId, seq };
  };
  const unstorable = { clientEventId: ID, seq: 3, data: { a: "\0" } };
  assert.deepEqual(await correlationOf(unstorable), { clientEventId: ID, seq: 3 });
  const nothing = { clientEventId: undefined, seq: undefined };
  assert.deepEqual(await correlationOf({ clientEventId: ID, seq: 7 }), {
    clientEventId: ID,
    seq: 7,
  });
  assert.deepEqual(await correlationOf({ clientEventId: "mine", seq: -1 }), {
    clientEventId: "mine",
    seq: -1,
  });
  assert.deepEqual(await correlationOf({ clientEventId: 5, seq: "7" }), nothing);
  assert.deepEqual(await correlationOf({ clientEventId: "x".repeat(65) }), nothing);
  assert.deepEqual(await correlationOf('{"seq":1e400}'), nothing);
  assert.deepEqual(await correlationOf("no JSON"), nothing);
  await client.close();
});

Deno.test("[M-26] a number that another event has is refused", async () => {
  await using app = await testApp();
  const client = await connect(await app.listen(), await startMission(app));
  client.send(event({ seq: 1, clientEventId: ID }));
  await client.next("event_ack");
  client.send(event({ seq: 1, clientEventId: ID.replace("6f", "7f") }));
  const error = await client.next("error");
  assert.deepEqual([error.code, error.details?.field, error.seq], ["INVALID_EVENT", "seq", 1]);
  await client.close();
});

async function send(client: SocketClient, message: unknown, times: number): Promise<void> {
  for (let i = 0; i < times; i++) client.send(message);
  for (let i = 0; i < times; i++) await client.next("error");
}

Deno.test("[M-26][T-M07] a hundred bad messages in a row are answered, then closed with 4400", async () => {
  await using app = await testApp();
  const started: Started = await startMission(app);
  const client = await connect(await app.listen(), started);
  await client.next("connection_ack");
  await send(client, "bad", 99);
  // A good one between them starts the count again.
  client.send(event());
  await client.next("event_ack");
  await send(client, "bad", 100);
  assert.deepEqual(await client.closed, {
    code: 4400,
    reason: "Too many messages that cannot be read",
  });
  const again = await connect(await app.listen(), started);
  again.send(event());
  await again.next("event_ack");
  await again.close();
});
