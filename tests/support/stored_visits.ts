import { asAdmin, ask } from "./http.ts";
import type { TestApp } from "./test_app.ts";

export interface StoredVisit {
  // deno-lint-ignore no-explicit-any
  readonly attempt: any;
  // deno-lint-ignore no-explicit-any
  readonly events: readonly any[];
}

/** All attempts with their events, in the order of their starts. */
export async function storedVisits(app: TestApp): Promise<StoredVisit[]> {
  const admin = await asAdmin(app);
  const list = await ask(app, "/api/missions?order=asc&limit=100", admin);
  const visits: StoredVisit[] = [];
  for (const { attemptId } of list.body.data.attempts) {
    const attempt = (await ask(app, `/api/missions/${attemptId}`, admin)).body.data;
    visits.push({ attempt, events: await storedEvents(app, attemptId, admin) });
  }
  return visits;
}

async function storedEvents(app: TestApp, attemptId: string, admin: RequestInit) {
  const events: unknown[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `&cursor=${cursor}`;
    const path = `/api/missions/${attemptId}/events?limit=1000${query}`;
    const { data } = (await ask(app, path, admin)).body;
    events.push(...data.events);
    cursor = data.nextCursor;
  } while (cursor !== null);
  return events;
}

/** Numbers and types of a visit's events, as `1 mission_started`. */
export function told({ events }: StoredVisit): string[] {
  return events.map(({ seq, eventType }) => `${seq} ${eventType}`);
}
