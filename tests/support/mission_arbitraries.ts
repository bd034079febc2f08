import fc from "fast-check";
import type { Arrival } from "../../lib/missions/record.ts";
import { arrivalOf, START_AT } from "./mission_facts.ts";

/** Everything arrives in the same moment: what is compared must not depend on when it came. */
export const RECEIVED_AT = START_AT + 7_200_000;

const PAGES = [
  "/home",
  "/vocabulary",
  "/search?q=x",
  "/etf/069500/detail",
  "/portfolio/create/auto",
  "/portfolio/create/auto/step2",
  "/portfolio/create/auto/step3",
  "/portfolio/create/auto/step4/",
  "https://app.example/portfolio/create/auto/step5",
];

type Told = readonly [eventType: string, data: Record<string, unknown>];

const told: fc.Arbitrary<Told> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PAGES).map((url): Told => ["page_view", { url }]) },
  {
    weight: 4,
    arbitrary: fc.record({ step: fc.integer({ min: 1, max: 5 }), timeOnStep: fc.nat(90) })
      .map((data): Told => ["portfolio_creation_step", data]),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("vocabulary_card", "search_result", "etf_detail", "elsewhere")
      .map((openedVia): Told => ["vocabulary_detail_viewed", { openedVia }]),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "portfolio_created",
      "vocabulary_countdown_complete",
      "mission_complete_modal_shown",
      "button_clicked",
      "content_viewed",
    ).map((eventType): Told => [eventType, {}]),
  },
);

const quit: fc.Arbitrary<Told> = fc.constantFrom("user", "idle", "reset")
  .map((quitKind): Told => ["mission_quitted", { quitKind }]);
const complete = fc.constant<Told>(["mission_completed", {}]);

/**
 * The ends of an attempt, of which the first by time wins in every order of arrival: a quit of
 * before a completion is left out, because a completion that came first keeps against it (T-M24).
 */
const ends: fc.Arbitrary<readonly Told[]> = fc.oneof(
  fc.constant<readonly Told[]>([]),
  fc.tuple(complete, fc.array(fc.oneof(complete, quit), { maxLength: 2 }))
    .map(([first, more]) => [first, ...more]),
  fc.array(quit, { minLength: 1, maxLength: 3 }),
);

/** What a visitor did, in the order in which it happened, each event with an id of its own. */
export const timeline: fc.Arbitrary<Arrival[]> = fc.tuple(
  // Some happen in the same moment.
  fc.array(fc.tuple(told, fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 90_000 }))), {
    maxLength: 12,
  }),
  ends,
).map(([streamed, ends]) => {
  let atMs = 0;
  const arrivals: Arrival[] = [];
  for (const [event, gapMs] of [...streamed, ...ends.map((end) => [end, 1_000] as const)]) {
    atMs += gapMs;
    arrivals.push(toArrival(event, atMs, arrivals.length));
  }
  return arrivals;
});

function toArrival([eventType, data]: Told, atMs: number, index: number): Arrival {
  const clientEventId = `01890a5d-ac96-774b-bcce-${String(index).padStart(12, "0")}`;
  const seq = index + 1;
  return arrivalOf(eventType, atMs / 1000, { data, clientEventId, seq, receivedAt: RECEIVED_AT });
}

/** The same, in any order, some of it more than once. */
export const disturbed: fc.Arbitrary<{ inOrder: Arrival[]; asTheyCame: Arrival[] }> = timeline
  .chain((inOrder) =>
    fc.record({
      inOrder: fc.constant(inOrder),
      asTheyCame: fc.subarray(inOrder)
        .chain((again) =>
          fc.shuffledSubarray([...inOrder, ...again], { minLength: inOrder.length + again.length })
        ),
    })
  );
