import { z } from "zod";
import type { Clock } from "./clock.ts";

/**
 * Identifiers by protocol E-2: a prefix, 13 digits of milliseconds and 9 digits of a counter that
 * starts at random in each process. Digits only, sortable, at most 50 characters, unique within a
 * process for 10^9 ids a millisecond. Never derive time or order from one (trap T-M03).
 */
export interface Ids {
  attempt(): string;
  event(): string;
  review(): string;
  connection(): string;
  annotation(): string;
  apiKey(): string;
  audit(): string;
  user(): string;
  session(): string;
  mail(): string;
  activity(): string;
  notification(): string;
  interview(): string;
  question(): string;
  analysis(): string;
  interviewQuestion(): string;
  recording(): string;
  kiosk(): string;
  /** For log lines and error bodies. */
  request(): string;
  /** A random id for an epoch or a process, not sortable. */
  unique(): string;
}

export interface IdsDeps {
  readonly clock: Clock;
  /** A number from 0 (inclusive) to 1 (exclusive). */
  readonly random?: () => number;
  readonly uuid?: () => string;
}

const COUNTER_MODULUS = 1_000_000_000;

export function createIds(
  { clock, random = Math.random, uuid = () => crypto.randomUUID() }: IdsDeps,
): Ids {
  let counter = Math.floor(random() * COUNTER_MODULUS);
  const next = (prefix: string): string => {
    counter = (counter + 1) % COUNTER_MODULUS;
    return `${prefix}_${String(clock.now()).padStart(13, "0")}${String(counter).padStart(9, "0")}`;
  };
  return {
    attempt: () => next("attempt"),
    event: () => next("event"),
    review: () => next("review"),
    connection: () => next("conn"),
    annotation: () => next("ann"),
    apiKey: () => next("key"),
    audit: () => next("audit"),
    user: () => next("user"),
    session: () => next("session"),
    mail: () => next("mail"),
    activity: () => next("activity"),
    notification: () => next("notification"),
    analysis: () => next("analysis"),
    question: () => next("question"),
    interview: () => next("interview"),
    interviewQuestion: () => next("asked"),
    recording: () => next("recording"),
    kiosk: () => next("kiosk"),
    request: () => next("req"),
    unique: uuid,
  };
}

const MAX_ID_CHARS = 50;

/** Checks an id that a client sent; those of other servers and of tests may have fewer digits. */
export function idSchema(prefix: string) {
  const form = new RegExp(`^${prefix}_\\d+$`);
  return z.string().max(MAX_ID_CHARS).regex(form, `an id of the form ${prefix}_ and digits`);
}
