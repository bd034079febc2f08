import { invert, type Matrix } from "./matrix.ts";
import { movesByPage, type PageMoves, trapPages } from "./page_moves.ts";
import type { PathEnd, PathLink } from "./path_links.ts";

/** A page with fewer moves than this away from it is marked. */
const SPARSE_BELOW = 5;

/** What the chain expects of a visitor who stands on a page. */
export interface ChainPage {
  readonly page: string;
  /** Observed moves away from it to pages of the chain and to ends. */
  readonly moves: number;
  /** Its probabilities rest on fewer than five moves. */
  readonly sparse: boolean;
  /** Expected visits to each page of the chain, in its order, this visit included. */
  readonly expectedVisits: readonly number[];
  /** Expected page visits until the end, this one included. */
  readonly expectedSteps: number;
  /** Probability to end in each way; they sum to 1. */
  readonly ends: Readonly<Record<PathEnd, number>>;
  /**
   * How much less likely success from the start would be if everyone who comes to this page were
   * lost, 0–1. Null when no attempt starts on a page of the chain.
   */
  readonly removalEffect: number | null;
}

/** The chain of all pages that lead to an end. */
export interface PageChain {
  readonly pages: readonly ChainPage[];
  /** Pages that never lead to an end. They and the moves to them are left out of the chain. */
  readonly trapPages: readonly string[];
}

/**
 * Absorbing Markov chain of the pages, with the observed shares of moves as probabilities and no
 * smoothing. Source: Grinstead & Snell, chapter 11; removal effect after Anderl et al. 2016 (D-13).
 */
export function pageChain(links: readonly PathLink[]): PageChain {
  const moves = movesByPage(links);
  const traps = trapPages(moves);
  const rows = [...moves].filter(([page]) => !traps.has(page))
    .map(([page, { toPages, toEnds }]) =>
      toRow(page, { toPages: without(traps, toPages), toEnds })
    );
  // Every page of the chain leads to an end, so I − Q has an inverse.
  const visits = invert(
    rows.map(({ page, moves, toPages }) =>
      rows.map((to) => (to.page === page ? 1 : 0) - (toPages.get(to.page) ?? 0) / moves)
    ),
  );
  const ends = visits.map((row) => endsOf(row, rows));
  const starts = startShares(links, rows);
  const pages = rows.map(({ page, moves }, index) => ({
    page,
    moves,
    sparse: moves < SPARSE_BELOW,
    expectedVisits: visits[index],
    expectedSteps: sum(visits[index]),
    ends: ends[index],
    removalEffect: starts && reach(index, { starts, visits }) * ends[index].success,
  }));
  return { pages, trapPages: [...traps] };
}

interface Row extends PageMoves {
  readonly page: string;
  readonly moves: number;
}

function toRow(page: string, { toPages, toEnds }: PageMoves): Row {
  return { page, moves: sum(toPages.values()) + sum(toEnds.values()), toPages, toEnds };
}

function without(
  traps: ReadonlySet<string>,
  toPages: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  return new Map([...toPages].filter(([page]) => !traps.has(page)));
}

function endsOf(visits: readonly number[], rows: readonly Row[]): Record<PathEnd, number> {
  const share = (end: PathEnd) =>
    sum(rows.map(({ toEnds, moves }, to) => visits[to] * (toEnds.get(end) ?? 0) / moves));
  return { success: share("success"), quit: share("quit"), idle: share("idle") };
}

/** Shares of the attempts by first page, in the order of the rows; null without any. */
function startShares(links: readonly PathLink[], rows: readonly Row[]): readonly number[] | null {
  const counts = rows.map(({ page }) =>
    sum(links.map(({ from, attempts }) => from.depth === 0 && from.page === page ? attempts : 0))
  );
  const total = sum(counts);
  return total === 0 ? null : counts.map((count) => count / total);
}

/** Probability to come to a page at all: expected visits from the start over those from itself. */
function reach(
  index: number,
  { starts, visits }: { starts: readonly number[]; visits: Matrix },
): number {
  return sum(starts.map((share, from) => share * visits[from][index])) / visits[index][index];
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
