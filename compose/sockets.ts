import type { IncomingMessage } from "node:http";
import { createSocketServer } from "../ws/server.ts";
import type { Base } from "./base.ts";
import type { Domains } from "./domains.ts";
import type { Refusals } from "./refusals.ts";

/** Everything that takes a connection over from HTTP. */
export function composeSockets(base: Base, { missions }: Domains, { toHttp }: Refusals) {
  const { config, clock, ids, tokens, hub, observation } = base;
  const missionSockets = createSocketServer({
    clock,
    ids,
    tokens,
    missions,
    hub,
    limits: config.limits,
    events: { perSec: config.limits.eventsPerSec, burst: config.limits.eventBurst },
    addressOf: ({ socket, headers }) =>
      base.addresses.clientOf(socket.remoteAddress, headerText(headers["x-forwarded-for"])),
    kioskOf: (key) => key === null ? null : config.auth.kioskKeys.get(key) ?? null,
    toHttp,
    onMessage: observation.message,
    onFault: base.fault("Message could not be processed"),
  });
  return {
    /** Whether there is a socket at the address of an upgrade request. */
    takes: (request: IncomingMessage) => pathOf(request) === "/ws",
    upgrade: missionSockets.upgrade,
    close: missionSockets.close,
  };
}

function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?", 1)[0].replace(/\/$/, "");
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(",") : value;
}
