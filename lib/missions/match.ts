import type { EventMatch } from "./definitions.ts";
import type { EventFact } from "./schema.ts";

/** Whether an event is the one a definition speaks of; `page` is where the visitor was. */
export function matches(match: EventMatch, event: EventFact, page: string | null): boolean {
  if (match.event !== event.eventType) return false;
  for (const [field, value] of Object.entries(match.where ?? {})) {
    if (event.data[field] !== value) return false;
  }
  return match.page === undefined || (page !== null && pageMatches(match.page, page));
}

/** `/etf/* /detail` matches `/etf/69500/detail`: a star stands for one segment. */
export function pageMatches(pattern: string, page: string): boolean {
  if (!pattern.includes("*")) return pattern === page;
  const wanted = pattern.split("/");
  const given = page.split("/");
  return wanted.length === given.length &&
    wanted.every((segment, i) => segment === "*" || segment === given[i]);
}

/** Longer addresses are cut: no screen of an application has one, and rows have to stay small. */
const MAX_PAGE_CHARS = 100;

/** The page that an event names, without origin, query and fragment; null when it names none. */
export function pageOf({ data }: EventFact): string | null {
  const named = [data.url, data.page].find((it) => typeof it === "string" && it !== "");
  if (typeof named !== "string") return null;
  const path = named.replace(/^[a-z]+:\/\/[^/]*/i, "").split(/[?#]/, 1)[0];
  const page = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  return page.slice(0, MAX_PAGE_CHARS) || "/";
}
