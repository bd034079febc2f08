import { posix } from "node:path";
import { type Area, isOutsideServer, type Place, placeOf } from "./layout.ts";

/** One import, with both paths from the root of the repository. */
export interface Import {
  readonly importer: string;
  readonly imported: string;
  /** `import type`, `export type` or a type written as `import("…").X`. */
  readonly isTypeOnly: boolean;
}

interface Reach {
  readonly areas: readonly Area[];
  readonly said: string;
}

const EDGE_REACH = "a domain's mod.ts, base and browser-safe files; routes and ws meet in compose/";

/** What an area imports besides browser-safe files; an area that is not named has its own rule. */
const REACHES: Readonly<Partial<Record<Area, Reach>>> = {
  routes: { areas: ["routes", "domain", "base"], said: `routes, ${EDGE_REACH}` },
  ws: { areas: ["ws", "domain", "base"], said: `ws, ${EDGE_REACH}` },
  domain: { areas: ["domain", "base"], said: "itself, base and browser-safe files" },
  base: { areas: ["base"], said: "base" },
};

/**
 * Says why one file of ours may not import another, or null when it may. Packages are not its
 * business: see {@link resolveImport}.
 */
export function refuseImport({ importer, imported, isTypeOnly }: Import): string | null {
  const from = placeOf(importer);
  const to = placeOf(imported);
  if (to.area === "tests") {
    return from.area === "tests" ? null : `Only tests import "${imported}"`;
  }
  if (isOutsideServer(importer)) return null;
  if (from.area === "main") {
    return imported.startsWith("islands/")
      ? `Composition does not import island "${imported}"`
      : null;
  }
  if (from.isBrowserSafe) return refuseInBrowser({ from, to, imported, isTypeOnly });
  return refuseOnServer({ from, to, importer, imported });
}

/**
 * Path from the root that a specifier points at; null for packages, which the import rule leaves
 * alone.
 */
export function resolveImport(importer: string, specifier: string): string | null {
  if (!specifier.startsWith("./") && !specifier.startsWith("../")) return null;
  return posix.join(posix.dirname(importer), specifier);
}

interface BrowserImport {
  readonly from: Place;
  readonly to: Place;
  readonly imported: string;
  readonly isTypeOnly: boolean;
}

function refuseInBrowser({ from, to, imported, isTypeOnly }: BrowserImport): string | null {
  if (to.isBrowserSafe) return null;
  // A view.ts belongs to its domain as well, and types tie two domains together like values do.
  if (isForeignDomain(from, to)) return refuseDomain(imported);
  return isTypeOnly ? null : `Browser-safe code takes "${imported}" by \`import type\` only`;
}

interface ServerImport {
  readonly from: Place;
  readonly to: Place;
  readonly importer: string;
  readonly imported: string;
}

function refuseOnServer({ from, to, importer, imported }: ServerImport): string | null {
  const reach = REACHES[from.area];
  if (reach === undefined) return `"${importer}" has no place in the layout`;
  if (to.isBrowserSafe && from.area !== "base") return null;
  if (isForeignDomain(from, to)) return refuseDomain(imported);
  if (!reach.areas.includes(to.area)) {
    return `Code in ${from.area} does not import "${imported}", only ${reach.said}`;
  }
  if (to.area === "domain" && from.area !== "domain" && imported !== `lib/${to.domain}/mod.ts`) {
    return `Outside the domain only "lib/${to.domain}/mod.ts" is imported, not "${imported}"`;
  }
  return null;
}

function isForeignDomain(from: Place, to: Place): boolean {
  return from.area === "domain" && to.area === "domain" && from.domain !== to.domain;
}

function refuseDomain(imported: string): string {
  return `A domain does not import "${imported}" of another domain; they meet in compose/`;
}
