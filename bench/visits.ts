import type { EventFact, MissionFact, StartedFact } from "../lib/missions/schema.ts";
import { CARDS, PAGES, RISK_TYPES, STEP_NAMES, STEP_PAGES } from "../tools/simulate/content.ts";
import { seededNormal, seededRandom } from "../tools/seeded_random.ts";

const IDLE_EXPIRE_MS = 900_000;
const OPENED_VIA = ["vocabulary_card", "search_result", "etf_detail"] as const;

/** All facts of one attempt, as the server would have appended them. */
export type Visit = readonly MissionFact[];

type Random = () => number;
type Told = readonly [eventType: string, data: Record<string, unknown>];

interface Plan {
  readonly missionType: "portfolio" | "vocabulary";
  /** Typical seconds from the start to the success. */
  readonly seconds: number;
  /** Up to the success, in order. */
  readonly way: readonly Told[];
}

/** Starts are spread evenly over it; epoch milliseconds. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * Made-up visits, the same in every run: three of four complete and most of these rate, some quit,
 * some are left until they expire; none still runs. Times on task are log-normal, as real ones are.
 * An attempt has some five events.
 */
export function* visits(attempts: number, { from, to }: Period): Generator<Visit> {
  const random = seededRandom(attempts);
  for (let index = 0; index < attempts; index++) {
    const startAt = Math.floor(from + (to - from) * index / attempts);
    yield visit(index, startAt, random);
  }
}

function visit(index: number, startAt: number, random: Random): Visit {
  const plan = index % 2 === 0 ? portfolioPlan(random) : vocabularyPlan(random);
  const start = startedFact(index, startAt, plan);
  const fate = random();
  const isDone = fate < 0.75;
  const way = isDone ? plan.way : plan.way.slice(0, Math.floor(random() * plan.way.length));
  const taskMs = Math.round(plan.seconds * 1000 * Math.exp(0.4 * seededNormal(random)));
  const events = way.map((told, i) =>
    eventFact(start, told, { seq: i + 1, at: startAt + Math.round(taskMs * (i + 1) / way.length) })
  );
  const endAt = (events.at(-1)?.at ?? startAt) + Math.round(1_000 + random() * 20_000);
  const end = { seq: events.length + 1, at: endAt };
  const seconds = (endAt - startAt) / 1000;
  if (isDone) {
    const completed = eventFact(start, ["mission_completed", { totalDuration: seconds }], end);
    return [start, ...events, completed, ...reviewFacts(start, endAt, random)];
  }
  if (fate >= 0.93) {
    const { attemptId } = start;
    const at = endAt + IDLE_EXPIRE_MS;
    return [start, ...events, { type: "missions.attempt_expired", attemptId, at }];
  }
  const quitKind = random() < 0.6 ? "user" : "idle";
  const quit: Told = ["mission_quitted", { quitKind, timeBeforeQuit: seconds }];
  return [start, ...events, eventFact(start, quit, end)];
}

function portfolioPlan(random: Random): Plan {
  const { value, label } = oneOf(RISK_TYPES, random);
  const steps = STEP_NAMES.map((stepName, i): Told => ["portfolio_creation_step", {
    step: i + 1,
    stepName,
    page: STEP_PAGES[i].url,
    selectedValue: value,
    selectedLabel: label,
    timeOnStep: Math.round(random() * 30_000) / 1000,
  }]);
  const created: Told = ["portfolio_created", { portfolioName: "A안", riskType: value }];
  return { missionType: "portfolio", seconds: 80, way: [...steps, created] };
}

function vocabularyPlan(random: Random): Plan {
  const via = oneOf([0, 1, 2], random);
  const card = oneOf(CARDS, random);
  const pages = [PAGES.home, [PAGES.vocabulary, PAGES.search, PAGES.etfList][via]];
  if (random() < 0.2) pages.push(...pages);
  const views = pages.map(({ url, name }): Told => ["page_view", {
    url,
    pageName: name,
    referrer: PAGES.missionStart.url,
    timeOnPreviousPage: Math.round(random() * 9_000) / 1000,
  }]);
  return {
    missionType: "vocabulary",
    seconds: 15,
    way: [
      ...views,
      ["vocabulary_detail_viewed", { cardId: card.id, openedVia: OPENED_VIA[via] }],
      ["vocabulary_countdown_complete", { cardId: card.id, cardTitle: card.title }],
    ],
  };
}

function startedFact(index: number, startAt: number, { missionType }: Plan): StartedFact {
  return {
    type: "missions.attempt_started",
    attemptId: `attempt_${startAt}${String(index).padStart(9, "0")}`,
    sessionId: uuidOf(index, 0),
    missionType,
    missionVersion: 1,
    startAt,
    receivedAt: startAt,
    kioskId: `kiosk-${index % 12}`,
  };
}

function eventFact(
  { attemptId, startAt }: StartedFact,
  [eventType, data]: Told,
  { seq, at }: { seq: number; at: number },
): EventFact {
  const index = Number(attemptId.slice(-9));
  return {
    type: "missions.event_recorded",
    attemptId,
    eventId: `event_${startAt}${String(index).padStart(9, "0")}${String(seq).padStart(3, "0")}`,
    eventType,
    at,
    data,
    receivedAt: at,
    clockOffsetMs: 0,
    serverProcessingMs: 0.08,
    delivery: "live",
    clientEventId: uuidOf(index, seq),
    seq,
  };
}

function reviewFacts({ attemptId }: StartedFact, submittedAt: number, random: Random): Visit {
  if (random() >= 0.8) return [];
  return [{
    type: "missions.reviewed",
    attemptId,
    reviewId: attemptId.replace("attempt", "review"),
    rating: 1 + Math.floor(random() * 5),
    feedback: random() < 0.2 ? "처음에는 어려웠지만 따라하기 쉬웠어요" : null,
    submittedAt,
    via: "rest",
    warnings: [],
  }];
}

function oneOf<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)];
}

/** Has the form of a UUID of version 7, and is another one for each pair of numbers. */
function uuidOf(index: number, event: number): string {
  const hex = (value: number, length: number) => value.toString(16).padStart(length, "0");
  return `01946f5c-${hex(event, 4)}-7abc-8def-${hex(index, 12)}`;
}
