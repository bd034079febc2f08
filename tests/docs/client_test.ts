import assert from "node:assert/strict";
import { readFile } from "../../tools/files.ts";

Deno.test("[V-23] docs/client.md says how to look into a connection, and what nginx needs", async () => {
  const page = await readFile("docs/client.md");
  for (
    const line of [
      'localStorage.debug = "socket.io-client:socket"',
      "proxy_http_version 1.1;",
      "proxy_set_header Upgrade $http_upgrade;",
      'proxy_set_header Connection "upgrade";',
    ]
  ) {
    assert.ok(page.includes(line), line);
  }
});
