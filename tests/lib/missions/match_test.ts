import assert from "node:assert/strict";
import { matches, pageMatches, pageOf } from "../../../lib/missions/match.ts";
import { eventFact } from "../../support/mission_facts.ts";

const PAGE_ROWS: readonly [pattern: string, page: string, fits: boolean][] = [
  ["/home", "/home", true],
  ["/home", "/home/x", false],
  ["/home/x", "/home", false],
  ["/etf/*/detail", "/etf/069500/detail", true],
  ["/etf/*/detail", "/etf/069500", false],
  ["/etf/*/detail", "/etf/a/b/detail", false],
  ["/etf/*/detail", "/stock/069500/detail", false],
  ["/*", "/", true],
  ["/*/*", "/a/b", true],
];

for (const [pattern, page, fits] of PAGE_ROWS) {
  Deno.test(`pageMatches() ${pattern} ${fits ? "takes" : "leaves"} ${page}`, () => {
    assert.equal(pageMatches(pattern, page), fits);
  });
}

const URL_ROWS: readonly [data: Record<string, unknown>, page: string | null][] = [
  [{ url: "/home" }, "/home"],
  [{ page: "/home" }, "/home"],
  [{ url: "/a", page: "/b" }, "/a"],
  [{ url: "", page: "/b" }, "/b"],
  [{ url: 7, page: "/b" }, "/b"],
  [{ url: "/home/" }, "/home"],
  [{ url: "/home?x=1#y" }, "/home"],
  [{ url: "https://app.example/home?x=1" }, "/home"],
  [{ url: "https://app.example" }, "/"],
  [{ url: "HTTPS://APP.EXAMPLE/home" }, "/home"],
  [{ url: "/" }, "/"],
  [{ url: "?x=1" }, "/"],
  [{ url: "" }, null],
  [{ url: null }, null],
  [{ url: { path: "/home" } }, null],
  [{}, null],
];

for (const [data, page] of URL_ROWS) {
  Deno.test(`pageOf() reads ${JSON.stringify(data)} as ${page}`, () => {
    assert.equal(pageOf(eventFact("page_view", 0, data)), page);
  });
}

Deno.test("pageOf() cuts what no screen of an app is named, with a slash at its end or not", () => {
  for (const end of ["", "/"]) {
    const page = pageOf(eventFact("page_view", 0, { url: `/${"x".repeat(50_000)}${end}` }));
    assert.ok(page !== null && page.length <= 100, `${page?.length} characters`);
  }
});

Deno.test("matches() asks for the type, every value and the page", () => {
  const event = eventFact("opened", 0, { via: "card", count: 2, flag: true });
  assert.ok(matches({ event: "opened" }, event, null));
  assert.ok(!matches({ event: "closed" }, event, null));
  assert.ok(
    matches({ event: "opened", where: { via: "card", count: 2, flag: true } }, event, null),
  );
  assert.ok(!matches({ event: "opened", where: { via: "card", count: 3 } }, event, null));
  assert.ok(!matches({ event: "opened", where: { count: "2" } }, event, null));
  assert.ok(!matches({ event: "opened", where: { missing: "x" } }, event, null));
  assert.ok(matches({ event: "opened", page: "/a" }, event, "/a"));
  assert.ok(!matches({ event: "opened", page: "/a" }, event, "/b"));
  assert.ok(!matches({ event: "opened", page: "/a" }, event, null));
});
