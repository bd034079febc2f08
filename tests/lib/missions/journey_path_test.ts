import assert from "node:assert/strict";
import { foldJourney } from "../../../lib/missions/journey.ts";
import { eventFact, PORTFOLIO, START_AT, VOCABULARY } from "../../support/mission_facts.ts";

type Told = readonly [eventType: string, data?: Record<string, unknown>];

/** One event a second. */
function pathOf(timeline: readonly Told[], definition = VOCABULARY): string | null {
  const events = timeline.map(([eventType, data], index) => eventFact(eventType, index + 1, data));
  return foldJourney(START_AT, events, definition).path;
}

const page = (url: string): Told => ["page_view", { url }];
const viewed = (openedVia?: unknown): Told => ["vocabulary_detail_viewed", { openedVia }];
const DONE: Told = ["vocabulary_countdown_complete"];

interface Row {
  readonly name: string;
  readonly timeline: readonly Told[];
  readonly path: string | null;
}

const ROWS: readonly Row[] = [
  {
    name: "[T-M23] openedVia vocabulary_card is path 1",
    timeline: [viewed("vocabulary_card")],
    path: "path1_vocabulary",
  },
  {
    name: "[T-M23] openedVia search_result is path 2",
    timeline: [viewed("search_result")],
    path: "path2_search",
  },
  {
    name: "[T-M23] openedVia etf_detail is path 3",
    timeline: [viewed("etf_detail")],
    path: "path3_etfDetail",
  },
  {
    name: "[T-M23] what the client says goes before the page",
    timeline: [page("/vocabulary"), viewed("etf_detail")],
    path: "path3_etfDetail",
  },
  {
    name: "[T-M23] without openedVia the word list's page tells",
    timeline: [page("/home"), page("/vocabulary"), viewed()],
    path: "path1_vocabulary",
  },
  {
    name: "[T-M23] without openedVia the search page tells, query and all",
    timeline: [page("/search?q=etf"), viewed()],
    path: "path2_search",
  },
  {
    name: "[T-M23] without openedVia any ETF's page tells",
    timeline: [page("/etf/069500/detail"), viewed()],
    path: "path3_etfDetail",
  },
  {
    name: "[T-M23] an openedVia that is not known falls back to the page",
    timeline: [page("/search"), viewed("elsewhere")],
    path: "path2_search",
  },
  {
    name: "[T-M23] the last page before the card counts",
    timeline: [page("/vocabulary"), page("/search"), viewed()],
    path: "path2_search",
  },
  {
    name: "[T-M23] a page after the card changes nothing",
    timeline: [page("/search"), viewed(), page("/vocabulary"), DONE],
    path: "path2_search",
  },
  {
    name: "[T-M23] the way to the card that was read in the end counts",
    timeline: [viewed("vocabulary_card"), viewed("search_result"), DONE],
    path: "path2_search",
  },
  {
    name: "[T-M23] a card that is opened after success changes nothing",
    timeline: [viewed("search_result"), DONE, viewed("vocabulary_card")],
    path: "path2_search",
  },
  {
    name: "[T-M23] a card that is opened on the way, from nowhere we know, keeps the path",
    timeline: [viewed("search_result"), page("/home"), viewed(), DONE],
    path: "path2_search",
  },
  { name: "[T-M23] no card, no path", timeline: [page("/vocabulary"), DONE], path: null },
  {
    name: "[T-M23] a card from a page we do not know",
    timeline: [page("/x"), viewed()],
    path: null,
  },
];

for (const row of ROWS) {
  Deno.test(row.name, () => assert.equal(pathOf(row.timeline), row.path));
}

Deno.test("[T-M23] a mission without paths has none", () => {
  assert.equal(pathOf([page("/vocabulary"), viewed("vocabulary_card")], PORTFOLIO), null);
});
