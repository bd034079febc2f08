import type { Connection } from "./engine.ts";

/**
 * Connections that have not shown who they are, by address: so that no one can take all places. A
 * hall behind one address is not held up by it, its people have tokens.
 */
export interface Strangers {
  isTooMany(address: string): boolean;
  arrived(connection: Connection, address: string): void;
  /** It has shown who it is. */
  known(connection: Connection): void;
}

const MAX_PER_ADDRESS = 100;

export function createStrangers(): Strangers {
  const counts = new Map<string, number>();
  const addresses = new WeakMap<Connection, string>();

  function known(connection: Connection): void {
    const address = addresses.get(connection);
    if (address === undefined) return;
    addresses.delete(connection);
    const left = (counts.get(address) ?? 1) - 1;
    if (left > 0) counts.set(address, left);
    else counts.delete(address);
  }

  return {
    isTooMany: (address) => (counts.get(address) ?? 0) >= MAX_PER_ADDRESS,
    arrived(connection, address) {
      addresses.set(connection, address);
      counts.set(address, (counts.get(address) ?? 0) + 1);
      connection.once("close", () => known(connection));
    },
    known,
  };
}
