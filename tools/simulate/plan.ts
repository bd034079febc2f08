import { PAGES } from "./content.ts";
import { createPersona, type Persona } from "./persona.ts";
import { playPortfolio } from "./portfolio_visit.ts";
import type { Random } from "./random.ts";
import { createTimeline, MISSION_NAMES, toRating, type Visit } from "./visit.ts";
import { playVocabulary } from "./vocabulary_visit.ts";

/** The whole of one visitor; the same random source and number give the same again. */
export function planVisit(random: Random, number: number): Visit {
  const own = random.fork(`visitor ${number}`);
  return toVisit(createPersona(own), { random: own, number });
}

/** The visit of a given persona. */
export function toVisit(
  persona: Persona,
  { random, number }: { readonly random: Random; readonly number: number },
): Visit {
  const timeline = createTimeline(random, persona);
  const missionName = MISSION_NAMES[persona.mission];
  timeline.happen("mission_started", { missionId: persona.mission, missionName });
  timeline.wait(0.2, 0.8);
  timeline.open(PAGES.home);
  const play = persona.mission === "portfolio" ? playPortfolio : playVocabulary;
  play({ timeline, random, persona });
  const { ending } = persona;
  const rated = ending.kind === "completed" && ending.rating !== null;
  return {
    number,
    persona,
    missionName,
    events: timeline.events,
    restReview: timeline.restReview,
    expectedReview: rated && ending.rating !== null ? toRating(ending.rating) : null,
    expectedStatuses: expectStatuses(persona),
    outcome: ending.kind === "left" ? `left (${ending.by})` : ending.kind.replaceAll("_", " "),
  };
}

/** By the state machine, protocol E-1. A silent visitor's attempt expires if the run is long. */
function expectStatuses({ ending }: Persona): readonly string[] {
  switch (ending.kind) {
    case "completed":
      return ["completed"];
    case "left_at_rating":
      return ending.by === "silent" ? ["in_progress", "completed"] : ["completed"];
    case "left":
      return ending.by === "silent" ? ["in_progress", "expired"] : ["quitted"];
  }
}
