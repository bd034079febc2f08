import type { Connection, MissionFact } from "./schema.ts";

/** A connection is remembered for so long after its last sign of life (M-30, M-39). */
const CONNECTION_KEPT_MS = 3_600_000;

type FactOf<T extends MissionFact["type"]> = Extract<MissionFact, { type: T }>;

export function openedConnection(fact: FactOf<"missions.connected">): Connection {
  const { connectionId, tokenHash, at } = fact;
  return { connectionId, tokenHash, connectedAt: at, status: "active", ...seen(at) };
}

/** The end of a superseded connection says nothing about the one that took its place (T-M07). */
export function closedConnection(
  known: Connection | null,
  { connectionId, at }: FactOf<"missions.disconnected">,
): Connection | null {
  if (known?.connectionId !== connectionId) return known;
  return { ...known, ...seen(at), status: "disconnected" };
}

/** An event is a sign of life of the connection that it came by. */
export function heardConnection(known: Connection | null, at: number): Connection | null {
  return known?.status === "active" ? { ...known, ...seen(at) } : known;
}

/** The connection as long as it is remembered; the store may keep it longer. */
export function rememberedConnection(known: Connection | null, now: number): Connection | null {
  return known !== null && now < known.expiresAt ? known : null;
}

function seen(at: number) {
  return { lastHeartbeatAt: at, expiresAt: at + CONNECTION_KEPT_MS };
}
