import type { JsonObject } from "../../lib/json.ts";
import { type Page, PAGES, RATING_TEXTS } from "./content.ts";
import { type Mission, type Persona, type RatingChoice } from "./persona.ts";
import type { Random } from "./random.ts";

/** One event of a visit, before anybody has played it. */
export interface PlannedEvent {
  /** 1, 2, 3 … within the visit. */
  readonly seq: number;
  /** Milliseconds of the visitor's own time since the mission's start. */
  readonly offsetMs: number;
  readonly eventType: string;
  readonly data: JsonObject;
  /** A field of `data` that takes the event's own timestamp when it is played. */
  readonly stampAs: string | null;
}

/** A review as both routes carry it. */
export interface Rating {
  readonly rating: number;
  readonly ratingText: string;
  readonly feedback: string | null;
  readonly hasFeedback: boolean;
}

/** Everything that a visitor does, as data: what the kiosk plays, and what the server must know. */
export interface Visit {
  /** 1, 2, 3 … within the run. */
  readonly number: number;
  readonly persona: Persona;
  readonly missionName: string;
  readonly events: readonly PlannedEvent[];
  /** Sent by REST at this time; null when the visitor rates by the socket or not at all. */
  readonly restReview: (Rating & { readonly offsetMs: number }) | null;
  /** What the server must show afterwards, by whichever route it came. */
  readonly expectedReview: Rating | null;
  /** States in which the attempt may be once everything is delivered (protocol E-1). */
  readonly expectedStatuses: readonly string[];
  readonly outcome: string;
}

export const MISSION_NAMES: Readonly<Record<Mission, string>> = {
  portfolio: "포트폴리오 제작 미션",
  vocabulary: "단어카드 열람 미션",
};

/** Collects what happens, with the time that passes between. */
export interface Timeline {
  readonly page: Page;
  /** Seconds since the mission's start, with milliseconds. */
  seconds(): number;
  /** Lets about this many seconds pass, by the visitor's pace; returns how many did. */
  wait(low: number, high: number): number;
  /** Lets exactly this many seconds pass: the application's own timers know no pace. */
  waitExactly(seconds: number): void;
  happen(eventType: string, data: JsonObject, stampAs?: string): void;
  open(page: Page): void;
  rateByRest(rating: Rating): void;
  readonly events: readonly PlannedEvent[];
  readonly restReview: Visit["restReview"];
}

/** What every part of a visit works with. */
export interface Occasion {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly persona: Persona;
}

export function createTimeline(random: Random, persona: Persona): Timeline {
  const events: PlannedEvent[] = [];
  let atMs = 0;
  let page: Page = PAGES.missionStart;
  let pageSinceMs = 0;
  let restReview: Visit["restReview"] = null;
  const seconds = () => atMs / 1000;

  const happen = (eventType: string, data: JsonObject, stampAs?: string) => {
    const relevance = persona.habits.sendsRelevance && !("isMissionRelevant" in data);
    const sent = relevance ? { ...data, isMissionRelevant: true } : data;
    const seq = events.length + 1;
    events.push({ seq, offsetMs: atMs, eventType, data: sent, stampAs: stampAs ?? null });
    // No two events at one time: order by timestamp must tell the order of what happened.
    atMs += 1;
  };
  const wait = (low: number, high: number) => {
    const ms = Math.round(random.between(low, high) * persona.pace * 1000);
    atMs += ms;
    return ms / 1000;
  };
  return {
    events,
    seconds,
    wait,
    happen,
    waitExactly: (seconds) => void (atMs += seconds * 1000),
    rateByRest: (rating) => void (restReview = { ...rating, offsetMs: atMs }),
    open(next) {
      const duration = atMs - pageSinceMs;
      happen("page_view", {
        url: next.url,
        pageName: next.name,
        referrer: page.url,
        timeOnPreviousPage: duration / 1000,
        page: next.url,
        duration,
        scrollDepth: random.int(0, 100),
      });
      page = next;
      pageSinceMs = atMs;
    },
    get page() {
      return page;
    },
    get restReview() {
      return restReview;
    },
  };
}

export function toRating({ value, feedback }: RatingChoice): Rating {
  return {
    rating: value,
    ratingText: RATING_TEXTS[value],
    feedback,
    hasFeedback: feedback !== null,
  };
}
