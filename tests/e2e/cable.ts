import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";

/** The line between a kiosk and its server, which can be pulled out and put back. */
export interface Cable extends AsyncDisposable {
  /** Where the kiosk reaches the server. */
  readonly origin: string;
  /** Ends what goes through it, and lets nothing new through. */
  pull(): void;
  plug(): void;
}

export async function layCable(serverOrigin: string): Promise<Cable> {
  const { hostname, port } = new URL(serverOrigin);
  const ends = new Set<Socket>();
  let isPlugged = true;
  const proxy = createServer((client) => {
    // A server that is away ends the line too: `close` follows each error.
    if (!isPlugged) return void client.destroy();
    const server = createConnection({ host: hostname, port: Number(port) });
    for (const [end, other] of [[client, server], [server, client]]) {
      ends.add(end);
      end.on("error", () => {});
      end.on("close", () => {
        ends.delete(end);
        other.destroy();
      });
      end.pipe(other);
    }
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port");
  const pull = () => {
    isPlugged = false;
    for (const end of ends) end.destroy();
  };
  return {
    origin: `http://localhost:${address.port}`,
    pull,
    plug: () => void (isPlugged = true),
    async [Symbol.asyncDispose]() {
      proxy.close();
      pull();
      await once(proxy, "close");
    },
  };
}
