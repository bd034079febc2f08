import assert from "node:assert/strict";
import { apiKey } from "../../support/api_key.ts";
import { failingKv } from "../../support/failing_kv.ts";
import { ioClient, type IoOptions } from "../../support/io_client.ts";
import { rememberingLogger } from "../../support/remembering_logger.ts";
import { testApp } from "../../support/test_app.ts";

Deno.test("[T-E06][E-02] tokens and keys stay out of the log, wherever they stand and whatever fails", async () => {
  using real = await Deno.openKv(":memory:");
  const store = failingKv(real);
  const { logger, lines } = rememberingLogger();
  await using app = await testApp({ parts: { kv: store.kv, logger } });
  const url = await app.listen();
  const login = await app.adminToken();
  const { "x-api-key": key } = await apiKey(app, "metrics:read");
  const attempts = async () => {
    for (const token of [login, key, "a-wrong-token"]) {
      const ways: IoOptions[] = [
        { query: { token } },
        { auth: { token } },
        { extraHeaders: { Authorization: `Bearer ${token}` } },
      ];
      for (const options of ways) {
        await using client = ioClient(`${url}/ws/metrics`, options);
        await client.connected().catch(() => {});
      }
    }
  };
  await attempts();
  store.breakDown("all");
  await attempts();
  store.mend();
  assert.ok(lines.length >= 3, "faults are logged");
  for (const text of lines) {
    for (const secret of [login, key, "a-wrong-token"]) {
      assert.ok(!text.includes(secret), `a secret is in: ${text}`);
    }
  }
});
