import assert from "node:assert/strict";
import { assertError } from "../support/http.ts";
import { askRaw } from "../support/raw_socket.ts";
import { testApp } from "../support/test_app.ts";

function request(line: string, ...headers: string[]): string {
  return [line, ...headers, "Connection: close", "", ""].join("\r\n");
}

const BAD_REQUESTS: Readonly<Record<string, string>> = {
  "no host": request("GET /health HTTP/1.1"),
  "an empty host": request("GET /health HTTP/1.1", "Host:"),
  "a host of two words": request("GET /health HTTP/1.1", "Host: a b"),
  "a host with a path": request("GET /health HTTP/1.1", "Host: a/b"),
  "a host with a user": request("GET /health HTTP/1.1", "Host: root@localhost"),
  "a host with half an address": request("GET /health HTTP/1.1", "Host: [::1"),
  "a port that is none": request("GET /health HTTP/1.1", "Host: localhost:99999"),
  "a control character in the host": request("GET /health HTTP/1.1", "Host: a\x01b"),
  "an absolute target that is none": request("GET http://[ HTTP/1.1", "Host: localhost"),
  "a target without a slash": request("GET health HTTP/1.1", "Host: localhost"),
  "a header of two words": request("GET /health HTTP/1.1", "Host: localhost", "Bad Header: x"),
  "two lengths": request(
    "POST /api/missions/start HTTP/1.1",
    "Host: localhost",
    "Content-Length: 2",
    "Transfer-Encoding: chunked",
  ),
  "no HTTP at all": "hello\r\n\r\n",
};

Deno.test("[M-62] what is malformed before it comes to a route gets the one form of errors", async (t) => {
  await using app = await testApp();
  const base = await app.listen();
  for (const [name, bytes] of Object.entries(BAD_REQUESTS)) {
    await t.step(name, async () => {
      const answer = await askRaw(base, bytes);
      const body = JSON.parse(answer.body);
      assertError({ ...answer, body }, { status: 400, code: "VALIDATION_ERROR" });
    });
  }
});

Deno.test("[M-62] hosts in all their forms are served", async () => {
  await using app = await testApp();
  const base = await app.listen();
  for (const host of ["localhost", "LOCALHOST:3000", "127.0.0.1:1", "[::1]:3000", "a.example."]) {
    const answer = await askRaw(base, request("GET /health HTTP/1.1", `Host: ${host}`));
    assert.equal(answer.status, 200, host);
  }
});

Deno.test("[M-21] an upgrade that is not known is ignored, and the request served", async () => {
  await using app = await testApp();
  const base = await app.listen();
  const headers = ["Host: localhost", "HTTP2-Settings: AAMAAABkAAQAAP__"];
  for (const upgrade of ["h2c", "websocket", "TLS/1.0, HTTP/2.0", "nonsense"]) {
    const upgrading = [...headers, "Connection: Upgrade, HTTP2-Settings", `Upgrade: ${upgrade}`];
    const answer = await askRaw(base, request("GET /health HTTP/1.1", ...upgrading));
    assert.equal(answer.status, 200, upgrade);
    assert.equal(JSON.parse(answer.body).status, "ok");

    const body = "{}";
    const length = `Content-Length: ${body.length}`;
    const type = "Content-Type: application/json";
    const line = "POST /api/missions/start HTTP/1.1";
    const posted = await askRaw(base, request(line, ...upgrading, length, type) + body);
    assertError({ ...posted, body: JSON.parse(posted.body) }, {
      status: 400,
      code: "VALIDATION_ERROR",
      field: "sessionId",
    });
  }
});
