import { type Rate, rate } from "./rates.ts";
import { collapseRepeats } from "./visits.ts";

/** How an attempt went, apart from how it ended. */
export interface Way {
  /** The pages are exactly those of an allowed path; null when the definition has none. */
  readonly expectedPath: boolean | null;
  /** No page was visited again after it had been left. */
  readonly noBacktrack: boolean;
}

/** How an ended attempt counts. */
export type EndKind = "direct" | "indirect" | "giveUp" | "idleOut" | "expired";

/** Compares the pages up to the end, in order, with the allowed paths of the definition (D-11). */
export function wayOf(
  { pages, allowedPaths }: {
    pages: readonly string[];
    allowedPaths: readonly (readonly string[])[];
  },
): Way {
  const visits = collapseRepeats(pages);
  const isSame = (path: readonly string[]) =>
    path.length === visits.length && path.every((page, index) => page === visits[index]);
  return {
    expectedPath: allowedPaths.length === 0 ? null : allowedPaths.some(isSame),
    noBacktrack: new Set(visits).size === visits.length,
  };
}

/**
 * Whether a success was direct: on an allowed path, which leaves no room for a backtrack of the
 * visitor's own; without allowed paths, no backtrack at all (D-11).
 */
export function successKind({ expectedPath, noBacktrack }: Way): "direct" | "indirect" {
  return expectedPath ?? noBacktrack ? "direct" : "indirect";
}

/** Ended attempts by kind. Adds up over parts. */
export type EndCounts = Readonly<Record<EndKind, number>>;

/** Share of each kind among all ended attempts; null without any (D-11 with D-1). */
export function endRates(counts: EndCounts): Readonly<Record<EndKind, Rate>> | null {
  const n = counts.direct + counts.indirect + counts.giveUp + counts.idleOut + counts.expired;
  const direct = rate({ successes: counts.direct, n });
  const indirect = rate({ successes: counts.indirect, n });
  const giveUp = rate({ successes: counts.giveUp, n });
  const idleOut = rate({ successes: counts.idleOut, n });
  const expired = rate({ successes: counts.expired, n });
  return direct && indirect && giveUp && idleOut && expired &&
    { direct, indirect, giveUp, idleOut, expired };
}
