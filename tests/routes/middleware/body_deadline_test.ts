import assert from "node:assert/strict";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { bodyDeadline } from "../../../routes/middleware/body_deadline.ts";
import type { AppEnv } from "../../../routes/middleware/context.ts";
import { turn } from "../../support/eventually.ts";

/** A server whose bodies have so many milliseconds; gives its port. */
async function serve(deadlineMs: number) {
  const app = new Hono<AppEnv>();
  app.onError((_error, c) => c.text("broken off", 500));
  app.use("*", bodyDeadline(deadlineMs));
  app.post("/", async (c) => c.text(await c.req.text()));
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  const port = await new Promise<number>((resolve) => {
    server.listen(0, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  return {
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readAll(connection: Deno.TcpConn): Promise<string> {
  try {
    return await new Response(connection.readable).text();
  } catch {
    return "reset";
  }
}

Deno.test("who does not get a body through in time is hung up on", async () => {
  await using server = await serve(100);
  const connection = await Deno.connect({ port: server.port });
  const head = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhalf";
  await connection.write(new TextEncoder().encode(head));
  assert.doesNotMatch(await readAll(connection), /200 OK/);
  // The server looks twice more whether something is left of the request.
  for (let i = 0; i < 3; i++) await turn();
});

Deno.test("a body that comes in time is served", async () => {
  await using server = await serve(5_000);
  const response = await fetch(`http://127.0.0.1:${server.port}/`, {
    method: "POST",
    body: "whole",
  });
  assert.equal(await response.text(), "whole");
});
