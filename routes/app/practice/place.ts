import type { AppContext } from "../../middleware/context.ts";
import { whoOf } from "../../middleware/guards.ts";

/** Of one interview, under `/app`. */
export const SESSION = "/practice/:sessionId{interview_\\d{1,40}}";

/** Whose interview an address names: only ever one's own. */
export function placeOf(c: AppContext) {
  return { userId: whoOf(c).userId, sessionId: c.req.param("sessionId") ?? "" };
}

/** The address of the interview's own page. */
export function pathOf(c: AppContext): string {
  return `/app/practice/${placeOf(c).sessionId}`;
}
