import assert from "node:assert/strict";
import { foldJourney } from "../../../lib/missions/journey.ts";
import type { MissionDefinition } from "../../../lib/missions/definitions.ts";
import { eventFact, PORTFOLIO, START_AT, VOCABULARY } from "../../support/mission_facts.ts";

type Told = readonly [atSec: number, eventType: string];

function activeSec(definition: MissionDefinition, timeline: readonly Told[]): number {
  const events = timeline.map(([atSec, eventType]) => eventFact(eventType, atSec));
  return foldJourney(START_AT, events, definition).activeMs / 1000;
}

interface Row {
  readonly name: string;
  readonly definition: MissionDefinition;
  readonly timeline: readonly Told[];
  readonly activeSec: number;
}

const ROWS: readonly Row[] = [
  { name: "[T-M10] no event, no active time", definition: PORTFOLIO, timeline: [], activeSec: 0 },
  {
    name: "[T-M10] gaps under the idle cap are active, from the start on",
    definition: PORTFOLIO,
    timeline: [[10, "page_view"], [35, "button_clicked"]],
    activeSec: 35,
  },
  {
    name: "[T-M10] a longer gap counts up to the cap of 30 s",
    definition: PORTFOLIO,
    timeline: [[10, "page_view"], [200, "button_clicked"], [205, "page_view"]],
    activeSec: 45,
  },
  {
    name: "[T-M10] a gap of exactly the cap counts whole",
    definition: PORTFOLIO,
    timeline: [[30, "page_view"], [60, "page_view"]],
    activeSec: 60,
  },
  {
    name: "[T-M10] the compulsory 3 s before the countdown's end are no activity",
    definition: VOCABULARY,
    timeline: [[10, "vocabulary_detail_viewed"], [13.5, "vocabulary_countdown_complete"]],
    activeSec: 10.5,
  },
  {
    name: "[T-M10] a wait that was shorter than compulsory takes nothing away",
    definition: VOCABULARY,
    timeline: [[10, "vocabulary_detail_viewed"], [11, "vocabulary_countdown_complete"]],
    activeSec: 10,
  },
  {
    name: "[T-M10] the wait is taken off before the cap",
    definition: VOCABULARY,
    timeline: [[10, "vocabulary_detail_viewed"], [42, "vocabulary_countdown_complete"]],
    activeSec: 39,
  },
  {
    name: "[T-M10] the same wait is nothing to a mission that does not force it",
    definition: PORTFOLIO,
    timeline: [[10, "page_view"], [13.5, "vocabulary_countdown_complete"]],
    activeSec: 13.5,
  },
  {
    name: "[T-M10] an event of before the start adds nothing",
    definition: PORTFOLIO,
    timeline: [[-20, "page_view"], [5, "page_view"]],
    activeSec: 5,
  },
];

for (const row of ROWS) {
  Deno.test(row.name, () => assert.equal(activeSec(row.definition, row.timeline), row.activeSec));
}

interface Success {
  readonly name: string;
  readonly definition: MissionDefinition;
  readonly timeline: readonly Told[];
  readonly succeededSec: number | null;
}

const SUCCESSES: readonly Success[] = [
  {
    name: "[T-M10] portfolio_created is the success of the portfolio mission",
    definition: PORTFOLIO,
    timeline: [[60, "portfolio_created"], [61, "mission_complete_modal_shown"]],
    succeededSec: 60,
  },
  {
    name: "[T-M28] the modal alone declares success",
    definition: PORTFOLIO,
    timeline: [[61, "mission_complete_modal_shown"]],
    succeededSec: 61,
  },
  {
    name: "[T-M10] the end of the countdown is the success of the vocabulary mission",
    definition: VOCABULARY,
    timeline: [[9, "vocabulary_countdown_tick"], [12, "vocabulary_countdown_complete"]],
    succeededSec: 12,
  },
  {
    name: "[T-M10] the first success counts, not the second",
    definition: VOCABULARY,
    timeline: [[12, "vocabulary_countdown_complete"], [30, "vocabulary_countdown_complete"]],
    succeededSec: 12,
  },
  {
    name: "[T-M10] another mission's success is none",
    definition: VOCABULARY,
    timeline: [[12, "portfolio_created"]],
    succeededSec: null,
  },
];

for (const row of SUCCESSES) {
  Deno.test(row.name, () => {
    const events = row.timeline.map(([atSec, eventType]) => eventFact(eventType, atSec));
    const { succeededAt } = foldJourney(START_AT, events, row.definition);
    assert.equal(
      succeededAt,
      row.succeededSec === null ? null : START_AT + row.succeededSec * 1000,
    );
  });
}
