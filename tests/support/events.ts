import { SESSION_ID } from "./test_app.ts";

export interface TestEvent {
  readonly eventType: string;
  readonly timestamp: string;
  readonly data: Record<string, unknown>;
  readonly [more: string]: unknown;
}

/** An event message; what a test wants otherwise stands in `parts`. */
export function event(parts: Record<string, unknown> = {}): TestEvent {
  return {
    eventType: "page_view",
    timestamp: new Date().toISOString(),
    data: { url: "/home" },
    ...parts,
  };
}

/** The `seq`-th of some events, with an id of its own that is the same every time. */
export function numbered(seq: number, parts: Record<string, unknown> = {}): TestEvent {
  const clientEventId = `00000000-0000-4000-8000-${String(seq).padStart(12, "0")}`;
  return event({ seq, clientEventId, ...parts });
}

/** The three messages of the source document, "Example Event Messages", for an attempt. */
export function documentMessages(attemptId: string): readonly TestEvent[] {
  const ids = { sessionId: SESSION_ID, attemptId };
  return [
    {
      eventType: "page_view",
      timestamp: "2025-01-19T10:30:05.123Z",
      ...ids,
      data: {
        url: "/portfolio/create/auto",
        pageName: "AutoCreate Step 1",
        referrer: "/portfolio/create/method",
        timeOnPreviousPage: 5.123,
      },
    },
    {
      eventType: "portfolio_creation_step",
      timestamp: "2025-01-19T10:30:15.456Z",
      ...ids,
      data: {
        step: 1,
        stepName: "risk_type_selection",
        selectedValue: "neutral",
        selectedLabel: "중립형",
        timeOnStep: 10.333,
      },
    },
    {
      eventType: "mission_completed",
      timestamp: "2025-01-19T10:36:30.000Z",
      ...ids,
      data: {
        missionId: "portfolio",
        missionName: "포트폴리오 제작 미션",
        totalDuration: 390.0,
        completedAt: "2025-01-19T10:36:30.000Z",
        wasQuitted: false,
      },
    },
  ];
}
