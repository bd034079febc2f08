import assert from "node:assert/strict";
import { ioClient } from "../../support/io_client.ts";
import { person } from "../../support/person.ts";
import { testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

Deno.test("[T-M16] who has signed out is hung up on, in every namespace, others are not", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const [leaving, staying] = [await person(app, "viewer"), await person(app, "viewer")];
  await using first = ioClient(url, { auth: leaving });
  await using second = ioClient(`${url}/ws/metrics`, { auth: leaving });
  await using other = ioClient(url, { auth: staying });
  await using nobody = ioClient(url);
  for (const client of [first, second, other, nobody]) await client.next("connected");
  const gone = [first, second].map((client) => client.gone());
  await app.docent.socketIo.recheck();
  assert.equal((await leaving.send("POST", "/api/auth/logout", {})).status, 200);
  await app.docent.socketIo.recheck();
  assert.deepEqual(await Promise.all(gone), Array(2).fill("io server disconnect"));
  for (const client of [first, second]) {
    const error = await client.next("error");
    assert.deepEqual([error.code, error.message], ["AUTH_FAILED", "Session has ended"]);
  }
  for (const client of [other, nobody]) await client.settled();
});

Deno.test("[T-M16][X-10] who gets another role is hung up on, and comes back with it", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const someone = await person(app, "viewer");
  await using client = ioClient(url, { auth: someone });
  await client.next("connected");
  const gone = client.gone();
  const { accounts } = app.docent.auth;
  await accounts.update(someone.userId, (account) => ({ ...account, role: "user" }));
  await app.docent.socketIo.recheck();
  await gone;
  await using again = ioClient(url, { auth: someone });
  const answer = await again.ask("join", "admin_monitor");
  assert.equal(!answer.success && answer.error.code, "FORBIDDEN");
});

Deno.test("[T-M06] a socket outlives its token, and ends with its session", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock }, env: { JWT_EXPIRES_IN: "1h" } });
  const { userId, token } = await person(app);
  await using client = ioClient(await app.listen(), { auth: { token } });
  await client.next("connected");
  const { session } = await app.docent.auth.signIn(
    (await app.docent.auth.accounts.find(userId))!,
    { userAgent: "", address: "", ttlSec: 86_400 },
  );
  const shortLived = await app.docent.tokens.signLogin(session, 900);
  await using other = ioClient(await app.listen(), { auth: { token: shortLived } });
  await other.next("connected");
  clock.advance(3_599_000);
  await app.docent.socketIo.recheck();
  for (const it of [client, other]) await it.settled();
  const gone = client.gone();
  clock.advance(1_000);
  await app.docent.socketIo.recheck();
  await gone;
  await other.settled();
});
