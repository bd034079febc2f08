import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Tells a peer's address, seeing through the proxies that are trusted (T-M17). */
export interface Addresses {
  /**
   * @param peer address of the TCP connection
   * @param forwarded the `X-Forwarded-For` header, if any
   */
  clientOf(peer: string | undefined, forwarded: string | undefined): string;
  /** Whether a header of the request was written by a proxy that is trusted. */
  isProxied(peer: string | undefined): boolean;
  /** Whether a request comes from this machine itself and was not passed on by a proxy. */
  isLocal(peer: string | undefined, forwarded: string | undefined): boolean;
}

/**
 * @param trusted addresses or subnets such as `10.0.0.0/8`
 * @throws Error for one that is neither
 */
export function createAddresses(trusted: readonly string[]): Addresses {
  const proxies = new BlockList();
  for (const entry of trusted) {
    const subnet = parseSubnet(entry);
    if (subnet === null) throw new Error("Trusted proxies must be addresses or subnets");
    proxies.addSubnet(subnet.address, subnet.bits, subnet.family);
  }

  function isTrusted(address: string): boolean {
    if (isIPv4(address)) return proxies.check(address, "ipv4");
    return isIPv6(address) && proxies.check(address, "ipv6");
  }

  return {
    clientOf(peer, forwarded) {
      let client = plain(peer ?? "unknown");
      // From the nearest hop outwards, as long as the hop before is one of ours.
      for (const hop of (forwarded ?? "").split(",").reverse()) {
        const address = plain(hop.trim());
        if (!isTrusted(client) || (!isIPv4(address) && !isIPv6(address))) break;
        client = address;
      }
      return client;
    },
    isProxied: (peer) => isTrusted(plain(peer ?? "")),
    isLocal(peer, forwarded) {
      const address = plain(peer ?? "");
      return forwarded === undefined && (address === "::1" || address.startsWith("127."));
    },
  };
}

interface Subnet {
  readonly address: string;
  readonly bits: number;
  readonly family: "ipv4" | "ipv6";
}

/** An address, or a subnet such as `10.0.0.0/8`; null for anything else. */
export function parseSubnet(entry: string): Subnet | null {
  const match = /^([\da-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(entry);
  if (match === null) return null;
  const [, address, prefix] = match;
  const family = isIPv4(address) ? "ipv4" : isIPv6(address) ? "ipv6" : null;
  if (family === null) return null;
  const max = family === "ipv4" ? 32 : 128;
  const bits = prefix === undefined ? max : Number(prefix);
  return bits <= max ? { address, bits, family } : null;
}

/** An IPv4 address that came through an IPv6 socket, as IPv4. */
function plain(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
