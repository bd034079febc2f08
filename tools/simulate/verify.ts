import type { z } from "zod";
import { type Api, RefusedError } from "./api.ts";
import {
  compareAttempt,
  type Difference,
  type Expected,
  type Found,
  type StoredEvent,
} from "./compare.ts";
import type { VisitRecord } from "./kiosk.ts";
import { attemptSchema, eventsSchema, loginSchema, reviewSchema } from "./wire.ts";

export interface VerifyDeps {
  readonly api: Api;
  /** Null to read each attempt by its own token. */
  readonly adminToken: string | null;
}

/** Reads one attempt back and compares. */
export async function verifyVisit(
  record: VisitRecord,
  deps: VerifyDeps,
): Promise<readonly Difference[]> {
  const expected = toExpected(record);
  try {
    return compareAttempt(expected, await readAttempt(createReader(record, deps)));
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const { attemptId } = expected;
    return [{ attemptId, about: "reading back", expected: "an answer", found: error.message }];
  }
}

export async function logIn(
  api: Api,
  login: { readonly username: string; readonly password: string },
): Promise<string> {
  const { token } = await api.call({ path: "/api/admin/login", body: login, schema: loginSchema });
  return token;
}

function toExpected({ visit, starter, ledger, complaints }: VisitRecord): Expected {
  return {
    attemptId: starter.attemptId(),
    sessionId: starter.sessionId,
    missionType: visit.persona.mission,
    startTime: starter.startTime,
    statuses: visit.expectedStatuses,
    review: visit.expectedReview,
    entries: ledger.entries,
    complaints: [...complaints, ...ledger.complaints],
  };
}

/** Reads below the attempt; null when there is none. */
type Reader = <T>(path: string, schema: z.ZodType<T>) => Promise<T | null>;

function createReader({ starter }: VisitRecord, { api, adminToken }: VerifyDeps): Reader {
  return async (below, schema) => {
    const path = `/api/missions/${starter.attemptId()}${below}`;
    try {
      return adminToken === null
        ? await starter.call({ path, schema })
        : await api.call({ path, schema, bearer: adminToken });
    } catch (error) {
      if (error instanceof RefusedError && error.status === 404) return null;
      throw error;
    }
  };
}

async function readAttempt(read: Reader): Promise<Found> {
  const attempt = await read("", attemptSchema);
  const list = await readEvents(read);
  const review = await read("/review", reviewSchema);
  const embedded = attempt?.review ?? null;
  return {
    // The attempt shows the review without `hasFeedback`, which the feedback tells.
    attempt: attempt === null ? null : {
      ...attempt,
      review: embedded === null ? null : { ...embedded, hasFeedback: embedded.feedback !== null },
    },
    ...list,
    review,
  };
}

const MAX_PAGES = 10_000;

async function readEvents(read: Reader): Promise<Pick<Found, "events" | "eventCount">> {
  const events: StoredEvent[] = [];
  let eventCount = 0;
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query: string = cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
    const answer: z.infer<typeof eventsSchema> | null = await read(`/events${query}`, eventsSchema);
    if (answer === null) break;
    eventCount = answer.eventCount;
    events.push(...answer.events);
    cursor = answer.nextCursor ?? null;
    if (answer.hasMore !== true || cursor === null) break;
  }
  return { events, eventCount };
}
