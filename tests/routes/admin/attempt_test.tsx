import { equal, match } from "node:assert/strict";
import type { AttemptDetailView, TimelineEvent } from "../../../lib/missions/view.ts";
import { AttemptPage } from "../../../routes/admin/attempt.tsx";
import { aUi, renderPage } from "../../support/page.ts";

function anEvent(change: Partial<TimelineEvent> = {}): TimelineEvent {
  return {
    kind: "event",
    eventId: "event_1",
    eventType: "portfolio_creation_step",
    at: "2025-01-19T01:31:45.000Z",
    sinceStartSeconds: 105,
    isMissionRelevant: true,
    facts: { step: 3, seconds: 35.4 },
    step: { reportedSeconds: 35.4, measuredSeconds: 80 },
    delivery: "live",
    isDuplicate: false,
    ...change,
  };
}

function attempt(change: Partial<AttemptDetailView> = {}, locale: "ko" | "en" = "en") {
  const view: AttemptDetailView = {
    attemptId: "attempt_1737285000000123456789",
    sessionId: "550e8400-e29b-41d4-a716-446655440000",
    kioskId: null,
    mission: {
      missionType: "portfolio",
      name: { ko: "포트폴리오 제작 미션", en: "Build a portfolio" },
    },
    status: "completed",
    startTime: "2025-01-19T01:30:00.000Z",
    endTime: "2025-01-19T01:36:30.000Z",
    totalSeconds: 390,
    taskSeconds: 185,
    activeSeconds: null,
    reportedSeconds: null,
    path: null,
    leftAtRating: false,
    duplicateTerminals: 0,
    review: {
      rating: 4,
      feedback: "처음에는 어려웠지만",
      submittedAt: "2025-01-19T01:36:00.000Z",
    },
    eventCount: 45,
    eventsRemovedAt: null,
    timeline: [anEvent()],
    moreHref: null,
    ...change,
  };
  const ui = aUi(locale, "/admin/attempts/x");
  return renderPage(<AttemptPage ui={ui} view={view} />, ui);
}

Deno.test("[M-49] an attempt shows id, type, status, duration and rating as the document does", () => {
  const { text } = attempt({}, "ko");
  match(text, /시도 attempt_1737285000000123456789/);
  match(text, /미션 포트폴리오 제작 미션/);
  match(text, /상태 완료/);
  match(text, /소요 시간 390\.0초 \(6분 30초\)/);
  match(text, /평점 4★ \(쉬움\)/);
  match(attempt().text, /Duration 390\.0s \(6m 30s\)/);
});

Deno.test("[T-M11] a step shows the time it said and the time it took, and that they differ", () => {
  match(attempt().text, /10:31:45 \+105s.*self-reported 35\.4s measured 80s differ/);
  const near = anEvent({ step: { reportedSeconds: 10.3, measuredSeconds: 11.2 } });
  equal(attempt({ timeline: [near] }).text.includes("differ"), false);
  const bare = anEvent({ step: { reportedSeconds: null, measuredSeconds: 11.2 } });
  equal(attempt({ timeline: [bare] }).text.includes("self-reported"), false);
});

Deno.test("[M-49][T-M24] offline spans, late arrivals and duplicates are marked", () => {
  const { text } = attempt({
    duplicateTerminals: 1,
    timeline: [
      {
        kind: "offline",
        from: "2025-01-19T01:30:40.000Z",
        to: "2025-01-19T01:31:41.000Z",
        seconds: 61,
        eventCount: 1,
      },
      anEvent({ delivery: "queued" }),
      anEvent({ eventId: "event_2", eventType: "mission_completed", isDuplicate: true }),
    ],
  });
  match(text, /Offline 61s, 1 event came later/);
  match(text, /arrived later/);
  match(text, /duplicate/);
  match(text, /1 further end event stored, not counted/);
});

Deno.test("[T-M30] a visitor's feedback is text and nothing else", () => {
  const feedback = '<img src=x onerror="alert(1)"> & <script>alert(2)</script>';
  const { html } = attempt({
    review: { rating: 1, feedback, submittedAt: "2025-01-19T01:36:00.000Z" },
  });
  equal(/<img|<script>alert/.test(html), false);
  match(html, /&lt;img src=x onerror=&quot;alert\(1\)&quot;> &amp; &lt;script>/);
});

Deno.test("[T-M10] only durations that are known are shown", () => {
  const { text } = attempt({ endTime: null, totalSeconds: null, taskSeconds: null, review: null });
  equal(/Duration|Time on task|Ended|null/.test(text), false);
  match(text, /The visitor left no review\./);
});

Deno.test("[M-49] an attempt without events says so", () => {
  match(attempt({ timeline: [], eventCount: 0 }).text, /No events arrived/);
});

Deno.test("[M-49][M-70] an attempt without its events says since when, and keeps its figures", () => {
  const change = { timeline: [], eventsRemovedAt: "2025-04-19T01:30:00.000Z" };
  const { text } = attempt(change, "en");
  match(text, /Events were removed/);
  match(text, /too old on Sat, 19 Apr 2025/);
  match(text, /390\.0s/);
  match(attempt(change, "ko").text, /이벤트가 삭제되었습니다/);
});
