import { createConnection, createServer, type Socket } from "node:net";
import { once } from "node:events";

export interface LineOptions {
  /** Where the server listens. */
  readonly url: string;
  /**
   * Looks at each piece that the server sends. False lets the line break instead, for both ends;
   * all may pass unless told.
   */
  readonly mayPass?: (text: string) => boolean;
}

/** A line to a server that breaks: a proxy on a port of its own. */
export interface BadLine extends AsyncDisposable {
  /** Where the clients connect to. */
  readonly url: string;
  /** Cuts off all clients at once, which the server is not told. Gives how many there were. */
  cutClients(): number;
}

export async function openBadLine(
  { url, mayPass = () => true }: LineOptions,
): Promise<BadLine> {
  const { hostname, port } = new URL(url);
  /** The server's end of each client's line. */
  const lines = new Map<Socket, Socket>();
  const ends = new Set<Socket>();

  function keep(end: Socket): void {
    ends.add(end);
    end.on("close", () => ends.delete(end));
    // A line that breaks is what this is for; `close` follows.
    end.on("error", () => {});
  }

  const proxy = createServer((client) => {
    const server = createConnection({ host: hostname, port: Number(port) });
    [client, server].forEach(keep);
    lines.set(client, server);
    client.pipe(server);
    server.on("data", (bytes) => {
      if (mayPass(bytes.toString())) client.write(bytes);
      else client.destroy();
    });
    server.on("close", () => client.destroy());
    client.on("close", () => {
      if (lines.delete(client)) server.destroy();
    });
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("Proxy has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    cutClients() {
      const clients = [...lines.keys()];
      for (const client of clients) {
        client.unpipe();
        lines.delete(client);
        client.destroy();
      }
      return clients.length;
    },
    async [Symbol.asyncDispose]() {
      proxy.close();
      for (const end of ends) end.destroy();
      await once(proxy, "close");
    },
  };
}
