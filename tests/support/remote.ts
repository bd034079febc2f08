import { post, SESSION_ID, type Started } from "./test_app.ts";
import type { ReadEvent } from "./reading.ts";

/** Starts an attempt on a server that runs elsewhere. */
export async function startRemotely(url: string, missionType = "portfolio"): Promise<Started> {
  const body = { sessionId: SESSION_ID, missionType, timestamp: new Date().toISOString() };
  const response = await fetch(`${url}/api/missions/start`, post(body));
  const { data } = await response.json();
  if (response.status !== 201) throw new Error(`Start failed with ${response.status}`);
  return data;
}

/** All events of an attempt, read page by page with its own token. */
export async function readRemotely(url: string, started: Started): Promise<ReadEvent[]> {
  const headers = { authorization: `Bearer ${started.wsToken}` };
  const events: ReadEvent[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `?cursor=${cursor}`;
    const path = `/api/missions/${started.attemptId}/events${query}`;
    const response = await fetch(url + path, { headers });
    const { data } = await response.json();
    if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}`);
    events.push(...data.events);
    cursor = data.nextCursor;
  } while (cursor !== null);
  return events;
}
