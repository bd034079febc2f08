import type { z } from "zod";
import { type Account, toAccount } from "./account.ts";
import { type Api, RefusedError } from "./api.ts";
import {
  compareAttempt,
  type Difference,
  type Expected,
  type Found,
  type StoredEvent,
} from "./compare.ts";
import type { Starter } from "./starter.ts";
import { attemptSchema, eventsSchema, loginSchema, reviewSchema } from "./wire.ts";

export interface VerifyDeps {
  readonly api: Api;
  /** Null to read each attempt by its own token. */
  readonly adminToken: string | null;
}

/** An attempt that was played: what must be there, and what reads it. */
export interface Played {
  readonly expected: Expected;
  readonly starter: Starter;
}

export interface Verified {
  readonly differences: readonly Difference[];
  readonly account: Account;
}

/** Reads one attempt back and compares. */
export async function verifyAttempt(played: Played, deps: VerifyDeps): Promise<Verified> {
  const { expected } = played;
  try {
    const found = await readAttempt(createReader(played.starter, deps));
    return { differences: compareAttempt(expected, found), account: toAccount(expected, found) };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const { attemptId } = expected;
    const about = "reading back";
    const differences = [{ attemptId, about, expected: "an answer", found: error.message }];
    return { differences, account: toAccount(expected, { events: [] }) };
  }
}

export async function logIn(
  api: Api,
  login: { readonly username: string; readonly password: string },
): Promise<string> {
  const { token } = await api.call({ path: "/api/admin/login", body: login, schema: loginSchema });
  return token;
}

/** Reads below the attempt; null when there is none. */
type Reader = <T>(path: string, schema: z.ZodType<T>) => Promise<T | null>;

function createReader(starter: Starter, { api, adminToken }: VerifyDeps): Reader {
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
