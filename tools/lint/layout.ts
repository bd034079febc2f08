/** The parts of the tree that the import rules speak about. */
export type Area =
  | "main"
  | "routes"
  | "ws"
  | "domain"
  | "base"
  | "browser"
  | "tests"
  | "bench"
  | "tools"
  | "other";

/** Where a file stands in the layout of `docs/architecture.md`. */
export interface Place {
  readonly area: Area;
  /** Name of the folder under `lib/`; null outside the domains. */
  readonly domain: string | null;
  /** True when a browser may load the file, whatever area it stands in. */
  readonly isBrowserSafe: boolean;
}

/** Folders under `lib/` that are base. Any other folder there, `ui` apart, is a domain. */
const BASE_FOLDERS: ReadonlySet<string> = new Set(["kv", "log", "auth", "audit", "config", "mail"]);

const TOP_FOLDERS: Readonly<Record<string, Area>> = {
  routes: "routes",
  ws: "ws",
  islands: "browser",
  client: "browser",
  tests: "tests",
  bench: "bench",
  compose: "main",
  tools: "tools",
};

/** Places a file by its path from the root, written with slashes. */
export function placeOf(path: string): Place {
  const segments = path.split("/");
  const isBrowserSafe = isBrowserSafePath(path, segments);
  if (path === "main.ts") return { area: "main", domain: null, isBrowserSafe };
  if (segments[0] === "lib") return placeInLib(segments, isBrowserSafe);
  // Own keys only: a folder named "constructor" is not a known one.
  const area = Object.hasOwn(TOP_FOLDERS, segments[0]) ? TOP_FOLDERS[segments[0]] : "other";
  return { area, domain: null, isBrowserSafe };
}

/** True for tests, benchmarks and tools: they are not part of the server. */
export function isOutsideServer(path: string): boolean {
  const { area } = placeOf(path);
  return area === "tests" || area === "bench" || area === "tools";
}

function isBrowserSafePath(path: string, segments: readonly string[]): boolean {
  if (path === "ws/protocol.ts" || path.startsWith("ws/protocol/")) return true;
  if (segments[0] === "islands" || segments[0] === "client") return true;
  if (segments[0] !== "lib" || segments.length < 3) return false;
  return segments[1] === "ui" || (segments.length === 3 && segments[2] === "view.ts");
}

function placeInLib(segments: readonly string[], isBrowserSafe: boolean): Place {
  const folder = segments.length > 2 ? segments[1] : null;
  if (folder === "ui") return { area: "browser", domain: null, isBrowserSafe };
  if (folder === null || BASE_FOLDERS.has(folder)) {
    return { area: "base", domain: null, isBrowserSafe };
  }
  return { area: "domain", domain: folder, isBrowserSafe };
}
