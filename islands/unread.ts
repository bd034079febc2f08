import type { Socket } from "socket.io-client";
import type { FeedChange } from "../lib/people/view.ts";
import type { Answer } from "../ws/protocol.ts";

/** What is used of a socket. */
export type UnreadSocket = Pick<Socket, "on" | "off" | "emit">;

/**
 * Tells how many notifications of who is signed in are unread, now and at each change. The number
 * always comes from the server, so nothing that was missed makes it wrong. The result ends it.
 */
export function followUnread(socket: UnreadSocket, tell: (unread: number) => void): () => void {
  const ask = () => {
    socket.emit("data:request", REQUEST, (answer: Answer<{ unreadCount: number }>) => {
      if (answer.success) tell(answer.data.unreadCount);
    });
  };
  const take = ({ unreadCount }: FeedChange) => tell(unreadCount);
  socket.on("connect", ask);
  socket.on("notification:received", ask);
  socket.on("notifications:changed", take);
  return () => {
    socket.off("connect", ask);
    socket.off("notification:received", ask);
    socket.off("notifications:changed", take);
  };
}

const REQUEST = { name: "notifications", limit: 1 };

/** Of the page's own cookie. The library is loaded here, once the page stands. */
export async function connectUnread(
  tell: (unread: number) => void,
  ended: AbortSignal,
): Promise<void> {
  const { io } = await import("socket.io-client");
  if (ended.aborted) return;
  const socket = io({ transports: ["websocket", "polling"], reconnectionDelayMax: 30_000 });
  const stop = followUnread(socket, tell);
  ended.addEventListener("abort", () => {
    stop();
    socket.disconnect();
  });
  // A page that the browser keeps for "back" must not hold a connection.
  const options = { signal: ended };
  addEventListener("pagehide", () => void socket.disconnect(), options);
  addEventListener("pageshow", ({ persisted }) => void (persisted && socket.connect()), options);
}
