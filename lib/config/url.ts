import type { Reader } from "./readers.ts";

/** A URL of one of the protocols (`https:`), without slashes at its end; null where none is set. */
export function parseUrl(read: Reader, name: string, protocols: readonly string[]): string | null {
  const value = read.optional(name);
  if (value === null) return null;
  const url = URL.parse(value);
  if (url === null || !protocols.includes(url.protocol)) {
    read.fault(name, `a URL that begins with ${protocols.join("// or ")}//`);
    return null;
  }
  return value.replace(/\/+$/, "");
}
