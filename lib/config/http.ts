import { parseSubnet } from "../address.ts";
import type { Reader } from "./readers.ts";
import { parseUrl } from "./url.ts";

/** Where the server is, and whom it believes what. */
export interface HttpSettings {
  readonly port: number;
  /** A second listener with the same handler; null for none (T-M26). */
  readonly wsPort: number | null;
  /** Where clients reach us, without a slash at the end; null to tell it from the request. */
  readonly publicUrl: string | null;
  readonly wsUrl: string | null;
  readonly allowedOrigins: readonly string[];
  /** Addresses or subnets whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Header in which a trusted proxy says the client's country; null for none. */
  readonly countryHeader: string | null;
}

export function parseHttp(read: Reader): HttpSettings {
  const port = read.integer("PORT", 3000, { min: 0, max: 65_535 });
  const wsPort = read.integer("WS_PORT", port, { min: 0, max: 65_535 });
  const publicUrl = parseUrl(read, "PUBLIC_URL", ["http:", "https:"]);
  return {
    port,
    wsPort: wsPort === port ? null : wsPort,
    publicUrl,
    wsUrl: parseUrl(read, "WS_URL", ["ws:", "wss:"]),
    allowedOrigins: parseOrigins(read),
    trustedProxies: parseProxies(read),
    countryHeader: parseHeaderName(read, "COUNTRY_HEADER"),
  };
}

function parseProxies(read: Reader): string[] {
  const proxies = read.list("TRUSTED_PROXIES");
  if (!proxies.every((entry) => parseSubnet(entry) !== null)) {
    read.fault("TRUSTED_PROXIES", "a list of addresses or subnets such as 10.0.0.0/8");
  }
  return proxies;
}

/** All variables that may list origins; a fault names the one at fault. */
const ORIGIN_NAMES = ["ALLOWED_ORIGINS", "CLIENT_URL", "CORS_ORIGIN", "CORS_ORIGINS"];

function parseOrigins(read: Reader): string[] {
  if (!read.flag("ENABLE_CORS", true)) return [];
  const origins = new Set<string>();
  for (const name of ORIGIN_NAMES) {
    const listed = read.list(name).map((origin) => origin.replace(/\/$/, ""));
    if (!listed.every((origin) => URL.parse(origin)?.origin === origin)) {
      read.fault(name, "a list of origins such as https://app.example");
    }
    for (const origin of listed) origins.add(origin);
  }
  return [...origins];
}

function parseHeaderName(read: Reader, name: string): string | null {
  const header = read.optional(name);
  if (header !== null && !/^[A-Za-z0-9-]{1,60}$/.test(header)) {
    read.fault(name, "the name of a header such as CF-IPCountry");
  }
  return header;
}
