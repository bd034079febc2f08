import assert from "node:assert/strict";
import fc from "fast-check";
import {
  mergeLinks,
  pageChain,
  type PathEnd,
  type PathLink,
  pathLinks,
} from "../../../../lib/missions/statistics/mod.ts";
import { assertFinite, assertNear } from "../../../support/numbers.ts";
import { seededRandom } from "../../../../tools/seeded_random.ts";

function move(from: string, to: string | { end: PathEnd }, attempts = 1): PathLink {
  return {
    from: { kind: "page", depth: 0, page: from },
    to: typeof to === "string" ? { kind: "page", depth: 1, page: to } : { kind: "end", ...to },
    attempts,
  };
}

/** The drunkard's walk over five corners: home (success) and bar (quit) at the sides. */
const DRUNKARD = [
  move("1", { end: "success" }),
  move("1", "2"),
  move("2", "1"),
  move("2", "3"),
  move("3", "2"),
  move("3", { end: "quit" }),
];

Deno.test("[D-13] pageChain() matches the published drunkard's walk", () => {
  const { pages } = pageChain(DRUNKARD);
  const visits = [[1.5, 1, 0.5], [1, 2, 1], [0.5, 1, 1.5]];
  const steps = [3, 4, 3];
  const home = [0.75, 0.5, 0.25];
  pages.forEach((page, row) => {
    page.expectedVisits.forEach((n, column) => assertNear(n, visits[row][column], 1e-12));
    assertNear(page.expectedSteps, steps[row], 1e-12);
    assertNear(page.ends.success, home[row], 1e-12);
    assertNear(page.ends.quit, 1 - home[row], 1e-12);
  });
  assert.deepEqual(pages.map(({ page }) => page), ["1", "2", "3"]);
});

Deno.test("[D-13] pages with fewer than five moves are marked", () => {
  const { pages } = pageChain([move("a", "b", 5), move("b", { end: "success" }, 4)]);
  assert.deepEqual(pages.map(({ moves, sparse }) => [moves, sparse]), [[5, false], [4, true]]);
});

Deno.test("[D-13] pages that never lead out are reported and left out with the moves to them", () => {
  const actual = pageChain([
    move("a", "trap", 3),
    move("trap", "cellar", 3),
    move("cellar", "trap", 3),
    move("a", "deadEnd"),
    move("a", { end: "success" }, 6),
  ]);
  assert.deepEqual(actual.trapPages, ["trap", "cellar", "deadEnd"]);
  assert.deepEqual(actual.pages.map(({ page, moves }) => [page, moves]), [["a", 6]]);
  assert.equal(actual.pages[0].ends.success, 1);
});

Deno.test("[D-13] pageChain() is empty without links", () => {
  assert.deepEqual(pageChain([]), { pages: [], trapPages: [] });
});

Deno.test("[D-13] the removal effect is null when no attempt starts in the chain", () => {
  const later = { ...move("a", { end: "success" }), from: { kind: "page", depth: 3, page: "a" } };
  assert.equal(pageChain([later as PathLink]).pages[0].removalEffect, null);
});

const END: readonly PathEnd[] = ["success", "quit", "idle"];
const attempt = fc.tuple(
  fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1, maxLength: 8 }),
  fc.constantFrom(...END),
);
const attempts = fc.array(attempt, { minLength: 1, maxLength: 40 });

function linksOf(given: readonly (readonly [readonly string[], PathEnd])[]): readonly PathLink[] {
  return mergeLinks(given.map(([pages, end]) => pathLinks(pages, end)));
}

Deno.test("[D-13] from the observed starts the chain ends as the attempts did", () => {
  fc.assert(fc.property(attempts, (given) => {
    const { pages, trapPages } = pageChain(linksOf(given));
    assertFinite(pages);
    assert.deepEqual(trapPages, []);
    for (const end of END) {
      const expected = given.filter(([, actual]) => actual === end).length;
      assertNear(
        startSum(given, (page) => pages.find((p) => p.page === page)!.ends[end]),
        expected,
        1e-6,
      );
    }
  }));
});

function startSum(
  given: readonly (readonly [readonly string[], PathEnd])[],
  valueOf: (page: string) => number,
): number {
  return given.reduce((sum, [[start]]) => sum + valueOf(start), 0);
}

Deno.test("[D-13] the removal effect is the success lost in a chain built without the page", () => {
  fc.assert(
    fc.property(attempts, (given) => {
      const links = linksOf(given);
      const success = (chain: readonly PathLink[]) => {
        const { pages } = pageChain(chain);
        const of = (page: string) => pages.find((p) => p.page === page)?.ends.success ?? 0;
        return startSum(given, of) / given.length;
      };
      for (const { page, removalEffect } of pageChain(links).pages) {
        const lost = links.filter(({ from }) => from.page !== page).map((link): PathLink =>
          link.to.kind === "page" && link.to.page === page
            ? { ...link, to: { kind: "end", end: "quit" } }
            : link
        );
        assertNear(removalEffect, success(links) - success(lost), 1e-9);
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("[D-13] simulated walks give back the chain that they were drawn from", () => {
  const random = seededRandom(13);
  const walks = Array.from({ length: 20_000 }, () => {
    const walk = ["2"];
    for (;;) {
      const next = Number(walk.at(-1)) + (random() < 0.5 ? -1 : 1);
      if (next === 0) return [walk, "success"] as const;
      if (next === 4) return [walk, "quit"] as const;
      walk.push(String(next));
    }
  });
  const start = pageChain(linksOf(walks)).pages.find(({ page }) => page === "2");
  assertNear(start?.expectedSteps, 4, 0.06);
  assertNear(start?.ends.success, 0.5, 0.012);
});
