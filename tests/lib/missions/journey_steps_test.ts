import assert from "node:assert/strict";
import { foldJourney } from "../../../lib/missions/journey.ts";
import type { Journey } from "../../../lib/missions/schema.ts";
import { SAMPLE_TIMELINE } from "../../support/documented_events.ts";
import { eventFact, PORTFOLIO, START_AT } from "../../support/mission_facts.ts";

type Told = readonly [atSec: number, eventType: string, data?: Record<string, unknown>];

function journeyOf(timeline: readonly Told[]): Journey {
  const events = timeline.map(([atSec, eventType, data]) => eventFact(eventType, atSec, data));
  return foldJourney(START_AT, events, PORTFOLIO);
}

const page = (atSec: number, url: string): Told => [atSec, "page_view", { url }];
const step = (atSec: number, number: number, timeOnStep?: unknown): Told => [
  atSec,
  "portfolio_creation_step",
  { step: number, timeOnStep },
];

const PAGES = [
  "/portfolio/create/auto",
  "/portfolio/create/auto/step2",
  "/portfolio/create/auto/step3",
  "/portfolio/create/auto/step4",
  "/portfolio/create/auto/step5",
];

Deno.test("[T-M11] the sample timeline gives what the client told and what was measured", () => {
  const { steps } = journeyOf(SAMPLE_TIMELINE);
  assert.deepEqual(steps.map(({ step }) => step), [1, 2, 3, 4, 5]);
  assert.deepEqual(steps.map(({ measuredMs }) => measuredMs / 1000), [15, 10, 80, 45, 30]);
  assert.deepEqual(steps.map(({ reportedSec }) => reportedSec), [10.3, 8.5, 35.4, 15.2, 8.1]);
  assert.ok(steps.every(({ derived }) => !derived));
});

Deno.test("[T-M10] the sample timeline: 185 s on task though it ends after 390 s", () => {
  const { succeededAt, startAt, lastAt } = journeyOf(SAMPLE_TIMELINE);
  assert.equal((Number(succeededAt) - startAt) / 1000, 185);
  assert.equal((lastAt - startAt) / 1000, 390);
});

Deno.test("steps that nobody tells are derived from the pages, the last from success", () => {
  const timeline = PAGES.map((url, index) => page(index * 10, url));
  const before = journeyOf(timeline);
  assert.deepEqual(before.steps.map(({ step }) => step), [1, 2, 3, 4]);
  const { steps } = journeyOf([...timeline, [50, "portfolio_created"]]);
  assert.deepEqual(steps.map(({ step, measuredMs }) => [step, measuredMs]), [
    [1, 10_000],
    [2, 10_000],
    [3, 10_000],
    [4, 10_000],
    [5, 10_000],
  ]);
  assert.ok(steps.every(({ derived, reportedSec }) => derived && reportedSec === null));
});

Deno.test("a step that is told and left afterwards is done once, when it was told", () => {
  const { steps } = journeyOf([page(0, PAGES[0]), step(8, 1, 7.5), page(10, PAGES[1])]);
  assert.deepEqual(steps, [
    { step: 1, at: START_AT + 8_000, measuredMs: 8_000, reportedSec: 7.5, derived: false },
  ]);
});

Deno.test("a step that was derived first takes the client's time when it is told", () => {
  const { steps } = journeyOf([page(0, PAGES[0]), page(10, PAGES[1]), step(11, 1, 9.5)]);
  assert.deepEqual(steps, [
    { step: 1, at: START_AT + 10_000, measuredMs: 10_000, reportedSec: 9.5, derived: false },
  ]);
});

Deno.test("a step that is told again, after going back, keeps its first times", () => {
  const { steps } = journeyOf([step(5, 1, 5), step(9, 2, 4), step(20, 1, 11), step(22, 2, 2)]);
  assert.deepEqual(
    steps.map(({ step, measuredMs, reportedSec }) => [step, measuredMs, reportedSec]),
    [
      [1, 5_000, 5],
      [2, 4_000, 4],
    ],
  );
});

Deno.test("going on to a page that is not the next step's completes nothing", () => {
  assert.deepEqual(journeyOf([page(0, PAGES[0]), page(10, "/home")]).steps, []);
  assert.deepEqual(journeyOf([page(0, PAGES[0]), page(10, PAGES[2])]).steps, []);
  assert.deepEqual(journeyOf([page(0, PAGES[1]), page(10, PAGES[0])]).steps, []);
});

Deno.test("a step of another mission, or with a number that is not defined, is none", () => {
  assert.deepEqual(journeyOf([step(5, 6), step(6, 0)]).steps, []);
  assert.deepEqual(journeyOf([[5, "portfolio_creation_step", { step: "1" }]]).steps, []);
  assert.deepEqual(journeyOf([[5, "portfolio_creation_step"]]).steps, []);
});

for (const timeOnStep of [undefined, null, "10.3", -1, Number.NaN, 86_400, Infinity]) {
  Deno.test(`a client's time on step of ${timeOnStep} is no time`, () => {
    assert.equal(journeyOf([step(5, 1, timeOnStep)]).steps[0].reportedSec, null);
  });
}

Deno.test("[T-M09] a step from before the start measures nothing rather than less", () => {
  const { steps } = journeyOf([step(-5, 1), step(3, 2)]);
  assert.deepEqual(steps.map(({ measuredMs }) => measuredMs), [0, 8_000]);
});

Deno.test("pages are counted once each, returns are noticed, queries do not matter", () => {
  const journey = journeyOf([
    page(0, "/home?tab=1"),
    page(1, "https://app.example/vocabulary#top"),
    page(2, "/vocabulary/"),
    page(3, "/home"),
    [4, "button_clicked", { page: "/elsewhere" }],
    [5, "page_view", { pageName: "no address" }],
  ]);
  assert.deepEqual(journey.pages, ["/home", "/vocabulary"]);
  assert.equal(journey.pageViews, 3);
  assert.equal(journey.backtracked, true);
  assert.equal(journey.page, "/home");
});
