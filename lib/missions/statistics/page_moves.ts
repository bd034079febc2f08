import type { PathEnd, PathLink } from "./path_links.ts";

/** Where visitors went from one page, at whatever depth. */
export interface PageMoves {
  readonly toPages: ReadonlyMap<string, number>;
  readonly toEnds: ReadonlyMap<PathEnd, number>;
}

/** Moves by the page that they leave, in the order of first sight. */
export function movesByPage(links: readonly PathLink[]): ReadonlyMap<string, PageMoves> {
  const moves = new Map<string, { toPages: Map<string, number>; toEnds: Map<PathEnd, number> }>();
  const movesOf = (page: string) => {
    const known = moves.get(page) ?? { toPages: new Map(), toEnds: new Map() };
    moves.set(page, known);
    return known;
  };
  for (const { from, to, attempts } of links) {
    const { toPages, toEnds } = movesOf(from.page);
    if (to.kind === "end") toEnds.set(to.end, (toEnds.get(to.end) ?? 0) + attempts);
    else {
      toPages.set(to.page, (toPages.get(to.page) ?? 0) + attempts);
      movesOf(to.page);
    }
  }
  return moves;
}

/** The pages from which no chain of moves reaches an end. */
export function trapPages(moves: ReadonlyMap<string, PageMoves>): ReadonlySet<string> {
  const traps = new Set(moves.keys());
  let found = true;
  while (found) {
    found = false;
    for (const page of traps) {
      const { toPages, toEnds } = moves.get(page)!;
      const leadsOut = toEnds.size > 0 || [...toPages.keys()].some((next) => !traps.has(next));
      if (leadsOut) found = traps.delete(page);
    }
  }
  return traps;
}
