import {
  mergeLinks,
  type OtherNode,
  type PageNode,
  type PathLink,
  type SankeyLink,
} from "./path_links.ts";

/**
 * The links to draw: at each depth the `most` pages with the most attempts (of equal ones the first
 * by name) keep their names, the rest becomes "other". Every node still passes on what it takes in.
 * Ends follow from complete attempts only, as `pathLinks` makes them (D-13).
 */
export function sankey(links: readonly PathLink[], most: number): readonly SankeyLink[] {
  const kept = namesByDepth(links, most);
  const gather = (node: PageNode): PageNode | OtherNode =>
    kept[node.depth].has(node.page) ? node : { kind: "other", depth: node.depth };
  return mergeLinks<SankeyLink>([links.map(({ from, to, attempts }) => {
    return { from: gather(from), to: to.kind === "end" ? to : gather(to), attempts };
  })]);
}

function namesByDepth(links: readonly PathLink[], most: number): ReadonlySet<string>[] {
  const depths: Map<string, number>[] = [];
  // Every page is left as often as it is entered, so the links that leave it give its attempts.
  for (const { from, attempts } of links) {
    const pages = depths[from.depth] ??= new Map();
    pages.set(from.page, (pages.get(from.page) ?? 0) + attempts);
  }
  return depths.map((pages) => {
    const ranked = [...pages].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    return new Set(ranked.slice(0, most).map(([page]) => page));
  });
}
