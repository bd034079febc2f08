import type { MissionFact } from "../schema.ts";

/** What makes two facts of one attempt the same fact, however often they are imported. */
export function factKey(fact: MissionFact): string {
  switch (fact.type) {
    case "missions.attempt_started":
      return "start";
    case "missions.event_recorded":
      return `event ${fact.eventId}`;
    case "missions.reviewed":
      // A correction keeps the review's id.
      return `review ${fact.reviewId} ${fact.submittedAt}`;
    case "missions.events_removed":
      // The row that stands in their place has its position in the log of each server.
      return `events_removed ${fact.at}`;
    default:
      // Nothing else has an id: it is the same when all of it is.
      return JSON.stringify(Object.entries(fact).sort(([a], [b]) => a < b ? -1 : 1));
  }
}
