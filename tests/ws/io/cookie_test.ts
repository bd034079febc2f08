import assert from "node:assert/strict";
import { openBrowser } from "../../support/browser.ts";
import { ioClient } from "../../support/io_client.ts";
import { type TestApp, testApp } from "../../support/test_app.ts";

const ALLOWED = "https://app.example";

/** Who the server takes somebody for who sends the administrator's cookie from a page. */
async function userIdFrom(app: TestApp, origin: string | null): Promise<string | null> {
  const browser = openBrowser(app);
  await browser.signIn();
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  await using client = ioClient(await app.listen(), {
    transports: ["websocket"],
    extraHeaders: { cookie, ...(origin === null ? {} : { origin }) },
  });
  await client.connected();
  return (await client.next("connected")).userId;
}

Deno.test("[T-M16][M-46] a browser's session is taken from our own pages and from origins that are named", async () => {
  await using app = await testApp({ env: { ALLOWED_ORIGINS: ALLOWED } });
  for (const origin of [await app.listen(), ALLOWED, null]) {
    assert.match(await userIdFrom(app, origin) ?? "", /^user_\d+$/, String(origin));
  }
});

Deno.test("[T-M16] a foreign page that makes a browser connect gets nobody's socket", async () => {
  await using app = await testApp({ env: { ALLOWED_ORIGINS: ALLOWED } });
  for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1"]) {
    assert.equal(await userIdFrom(app, origin), null, origin);
  }
});

Deno.test("[T-M16] a cookie of no session is nobody's", async () => {
  await using app = await testApp();
  for (const cookie of ["docent=garbage", "docent=session_1.secret", "other=1", "docent="]) {
    await using client = ioClient(await app.listen(), { extraHeaders: { cookie } });
    await client.connected();
    assert.equal((await client.next("connected")).userId, null);
  }
});
