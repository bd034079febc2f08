import assert from "node:assert/strict";
import { closeAccounts } from "../../../tools/torture/closing.ts";
import { playThrough } from "../../../tools/torture/crowd.ts";
import { testApp } from "../../support/test_app.ts";
import { startFakeServer } from "../simulate/fake_server.ts";
import { startRemotely } from "../../support/remote.ts";

const { signal } = new AbortController();
const options = { kiosks: 4, speed: 1000, signal };

Deno.test("a crowd finds what a server acknowledged and forgot", async () => {
  await using server = await startFakeServer({ forgets: "page_view" });
  const { account } = await playThrough({ ...options, url: server.url }, ({ hear }) => hear(50));
  assert.ok(account.lost > 0, JSON.stringify(account));
});

Deno.test("a crowd ends with what is done to the server, and tells when that fails", async () => {
  await using server = await startFakeServer();
  const stop = new AbortController();
  const playing = playThrough(
    { ...options, url: server.url, signal: stop.signal },
    async (crowd) => {
      await crowd.hear(20);
      throw new Error("It cannot be done");
    },
  );
  await assert.rejects(playing, /It cannot be done/);
  stop.abort();
});

Deno.test("the accounts are closed with an attempt that no client knows", async () => {
  await using app = await testApp({ env: { RATE_KIOSK_PER_MIN: "1000000" } });
  const url = await app.listen();
  const crowd = await playThrough({ ...options, url }, async ({ hear }) => {
    await hear(50);
    await startRemotely(url);
  });
  const { account, faults, notes } = await closeAccounts({
    url,
    parts: [crowd],
    notes: [],
    signal,
  });
  assert.equal(account.lost + account.doubled + account.strange, 0);
  assert.deepEqual(notes, [`${crowd.attempts} attempts`]);
  const [fault] = faults;
  assert.equal(fault, `${crowd.attempts + 1} attempts are stored, ${crowd.attempts} were started`);
});
