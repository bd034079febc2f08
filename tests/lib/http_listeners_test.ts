import { equal } from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { createHttpListeners } from "../../lib/http_listeners.ts";
import { openRaw, type RawConnection } from "../support/raw_socket.ts";

const REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
const NO_HTTP = "\x16\x03 no HTTP\r\n\r\n";
const REFUSAL = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n";

/** A server whose requests are all answered in one way. */
async function serve(answer: (response: ServerResponse) => void) {
  const listeners = createHttpListeners({
    onRequest: (_request, response) => answer(response),
    takesUpgrade: () => false,
    onUpgrade: (_request, stream) => void stream.destroy(),
    onBadRequest: (_error, stream) => void stream.end(REFUSAL),
  });
  const port = await listeners.listen(0);
  return {
    base: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = listeners.close();
      listeners.cutOff();
      await closed;
    },
  };
}

/** An answer may come in pieces. */
async function readTo(raw: RawConnection, last: string): Promise<void> {
  const decoder = new TextDecoder();
  for (let text = ""; !text.includes(last);) {
    const piece = await raw.read();
    if (piece === null) throw new Error(`The server closed before "${last}": ${text}`);
    text += decoder.decode(piece, { stream: true });
  }
}

Deno.test("[M-62] bytes that are not HTTP end a streamed answer, and nothing is written into it", async () => {
  await using server = await serve((response) => void response.write("first part"));
  using raw = await openRaw(server.base);
  await raw.write(REQUEST);
  await readTo(raw, "first part\r\n");
  await raw.write(NO_HTTP);
  equal(await raw.readAll(), "");
});

Deno.test("[M-62] bytes that are not HTTP after a whole answer are told so", async () => {
  await using server = await serve((response) => void response.end("all of it"));
  using raw = await openRaw(server.base);
  await raw.write(REQUEST);
  await readTo(raw, "all of it");
  await raw.write(NO_HTTP);
  equal(await raw.readAll(), REFUSAL);
});
