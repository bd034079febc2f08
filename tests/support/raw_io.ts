// @ts-types="@types/ws"
import { WebSocket } from "ws";
import { inTime } from "../../tools/in_time.ts";

/** Engine.IO over a WebSocket by hand: packets as text, right or wrong. */
export interface RawIo {
  /** Every packet that came, with its type in front. */
  readonly packets: readonly string[];
  /** Sends a Socket.IO packet. */
  send(packet: string): void;
  /** Sends an Engine.IO packet, or binary data, as it is. */
  sendRaw(packet: string | Uint8Array): void;
  /** Sends pings of the WebSocket protocol, and waits for as many answers as are wanted. */
  ping(count: number, wanted: number): Promise<void>;
  /** Reads no more. */
  pause(): void;
  closeCode(): Promise<number>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Opens a connection, and the default namespace with what is given as `auth`; null opens none.
 * Fails with the HTTP status when it is refused.
 */
export async function openIo(url: string, auth: unknown = {}): Promise<RawIo> {
  const ws = new WebSocket(`${url}/socket.io/?EIO=4&transport=websocket`.replace("http", "ws"));
  const packets: string[] = [];
  const closed = new Promise<number>((resolve) => ws.on("close", resolve));
  await inTime(
    new Promise<void>((resolve, reject) => {
      ws.on("unexpected-response", (_request: unknown, response: { statusCode?: number }) => {
        reject(new Error(`Refused with ${response.statusCode}`));
        ws.terminate();
      });
      ws.once("error", reject);
      ws.on("message", (data: unknown) => {
        const packet = String(data);
        packets.push(packet);
        if (packet.startsWith("0") && auth !== null) ws.send(`40${JSON.stringify(auth)}`);
        if (packet.startsWith(auth === null ? "0" : "4")) resolve();
        if (packet === "2") ws.send("3");
      });
    }),
    "an answer to the handshake",
  );
  ws.on("error", () => {});

  async function close(): Promise<void> {
    // One that is paused would not see the other side close.
    ws.terminate();
    await closed;
  }

  return {
    packets,
    send: (packet) => ws.send(`4${packet}`),
    sendRaw: (packet) => ws.send(packet),
    async ping(count, wanted) {
      let pongs = 0;
      const answered = new Promise<void>((resolve) => {
        ws.on("pong", () => {
          if (++pongs === wanted) resolve();
        });
      });
      for (let i = 0; i < count; i++) ws.ping();
      await inTime(answered, "answers to the pings");
    },
    pause: () => ws.pause(),
    closeCode: () => inTime(closed, "the server hangs up"),
    close,
    [Symbol.asyncDispose]: close,
  };
}
