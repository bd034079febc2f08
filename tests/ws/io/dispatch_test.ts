import assert from "node:assert/strict";
import { AppError } from "../../../lib/errors.ts";
import { ioClient } from "../../support/io_client.ts";
import { ioServer, NO_FIGURES } from "../../support/io_server.ts";

const STAFF = { auth: { token: "staff:a" } };

Deno.test("an event that is not known is answered to who asks, and counted", async () => {
  const outcomes: string[] = [];
  await using server = await ioServer({ onEvent: (outcome) => void outcomes.push(outcome) });
  await using client = ioClient(server.url);
  await client.connected();
  for (const name of ["nothing", "constructor", "__proto__", "toString", "x".repeat(1_000)]) {
    client.socket.emit(name, { any: "thing" });
    const answer = await client.ask(name);
    assert.ok(!answer.success);
    assert.equal(answer.error.code, "NOT_FOUND");
    assert.equal(answer.error.message, `Event "${name.slice(0, 60)}" is not known`);
  }
  assert.deepEqual(outcomes, Array(10).fill("unknown"));
  assert.deepEqual(client.received.map((it) => it.event), ["connected"]);
});

Deno.test("a refusal without a callback is told by an error event", async () => {
  await using server = await ioServer();
  await using client = ioClient(server.url, STAFF);
  client.socket.emit("join", "nowhere");
  const { timestamp: _timestamp, ...error } = await client.next("error");
  assert.deepEqual(error, {
    code: "VALIDATION_ERROR",
    message: "Room is not valid: invalid field 'room'",
    details: { field: "room", expected: "one of admin_monitor, metrics, people" },
  });
});

Deno.test("whatever a handler throws, the client gets an answer and the server stays", async () => {
  const secret = "SELECT password";
  const thrown = [new Error(secret), secret, null, undefined, new AppError("UNAVAILABLE", "Later")];
  const left = [...thrown];
  const metrics = { ...NO_FIGURES, analytics: () => Promise.reject(left.shift()) };
  await using server = await ioServer({ metrics });
  await using client = ioClient(server.url, STAFF);
  for (const error of thrown) {
    const answer = await client.ask("analytics:get");
    assert.ok(!answer.success);
    const expected = error instanceof AppError ? "UNAVAILABLE" : "PROCESSING_ERROR";
    assert.equal(answer.error.code, expected);
    assert.ok(!JSON.stringify(answer).includes(secret));
  }
  assert.deepEqual(server.faults, thrown);
  assert.equal((await client.ask("join", "metrics")).success, true);
});

Deno.test("[T-M17] events over the rate are answered with the time to wait", async () => {
  await using server = await ioServer({ events: { perSec: 10, burst: 20 } });
  await using client = ioClient(server.url, STAFF);
  const answers = await Promise.all(
    Array.from({ length: 25 }, () => client.ask("join", "metrics")),
  );
  assert.equal(answers.filter((answer) => answer.success).length, 20);
  const refused = answers.filter((answer) => !answer.success);
  for (const { error } of refused) {
    assert.deepEqual([error.code, error.details], ["RATE_LIMIT", { retryAfterMs: 100 }]);
  }
  client.socket.emit("join", "metrics");
  assert.equal((await client.next("error")).code, "RATE_LIMIT");
  server.clock.advance(100);
  assert.equal((await client.ask("join", "metrics")).success, true);
});
