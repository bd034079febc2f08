import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { AppError } from "../lib/errors.ts";
import { renderError } from "../routes/middleware/errors.ts";
import { createSocketServer, refuseUpgrade } from "../ws/server.ts";
import type { Base } from "./base.ts";
import type { Domains } from "./domains.ts";

/** Everything that takes a connection over from HTTP. */
export function composeSockets(base: Base, { missions }: Domains) {
  const { config, clock, ids, tokens, hub, observation } = base;
  const toHttp = (error: AppError) => {
    const { status, headers, body } = renderError(error, ids.request(), clock.now());
    return { status, headers, body: JSON.stringify(body) };
  };
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
    upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
      if (pathOf(request) === "/ws") missionSockets.upgrade(request, stream, head);
      else refuseUpgrade(stream, toHttp(new AppError("NOT_FOUND", "No socket at this address")));
    },
    close: missionSockets.close,
  };
}

function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?", 1)[0].replace(/\/$/, "");
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(",") : value;
}
