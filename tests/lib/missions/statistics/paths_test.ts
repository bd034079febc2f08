import assert from "node:assert/strict";
import fc from "fast-check";
import {
  mergeLinks,
  type PathEnd,
  type PathLink,
  pathLinks,
  sankey,
  type SankeyLink,
} from "../../../../lib/missions/statistics/mod.ts";

/** The name of a node in a diagram of these tests. */
function nameOf(node: SankeyLink["to"]): string {
  if (node.kind === "end") return node.end;
  return `${node.depth}:${node.kind === "page" ? node.page : "(other)"}`;
}

const written = (links: readonly SankeyLink[]) =>
  links.map(({ from, to, attempts }) => `${nameOf(from)} > ${nameOf(to)} ${attempts}`);

function linksOf(...attempts: [pages: string, end: PathEnd][]): readonly PathLink[] {
  return mergeLinks(attempts.map(([pages, end]) => pathLinks([...pages], end)));
}

Deno.test("[D-13] pathLinks() collapses repeats, puts a return at a new depth and closes with the end", () => {
  assert.deepEqual(written(pathLinks(["a", "a", "b", "a"], "quit")), [
    "0:a > 1:b 1",
    "1:b > 2:a 1",
    "2:a > quit 1",
  ]);
  assert.deepEqual(pathLinks([], "idle"), []);
});

Deno.test("[D-13] mergeLinks() adds equal links and keeps a page named like an end apart", () => {
  assert.deepEqual(written(linksOf(["ab", "success"], ["ab", "quit"])), [
    "0:a > 1:b 2",
    "1:b > success 1",
    "1:b > quit 1",
  ]);
  const page = pathLinks(["a", "quit"], "quit");
  assert.equal(mergeLinks([page, pathLinks(["a"], "quit")]).length, 3);
});

Deno.test("[D-13] sankey() keeps the top pages of each depth, the first by name of equal ones", () => {
  const links = linksOf(["sa", "success"], ["sb", "success"], ["sb", "quit"], ["sc", "idle"]);
  assert.deepEqual(written(sankey(links, 2)), [
    "0:s > 1:a 1",
    "1:a > success 1",
    "0:s > 1:b 2",
    "1:b > success 1",
    "1:b > quit 1",
    "0:s > 1:(other) 1",
    "1:(other) > idle 1",
  ]);
  assert.deepEqual(written(sankey(links, 1)).slice(0, 2), [
    "0:s > 1:(other) 2",
    "1:(other) > success 1",
  ]);
});

const attempt = fc.tuple(
  fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 8 }),
  fc.constantFrom<PathEnd>("success", "quit", "idle"),
);

Deno.test("[D-13] what goes into a node comes out of it, and every attempt ends", () => {
  fc.assert(fc.property(fc.array(attempt), fc.nat(4), (attempts, most) => {
    const links = mergeLinks(attempts.map(([pages, end]) => pathLinks(pages, end)));
    for (const diagram of [links, sankey(links, most)] as (readonly SankeyLink[])[]) {
      const into = new Map<string, number>();
      const out = new Map<string, number>();
      const add = (sums: Map<string, number>, name: string, n: number) =>
        sums.set(name, (sums.get(name) ?? 0) + n);
      let ended = 0;
      for (const { from, to, attempts: n } of diagram) {
        add(out, nameOf(from), n);
        if (to.kind === "end") ended += n;
        else add(into, nameOf(to), n);
      }
      for (const [name, n] of out) {
        if (!name.startsWith("0:")) assert.equal(into.get(name), n);
      }
      assert.equal(ended, attempts.length);
    }
  }));
});

Deno.test("[D-13] parts of the attempts merge to the links of the whole", () => {
  fc.assert(fc.property(fc.array(attempt), fc.array(attempt), (a, b) => {
    const links = (attempts: typeof a) =>
      mergeLinks(attempts.map(([pages, end]) => pathLinks(pages, end)));
    assert.deepEqual(mergeLinks([links(a), links(b)]), links([...a, ...b]));
  }));
});
