import type { MissionDefinition } from "./definitions.ts";
import { matches, pageMatches, pageOf } from "./match.ts";
import type { EventFact, Journey, StepDone } from "./schema.ts";

/** Different pages remembered for one attempt; with the longest names the row still fits a value. */
const MAX_PAGES = 60;

/** What the visitor did so far: nothing. */
export function newJourney(startAt: number): Journey {
  return {
    startAt,
    lastAt: startAt,
    succeededAt: null,
    steps: [],
    path: null,
    activeMs: 0,
    page: null,
    pages: [],
    pageViews: 0,
    backtracked: false,
  };
}

/**
 * Adds one event to the journey. Events must come in the order in which they happened; a journey
 * is defined as this fold over all of them, so a late event means folding again.
 */
export function foldEvent(
  journey: Journey,
  event: EventFact,
  definition: MissionDefinition,
): Journey {
  const next = { ...journey };
  next.activeMs += activeTime(journey, event, definition);
  next.lastAt = Math.max(journey.lastAt, event.at);
  if (event.eventType === "page_view") visitPage(next, pageOf(event));
  next.steps = foldSteps(journey, event, definition, next.page);
  // The way to the card that was read in the end, not to one that was opened and left.
  if (journey.succeededAt === null) {
    next.path = pathOf(event, definition, journey.page) ?? journey.path;
  }
  next.succeededAt ??= succeeds(event, definition, journey.page) ? event.at : null;
  return next;
}

/** The journey of an attempt from all its events, in the order in which they happened. */
export function foldJourney(
  startAt: number,
  events: readonly EventFact[],
  definition: MissionDefinition,
): Journey {
  let journey = newJourney(startAt);
  for (const event of events) journey = foldEvent(journey, event, definition);
  return journey;
}

/** Milliseconds since the event before, without idleness and without the waits it was made to. */
function activeTime(journey: Journey, event: EventFact, definition: MissionDefinition): number {
  const gap = Math.max(0, event.at - journey.lastAt);
  const wait = definition.compulsoryWaits.find((it) => it.until === event.eventType);
  const free = wait === undefined ? gap : Math.max(0, gap - wait.seconds * 1000);
  return Math.min(free, definition.idleAfterSec * 1000);
}

function visitPage(journey: Journey, page: string | null): void {
  if (page === null || page === journey.page) return;
  journey.page = page;
  journey.pageViews++;
  if (journey.pages.includes(page)) journey.backtracked = true;
  else if (journey.pages.length < MAX_PAGES) journey.pages = [...journey.pages, page];
}

function foldSteps(
  journey: Journey,
  event: EventFact,
  definition: MissionDefinition,
  pageNow: string | null,
): StepDone[] {
  const told = definition.steps.find((step) => matches(step.done, event, journey.page));
  if (told !== undefined) {
    const reportedSec = secondsOf(event.data.timeOnStep);
    const known = journey.steps.find((done) => done.step === told.step);
    if (known === undefined) return addStep(journey, told.step, event.at, { reportedSec });
    if (!known.derived) return journey.steps;
    return journey.steps.map((done) =>
      done === known ? { ...known, reportedSec, derived: false } : done
    );
  }
  const left = leftStep(journey, event, definition, pageNow);
  return left === null ? journey.steps : addStep(journey, left, event.at, { derived: true });
}

/**
 * The step that the visitor finished without the client saying so: its page was shown, and now the
 * next step's page is, or the task is done from the last step's page.
 */
function leftStep(
  journey: Journey,
  event: EventFact,
  definition: MissionDefinition,
  pageNow: string | null,
): number | null {
  const { steps } = definition;
  const index = steps.findIndex((it) =>
    journey.page !== null && pageMatches(it.page, journey.page)
  );
  if (index < 0 || journey.steps.some((done) => done.step === steps[index].step)) return null;
  const next = steps[index + 1];
  const finished = next === undefined
    ? succeeds(event, definition, journey.page)
    : pageNow !== null && pageMatches(next.page, pageNow);
  return finished ? steps[index].step : null;
}

function addStep(
  journey: Journey,
  step: number,
  at: number,
  { reportedSec = null, derived = false }: { reportedSec?: number | null; derived?: boolean },
): StepDone[] {
  const before = journey.steps.at(-1)?.at ?? journey.startAt;
  return [...journey.steps, {
    step,
    at,
    measuredMs: Math.max(0, at - before),
    reportedSec,
    derived,
  }];
}

/** Rules are tried rank by rank: what the client says of all paths, then what the pages tell. */
function pathOf(event: EventFact, { paths }: MissionDefinition, page: string | null) {
  const ranks = Math.max(0, ...paths.map((path) => path.anyOf.length));
  for (let rank = 0; rank < ranks; rank++) {
    for (const { path, anyOf } of paths) {
      if (rank < anyOf.length && matches(anyOf[rank], event, page)) return path;
    }
  }
  return null;
}

function succeeds(event: EventFact, definition: MissionDefinition, page: string | null): boolean {
  return definition.success.some((match) => matches(match, event, page));
}

function secondsOf(value: unknown): number | null {
  return typeof value === "number" && value >= 0 && value < 86_400 ? value : null;
}

/**
 * Number of the path, from 1, that an event is on: the one it tells, or the one that opening a
 * card on this page would be; null for missions without paths and on other pages.
 */
export function pathNumber(
  event: EventFact,
  definition: MissionDefinition,
  page: string | null,
): number | null {
  const path = pathOf(event, definition, page) ??
    definition.paths.find(({ anyOf }) =>
      anyOf.some((match) =>
        match.page !== undefined && page !== null && pageMatches(match.page, page)
      )
    )?.path;
  const index = definition.paths.findIndex((it) => it.path === path);
  return index < 0 ? null : index + 1;
}
