import type { EventData } from "./mod.ts";

/** A mission as the queue keeps it. Times are epoch milliseconds by the kiosk's clock. */
export interface KioskAttempt {
  /** UUID, made here. */
  readonly attemptId: string;
  readonly sessionId: string;
  readonly missionType: string;
  readonly startedAt: number;
  readonly test: boolean;
  /** Of the newest event; goes on after a reload. */
  readonly lastSeq: number;
  readonly endedAt: number | null;
  /** The server has acknowledged the start. */
  readonly known: boolean;
}

export interface KioskEvent {
  readonly attemptId: string;
  /** 1, 2, 3 … within the attempt. */
  readonly seq: number;
  /** UUID, by which the server tells a repeat. */
  readonly clientEventId: string;
  readonly eventType: string;
  readonly at: number;
  readonly data: EventData;
  /** Of the event as JSON, about. */
  readonly bytes: number;
}

/** What is written together, so that a crash leaves all of it or nothing. */
export interface Change {
  readonly attempts: readonly KioskAttempt[];
  readonly events: readonly KioskEvent[];
  readonly removedEvents: readonly KioskEvent[];
  readonly removedAttempts: readonly string[];
}

export interface StoredAttempt {
  readonly attempt: KioskAttempt;
  /** By their numbers. */
  readonly events: readonly KioskEvent[];
}

export function toIso(at: number): string {
  return new Date(at).toISOString();
}
