import { posix } from "node:path";

/** Folders of the layout: a name that starts with one of them is meant as a path. */
const FOLDERS: ReadonlySet<string> = new Set([
  ".github",
  "bench",
  "client",
  "docs",
  "islands",
  "lib",
  "routes",
  "static",
  "tests",
  "tools",
  "ws",
]);
/** Built when the server starts, so a fresh tree lacks it. */
const BUILT_FOLDER = "static/_built";

/** A page with its path from the root. */
export interface Page {
  readonly file: string;
  readonly markdown: string;
}

/** The paths of this repository that a page names in backticks, outside its code blocks. */
export function findPaths(markdown: string): string[] {
  const prose = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, "");
  const names = [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => stripExtras(match[1]));
  return [...new Set(names.filter(isPath).map((name) => name.replace(/\/$/, "")))];
}

/**
 * The named paths that are not in the tree. A path counts from the root or from the page's own
 * folder; a bare file name may stand anywhere.
 */
export function findMissingPaths(page: Page, files: Iterable<string>): string[] {
  const known = new Set<string>();
  for (const file of files) {
    known.add(posix.basename(file));
    for (let path = file; path !== "."; path = posix.dirname(path)) known.add(path);
  }
  const folder = posix.dirname(page.file);
  return findPaths(page.markdown)
    .filter((path) => !known.has(path) && !known.has(posix.join(folder, path)));
}

/** Drops `./` in front and line numbers behind. */
function stripExtras(name: string): string {
  return name.replace(/^\.\//, "").replace(/(?::\d+)+$/, "");
}

function isPath(name: string): boolean {
  // White space, globs, placeholders, calls, addresses and package names are no paths of ours.
  if (/[^\w./-]|^\/|\.\.\./.test(name) || name.startsWith(BUILT_FOLDER)) return false;
  if (/[\w-]\.(?:tsx?|md|json)$/.test(name)) return true;
  return name.includes("/") && FOLDERS.has(name.split("/")[0]);
}
