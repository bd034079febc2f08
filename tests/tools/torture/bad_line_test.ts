import assert from "node:assert/strict";
import { openBadLine } from "../../../tools/torture/bad_line.ts";
import { eventually } from "../../support/eventually.ts";

/** A server that says what it is told, and knows who is connected. */
function startEcho() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const serving = (async () => {
    for await (const conn of listener) {
      open.add(conn);
      conn.readable.pipeTo(conn.writable).catch(() => {}).finally(() => open.delete(conn));
    }
  })();
  return {
    url: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    open,
    async [Symbol.asyncDispose]() {
      listener.close();
      await serving;
    },
  };
}

async function connectTo(url: string) {
  const conn = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
  /** What comes back; null when the line is cut. */
  const ask = async (text: string) => {
    await conn.write(new TextEncoder().encode(text));
    const buffer = new Uint8Array(100);
    const count = await conn.read(buffer).catch(() => null);
    return count === null ? null : new TextDecoder().decode(buffer.subarray(0, count));
  };
  return { ask, [Symbol.dispose]: () => conn.close() };
}

Deno.test("a line carries both ways, and breaks for both where an answer may not pass", async () => {
  await using echo = startEcho();
  await using line = await openBadLine({ url: echo.url, mayPass: (text) => text !== "lost" });
  using client = await connectTo(line.url);
  assert.equal(await client.ask("here"), "here");
  assert.equal(await client.ask("lost"), null);
  await eventually(() => echo.open.size === 0, "the server has been told");
});

Deno.test("clients are cut off at once, and the server does not know", async () => {
  await using echo = startEcho();
  await using line = await openBadLine({ url: echo.url });
  using first = await connectTo(line.url);
  using second = await connectTo(line.url);
  assert.deepEqual(await Promise.all([first.ask("1"), second.ask("2")]), ["1", "2"]);
  assert.equal(line.cutClients(), 2);
  assert.deepEqual(await Promise.all([first.ask("1"), second.ask("2")]), [null, null]);
  assert.equal(echo.open.size, 2);
  using third = await connectTo(line.url);
  assert.equal(await third.ask("3"), "3");
});
