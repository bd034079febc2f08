import { deepEqual, equal } from "node:assert/strict";
import { WEBSOCKET_PATHS } from "../../../routes/api/websocket.ts";
import { ask, assertError } from "../../support/http.ts";
import { ioClient } from "../../support/io_client.ts";
import { person } from "../../support/person.ts";
import { post, testApp } from "../../support/test_app.ts";

const FOREIGN = { status: 403, code: "FORBIDDEN" } as const;
const BAD = { status: 400, code: "VALIDATION_ERROR" } as const;

for (const base of WEBSOCKET_PATHS) {
  Deno.test(`[V-16][V-17][T-V09] ${base} tells administrators who is connected, and everybody of oneself`, async () => {
    await using app = await testApp();
    const url = await app.listen();
    const [kim, lee, admin] = [await person(app), await person(app), await person(app, "admin")];
    await using first = ioClient(url, { auth: kim });
    await using second = ioClient(url, { auth: kim });
    await using nobody = ioClient(url);
    for (const client of [first, second, nobody]) await client.next("connected");

    const stats = await admin.get(`${base}/stats`);
    const { timestamp, ...figures } = stats.body.data;
    deepEqual(figures, {
      connections: 3,
      connectedUsers: 1,
      sockets: { "/": 3, "/ws/metrics": 0, "/ws/metrics/": 0 },
      server: "test",
    });
    equal(new Date(timestamp).toISOString(), timestamp);
    const envelope = [stats.status, stats.body.statusCode, stats.body.success, stats.body.message];
    deepEqual(envelope, [200, 200, true, "Statistics of this process"]);

    const statusOf = async (who: typeof kim, userId: string) => {
      const { body } = await who.get(`${base}/user/${userId}/status`);
      return [body.data.userId, body.data.isConnected, body.data.sockets];
    };
    deepEqual(await statusOf(kim, kim.userId), [kim.userId, true, 2]);
    deepEqual(await statusOf(admin, kim.userId), [kim.userId, true, 2]);
    deepEqual(await statusOf(lee, lee.userId), [lee.userId, false, 0]);
  });
}

Deno.test("[V-16][V-17][T-V06] nobody else is told who is connected", async () => {
  await using app = await testApp();
  const [kim, lee, viewer] = [await person(app), await person(app), await person(app, "viewer")];
  for (const base of WEBSOCKET_PATHS) {
    for (const path of [`${base}/stats`, `${base}/user/${kim.userId}/status`]) {
      assertError(await lee.get(path), FOREIGN);
      assertError(await viewer.get(path), FOREIGN);
      assertError(await ask(app, path), { status: 401, code: "AUTH_FAILED" });
    }
  }
});

Deno.test("[V-14][T-V08] an administrator sends a person a test event, and nobody else hears it", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const [kim, lee, admin] = [await person(app), await person(app), await person(app, "admin")];
  await using his = ioClient(url, { auth: kim });
  await using hers = ioClient(url, { auth: lee });
  for (const client of [his, hers]) await client.next("connected");
  const send = (body: object) =>
    admin.send("POST", `${WEBSOCKET_PATHS[0]}/test/emit-to-user`, body);
  const message = "Hello from backend!";
  const { body } = await send({ userId: kim.userId, event: "test:message", message });
  deepEqual(body.data, { userId: kim.userId, events: ["test:message"], sockets: 1 });
  const { timestamp: _, ...heard } = await his.next("test:message");
  deepEqual(heard, { message, server: "test" });
  await send({ userId: kim.userId, event: "test:other", message });
  await his.settled();
  deepEqual(his.received.map(({ event }) => event), ["connected", "test:message", "test:other"]);
  await hers.settled();
  deepEqual(hers.received.map(({ event }) => event), ["connected"]);
  const elsewhere = await send({
    userId: "64a7b8c9d1e2f3g4h5i6j7k8",
    event: "test:message",
    message,
  });
  equal(elsewhere.body.data.sockets, 0);
  for (const event of ["notification:received", "disconnect", "test:", "test: a", "", 7]) {
    const refused = await send({ userId: kim.userId, event, message });
    assertError(refused, { ...BAD, field: "event" });
  }
  for (const userId of ["", "a b", "a".repeat(65), "../x"]) {
    const refused = await send({ userId, event: "test:message", message });
    assertError(refused, { ...BAD, field: "userId" });
  }
});

Deno.test("[V-15] an administrator plays an analysis to a person", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const [kim, lee, admin] = [await person(app), await person(app), await person(app, "admin")];
  await using his = ioClient(url, { auth: kim });
  await using hers = ioClient(url, { auth: lee });
  for (const client of [his, hers]) await client.next("connected");
  const path = `${WEBSOCKET_PATHS[1]}/test/analysis-events/${kim.userId}`;
  const interviewId = "64a7b8c9d1e2f3g4h5i6j7k8";
  equal((await admin.send("POST", path, { interviewId })).status, 200);
  const started = await his.next("analysis:started");
  deepEqual([started.interviewId, started.status, started.server], [
    interviewId,
    "processing",
    "test",
  ]);
  equal((await his.next("analysis:progress")).percent, 50);
  const completed = await his.next("analysis:completed");
  equal(completed.status, "completed");
  deepEqual(Object.keys(completed.analysis), ["summary", "analyzedAt", "fileSize"]);
  equal((await his.next("report:generated")).reportId, interviewId);
  equal((await admin.send("POST", path, { interviewId, outcome: "failed" })).status, 200);
  const failed = await his.next("analysis:failed");
  deepEqual([failed.status, failed.retryable, failed.error], ["failed", true, "A test"]);
  await hers.settled();
  deepEqual(hers.received.map(({ event }) => event), ["connected"]);
  assertError(await admin.send("POST", path, {}), { ...BAD, field: "interviewId" });
  assertError(await admin.send("POST", path, { interviewId, outcome: "lost" }), {
    ...BAD,
    field: "outcome",
  });
});

Deno.test("[T-V06] events for tests are for administrators, and in production not there unless set", async () => {
  const sent = async (env: Record<string, string>, role: "admin" | "user" | "operator") => {
    await using app = await testApp({ env });
    const who = await person(app, role);
    const body = { userId: who.userId, event: "test:a", message: "b", interviewId: "c" };
    const answers = [];
    for (const base of WEBSOCKET_PATHS) {
      for (const name of ["emit-to-user", `analysis-events/${who.userId}`]) {
        const path = `${base}/test/${name}`;
        answers.push((await who.send("POST", path, body)).status);
        assertError(await ask(app, path, post(body)), { status: 401, code: "AUTH_FAILED" });
      }
    }
    return [...new Set(answers)];
  };
  deepEqual(await sent({}, "admin"), [200]);
  deepEqual(await sent({}, "user"), [403]);
  deepEqual(await sent({}, "operator"), [403]);
  const production = { NODE_ENV: "production" };
  deepEqual(await sent(production, "admin"), [404]);
  deepEqual(await sent({ ...production, ENABLE_TEST_ENDPOINTS: "true" }, "admin"), [200]);
});
