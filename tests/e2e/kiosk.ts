/** An event as the kiosk told it and as the pages have to show it. */
export interface Told {
  readonly eventType: string;
  readonly timestamp: string;
}

/** One visitor at a kiosk, over plain HTTP and WebSocket, that forgets nothing. */
export interface Kiosk {
  readonly attemptId: string;
  /** Every event, in order, whether or not it arrived yet. */
  readonly told: readonly Told[];
  /** Sends if there is a connection; keeps until it is acknowledged. */
  tell(eventType: string, data?: Record<string, unknown>): void;
  /** Resolves when the server has acknowledged everything that was told. */
  settled(): Promise<void>;
  /** A new connection, after the server was away; sends again what was not acknowledged. */
  reconnect(): Promise<void>;
  leave(): Promise<void>;
}

const DEADLINE_MS = 10_000;

export async function startAttempt(
  origin: string,
  missionType: "portfolio" | "vocabulary",
): Promise<Kiosk> {
  const { attemptId, wsToken } = await start(origin, missionType);
  const query = new URLSearchParams({ attemptId, token: wsToken });
  const url = `${origin.replace("http", "ws")}/ws?${query}`;
  const told: Told[] = [];
  const waiting = new Map<string, Record<string, unknown>>();
  let seq = 0;
  let lastAt = 0;
  let socket = await connect(url);
  listen();

  function listen(): void {
    socket.addEventListener("message", ({ data }) => {
      const { type, clientEventId } = JSON.parse(data);
      if (type === "event_ack") waiting.delete(clientEventId);
      if (type === "error") console.error(`    kiosk was told: ${data}`);
    });
  }

  return {
    attemptId,
    told,
    tell(eventType, data = {}) {
      // No two at the same moment: the time then names the event in the lists of the pages.
      lastAt = Math.max(lastAt + 1, Date.now());
      const timestamp = new Date(lastAt).toISOString();
      const clientEventId = crypto.randomUUID();
      const event = { eventType, timestamp, data, clientEventId, seq: ++seq };
      told.push({ eventType, timestamp });
      waiting.set(clientEventId, event);
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(event));
    },
    settled: () =>
      inTime("acknowledgements", (done) => {
        const check = () => waiting.size === 0 && done();
        socket.addEventListener("message", check);
        check();
      }),
    async reconnect() {
      socket = await connect(url);
      listen();
      for (const event of waiting.values()) socket.send(JSON.stringify(event));
    },
    async leave() {
      if (socket.readyState === WebSocket.CLOSED) return;
      await inTime("the end of a connection", (done) => {
        socket.addEventListener("close", () => done());
        socket.close();
      });
    },
  };
}

async function start(origin: string, missionType: string) {
  const response = await fetch(`${origin}/api/missions/start`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      sessionId: crypto.randomUUID(),
      missionType,
      timestamp: new Date().toISOString(),
    }),
  });
  const { data } = await response.json();
  if (response.status !== 201) throw new Error(`Start failed with ${response.status}`);
  return data as { readonly attemptId: string; readonly wsToken: string };
}

async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await inTime("a connection", (done, fail) => {
    socket.addEventListener("open", () => done());
    socket.addEventListener("error", () => fail(new Error("The connection was refused")));
  });
  return socket;
}

/** Fails when it is not done by the deadline. */
async function inTime(
  what: string,
  begin: (done: () => void, fail: (error: Error) => void) => void,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`It took too long: ${what}`)), DEADLINE_MS);
      begin(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
  }
}
