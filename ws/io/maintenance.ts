import { type Clock, toIso } from "../../lib/clock.ts";
import type { Maintenance } from "../protocol.ts";
import type { IoNamespace, IoSocket } from "./types.ts";

export type MaintenanceInput = Pick<Maintenance, "enabled" | "message" | "until">;

/** Tells everybody when the server is under maintenance (V-13). Kept in memory: a start ends it. */
export interface MaintenanceMode {
  find(): Maintenance | null;
  set(maintenance: MaintenanceInput): void;
  /** Tells one who connects while it lasts. */
  greet(socket: IoSocket): void;
}

export interface MaintenanceDeps {
  readonly clock: Clock;
  readonly serverName: string;
  readonly namespaces: readonly IoNamespace[];
  /** Other processes are told as well. */
  readonly isShared: boolean;
}

export function createMaintenanceMode(deps: MaintenanceDeps): MaintenanceMode {
  const { clock, serverName: server, namespaces, isShared } = deps;
  const [root] = namespaces;
  let current: Maintenance | null = null;

  function keep(maintenance: Maintenance): void {
    current = maintenance.enabled ? maintenance : null;
  }

  if (isShared) root.on("maintenance", keep);
  return {
    find: () => current,
    set(input) {
      const maintenance = { ...input, timestamp: toIso(clock.now()), server };
      keep(maintenance);
      if (isShared) root.serverSideEmit("maintenance", maintenance);
      for (const namespace of namespaces) namespace.emit("maintenance:mode", maintenance);
    },
    greet(socket) {
      if (current !== null) socket.emit("maintenance:mode", current);
    },
  };
}
