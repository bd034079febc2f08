import { io, type Socket } from "socket.io-client";
import type { ApiOptions } from "./api.ts";

/** One connection for a page, however many parts of it listen (document 3, L-30). */
export interface SocketService {
  /** Connects as the person of the token, or gives the connection that there is. */
  initializeSocket(userId: string): Socket;
  getSocket(): Socket | null;
  disconnectSocket(): void;
  /**
   * Listens, on this connection and on those that follow; the result stops it. Beside what the
   * server tells there are `connect`, `disconnect` and `connect_error`.
   */
  on<T>(event: string, listener: (payload: T) => void): () => void;
  off<T>(event: string, listener: (payload: T) => void): void;
  emit(event: string, ...payload: unknown[]): void;
}

export function createSocketService({ baseUrl, token }: ApiOptions): SocketService {
  let socket: Socket | null = null;
  /** Of one person: another signs in on a new connection. */
  let owner: string | null = null;
  const listeners = new Map<string, Set<(payload: never) => void>>();

  function tell(event: string, payload?: unknown): void {
    for (const listener of listeners.get(event) ?? []) listener(payload as never);
  }

  function disconnectSocket(): void {
    socket?.disconnect();
    socket = null;
    owner = null;
  }

  function connect(userId: string): Socket {
    const connected = io(baseUrl ?? location.origin, {
      // Asked again at each try: the token of the first one has ended by then.
      auth: (give) => void Promise.resolve(token()).then((it) => give({ token: it })),
      forceNew: true,
    });
    connected.on("connect", () => {
      connected.emit("user:login", userId);
      tell("connect");
    });
    connected.on("disconnect", (reason) => tell("disconnect", reason));
    connected.on("connect_error", (error) => tell("connect_error", error));
    connected.onAny(tell);
    return connected;
  }

  function off<T>(event: string, listener: (payload: T) => void): void {
    listeners.get(event)?.delete(listener);
  }

  return {
    initializeSocket(userId) {
      if (owner !== userId) disconnectSocket();
      owner = userId;
      return socket ??= connect(userId);
    },
    getSocket: () => socket,
    disconnectSocket,
    on(event, listener) {
      const some = listeners.get(event) ?? new Set();
      listeners.set(event, some.add(listener));
      return () => off(event, listener);
    },
    off,
    emit: (event, ...payload) => void socket?.emit(event, ...payload),
  };
}
