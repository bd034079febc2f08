import { collapseRepeats } from "./visits.ts";

/** How a visit ended. */
export type PathEnd = "success" | "quit" | "idle";

/** A page at its place in the visit, from 0. */
export interface PageNode {
  readonly kind: "page";
  readonly depth: number;
  readonly page: string;
}

/** The pages of a depth that the diagram does not name. */
export interface OtherNode {
  readonly kind: "other";
  readonly depth: number;
}

/** The end of visits, one node whatever their depth. */
export interface EndNode {
  readonly kind: "end";
  readonly end: PathEnd;
}

/** How many attempts went from a page to the next one or to their end. Adds up over parts. */
export interface PathLink {
  readonly from: PageNode;
  readonly to: PageNode | EndNode;
  readonly attempts: number;
}

/** A link of the reduced diagram. */
export interface SankeyLink {
  readonly from: PageNode | OtherNode;
  readonly to: PageNode | OtherNode | EndNode;
  readonly attempts: number;
}

/**
 * The links of one ended attempt from its pages in order. A page that follows itself is collapsed; a
 * return makes a node at a new depth. Empty without pages (D-13).
 */
export function pathLinks(pages: readonly string[], end: PathEnd): readonly PathLink[] {
  const nodes: PageNode[] = collapseRepeats(pages)
    .map((page, depth) => ({ kind: "page", depth, page }));
  return nodes.map((from, index) => {
    return { from, to: nodes[index + 1] ?? { kind: "end", end }, attempts: 1 };
  });
}

/** The links of all parts together, equal ones added up, in the order of their first sight. */
export function mergeLinks<Link extends SankeyLink>(
  parts: Iterable<readonly Link[]>,
): readonly Link[] {
  const merged = new Map<string, Link>();
  for (const part of parts) {
    for (const link of part) {
      const key = `${nodeKey(link.from)} ${nodeKey(link.to)}`;
      const known = merged.get(key)?.attempts ?? 0;
      merged.set(key, { ...link, attempts: known + link.attempts });
    }
  }
  return [...merged.values()];
}

/** A JSON array, so that neither a page's name nor two keys in a row can be mistaken. */
function nodeKey(node: SankeyLink["to"]): string {
  if (node.kind === "end") return JSON.stringify([node.end]);
  return JSON.stringify(node.kind === "page" ? [node.depth, node.page] : [node.depth]);
}
