import type { Started, TestApp } from "./test_app.ts";

/** An event as the API gives it. */
export interface ReadEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly timestamp: string;
  readonly data: Record<string, unknown>;
  readonly receivedAt: string;
  readonly processingTime: number;
  readonly serverProcessingMs: number;
  readonly delivery: string;
  readonly clientEventId?: string;
  readonly seq?: number;
}

/** The part of an attempt that these tests look at. */
export interface ReadAttempt {
  readonly status: string;
  readonly endTime: string | null;
  readonly totalDuration: number | null;
  readonly duplicateTerminals: number;
  readonly eventCount: number;
}

/** Reads with the attempt's own token, as its kiosk may. */
async function read(app: TestApp, path: string, { wsToken }: Started) {
  const response = await app.request(path, { headers: { authorization: `Bearer ${wsToken}` } });
  const { data } = await response.json();
  if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}`);
  return data;
}

export async function readEvents(app: TestApp, started: Started): Promise<ReadEvent[]> {
  const { events } = await read(app, `/api/missions/${started.attemptId}/events`, started);
  return events;
}

export function readAttempt(app: TestApp, started: Started): Promise<ReadAttempt> {
  return read(app, `/api/missions/${started.attemptId}`, started);
}
