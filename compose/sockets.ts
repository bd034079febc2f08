import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { createFailures } from "../ws/failures.ts";
import { createSocketIo, type SocketIo } from "../ws/io/mod.ts";
import { createReconnects } from "../ws/reconnects.ts";
import { createSocketServer } from "../ws/server.ts";
import type { Base } from "./base.ts";
import type { Domains } from "./domains.ts";
import type { Refusals } from "./refusals.ts";
import { socketIdentities } from "./socket_identities.ts";

export type Sockets = ReturnType<typeof composeSockets>;

/** Everything that takes a connection over from HTTP. */
export function composeSockets(base: Base, domains: Domains, { toHttp }: Refusals) {
  const { hub, observation } = base;
  const connections = (): number => hub.count() + socketIo.connections();
  const shared = { ...sharedOf(base, connections), toHttp };
  const missionSockets = createSocketServer({
    ...base,
    ...shared,
    missions: domains.missions,
    countReconnect: createReconnects(base.clock, base.config.limits.reconnectsPerMin),
    kioskOf: (key) => key === null ? null : domains.kiosks.recognise(key),
    openLine: domains.kiosks.openLine,
    onMessage: observation.message,
  });
  const socketIo: SocketIo = createSocketIo({ ...shared, ...socketIoOf(base, domains) });
  observation.gauge(
    "docent_socket_io_connections",
    "Open connections of Socket.IO",
    socketIo.connections,
  );
  return {
    socketIo,
    /** Of any kind. */
    connections,
    /** Whether there is a socket at the address of an upgrade request. */
    takes: (request: IncomingMessage) => socketIo.takes(request) || isForMissions(request),
    upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
      if (isForMissions(request)) missionSockets.upgrade(request, stream, head);
      else socketIo.upgrade(request, stream, head);
    },
    /** Of the missions; Socket.IO has one of its own. */
    async shutDown(): Promise<void> {
      await hub.shutDown();
      missionSockets.close();
    },
  };
}

/** The bounds that hold for a connection of either kind. */
function sharedOf(
  { config: { limits }, clock, addresses, fault }: Base,
  connections: () => number,
) {
  return {
    clock,
    events: { perSec: limits.eventsPerSec, burst: limits.eventBurst },
    countFailure: createFailures(clock, limits.failedConnectionsPerMin),
    isFull: () => connections() >= limits.maxConnections,
    addressOf: ({ socket, headers }: IncomingMessage) =>
      addresses.clientOf(socket.remoteAddress, headerText(headers["x-forwarded-for"])),
    onFault: fault("Message could not be processed"),
  };
}

function socketIoOf({ config, logger, observation, apiKeys }: Base, domains: Domains) {
  return {
    ...config.socketIo,
    ...socketIdentities({
      auth: domains.auth,
      apiKeys,
      secure: config.profile === "production",
    }),
    serverName: config.profile,
    allowedOrigins: config.http.allowedOrigins,
    missions: domains.missions.eventStream,
    metrics: domains.metrics,
    people: domains.people,
    interviews: domains.interviews,
    publicActivities: config.people.publicActivities,
    onRedis(isUp: boolean, reason?: unknown) {
      if (isUp) logger.info("Redis is reached, rooms are shared");
      else logger.warn("Redis is not reached, rooms are this process's own", { reason });
    },
    onEvent: observation.socketEvent,
    onCut: ({ reason }: { readonly reason: string }) => observation.socketCut(reason),
  };
}

function isForMissions({ url = "/" }: IncomingMessage): boolean {
  return url.split("?", 1)[0].replace(/\/$/, "") === "/ws";
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(",") : value;
}
