import { createDelivery } from "./delivery.ts";
import type { KioskOptions } from "./mod.ts";
import type { Net, Ports } from "./ports.ts";
import { type Command, createRegistry } from "./registry.ts";
import type { State } from "./state.ts";

export type CoreOptions = Omit<KioskOptions, "baseUrl">;

export interface LinkDeps {
  readonly ports: Ports;
  readonly state: State;
  /** Loads the page anew. */
  readonly reload: () => void;
  /** Something left the queue. */
  readonly onSettled: () => void;
  /** The status is another now. */
  readonly onChange: () => void;
}

export type Links = ReturnType<typeof createLinks>;

/** All that goes to the server: what the queue holds, and how the kiosk is. */
export function createLinks(options: CoreOptions, deps: LinkDeps) {
  const { ports, state, onChange } = deps;
  const { app, kioskKey, onMessage, page: path = ports.page.path } = options;
  const { queue, saving, tallies, offset, times, visit } = state;

  function obey(command: Command): void {
    if (command.name === "message") onMessage?.(command.text);
    else if (command.name === "reload") deps.reload();
  }

  const queued = () => queue.size.events;
  const names = { offset, app, obey };
  const registry = createRegistry({ ...ports, ...names, kioskKey, queued, path, onChange });
  const delivery = createDelivery({
    ...ports,
    ...names,
    queue,
    net: withKey(ports.net, registry.key),
    timeOf: times.of,
    running: visit.streaming,
    onSettled(count) {
      tallies.refused += count;
      deps.onSettled();
      void saving.save();
      if (queued() === 0) delivery.wake();
      onChange();
    },
    onConnection(connection) {
      if (connection === tallies.connection) return;
      tallies.connection = connection;
      onChange();
    },
  });
  return {
    registry,
    delivery,
    /** The network may be there again. */
    retry(): void {
      registry.wake();
      delivery.retry();
    },
  };
}

function withKey(net: Net, key: () => string | undefined): Net {
  return {
    ...net,
    post: (path, body, options) => net.post(path, body, { ...options, kioskKey: key() }),
  };
}
