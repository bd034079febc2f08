/** A visitor who sends when told to, and says of each event when it was acknowledged. */
export interface Visitor {
  send(): void;
  /** Resolves when everything is acknowledged, and leaves. */
  leave(): Promise<void>;
}

/** @param onAck told of an acknowledged event as `attemptId timestamp` */
export async function startVisitor(
  url: string,
  onAck: (event: string) => void,
): Promise<Visitor> {
  const response = await fetch(`${url}/api/missions/start`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      sessionId: crypto.randomUUID(),
      missionType: "vocabulary",
      timestamp: new Date().toISOString(),
    }),
  });
  const { data: { attemptId, wsToken } } = await response.json();
  const query = new URLSearchParams({ attemptId, token: wsToken });
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws?${query}`);
  const waiting = new Map<string, string>();
  const settled = Promise.withResolvers<void>();
  let leaving = false;
  let lastAt = 0;
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  socket.onmessage = ({ data }) => {
    const { type, clientEventId } = JSON.parse(data);
    if (type === "error") throw new Error(data);
    const timestamp = waiting.get(clientEventId);
    if (timestamp === undefined) return;
    waiting.delete(clientEventId);
    onAck(`${attemptId} ${timestamp}`);
    if (leaving && waiting.size === 0) settled.resolve();
  };
  return {
    send() {
      // No two at the same moment: the time names the event on the page.
      lastAt = Math.max(lastAt + 1, Date.now());
      const timestamp = new Date(lastAt).toISOString();
      const clientEventId = crypto.randomUUID();
      waiting.set(clientEventId, timestamp);
      const eventType = "button_clicked";
      const data = { buttonText: "다음", variant: "primary", page: "/home" };
      socket.send(JSON.stringify({ eventType, timestamp, clientEventId, data }));
    },
    async leave() {
      leaving = true;
      if (waiting.size > 0) await settled.promise;
      socket.close();
    },
  };
}
