import { z } from "zod";
import { AppError, type ErrorDetails } from "../../errors.ts";
import { isJsonObject, parseJson } from "../../json.ts";
import { MAX_PACKED_BYTES } from "../../kv/limits.ts";
import { utf8Length } from "../../log/pack.ts";
import type { TextLine } from "../../text_lines.ts";
import { validate } from "../../validation.ts";
import type { Missions } from "../definitions.ts";
import { MAX_FEEDBACK_CHARS, type MissionFact, missionFactSchema } from "../schema.ts";

/** A line is a fact, and facts are smaller than this. */
export const MAX_LINE_BYTES = MAX_PACKED_BYTES;

const time = z.number().int().min(Date.UTC(2000, 0)).max(Date.UTC(2100, 0) - 1).optional();
const hash = z.string().regex(/^[0-9a-f]{64}$/).optional();
const id = (prefix: string) => z.string().max(50).regex(new RegExp(`^${prefix}_\\d+$`)).optional();
const text = (maxChars: number) => z.string().max(maxChars);

/**
 * Bounds of what a fact says. What is stored has passed the routes' checks, a file has not: these
 * are the same bounds, by the names that all facts share.
 */
const boundsSchema = z.looseObject({
  attemptId: z.string().max(50).regex(/^attempt_\d+$/),
  sessionId: z.guid().optional(),
  kioskId: text(60).nullish(),
  missionVersion: z.number().int().min(1).optional(),
  eventId: id("event"),
  eventType: text(50).min(1).optional(),
  clientEventId: z.uuid().optional(),
  seq: z.number().int().min(1).max(1_000_000_000).optional(),
  reviewId: id("review"),
  feedback: text(MAX_FEEDBACK_CHARS).nullish(),
  warnings: z.array(text(100)).max(10).optional(),
  connectionId: text(60).optional(),
  reason: text(200).min(1).optional(),
  by: text(100).min(1).optional(),
  tokenHash: hash,
  startKey: hash,
  startBody: hash,
  startAt: time,
  receivedAt: time,
  sentAt: time,
  submittedAt: time,
  at: time,
});

const FAULT = { code: "VALIDATION_ERROR", what: "Fact is not taken" } as const;
const FACT_TYPES = missionFactSchema.options.map(({ shape }) => shape.type.value);

/**
 * The fact that a line states.
 * @throws AppError VALIDATION_ERROR or PAYLOAD_TOO_LARGE with what is wrong with it
 */
export function checkLine({ text, bytes }: TextLine, missions: Missions): MissionFact {
  if (text === null) throw bytes > MAX_LINE_BYTES ? tooLong() : refusal("Line is not UTF-8", {});
  const input = parseLine(text);
  if (!isJsonObject(input)) throw refusal("Line is not a fact", { expected: "a JSON object" });
  if (!FACT_TYPES.some((type) => type === input.type)) {
    throw refusal("Fact is of no known type", {
      field: "type",
      expected: `one of ${FACT_TYPES.join(", ")}`,
    });
  }
  const fact = validate(missionFactSchema, input, FAULT);
  validate(boundsSchema, fact, FAULT);
  // A number may be longer written out than it came.
  if (utf8Length(JSON.stringify(fact)) > MAX_LINE_BYTES) throw tooLong();
  if (fact.type === "missions.attempt_started" && !missions.types.includes(fact.missionType)) {
    throw refusal("Mission is not defined here", {
      field: "missionType",
      expected: `one of ${missions.types.join(", ")}`,
    });
  }
  return fact;
}

/** As a body of JSON is read, with faults that speak of a line. */
function parseLine(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const message = error.message.replace(/^Body/, "Line");
    throw refusal(message, { expected: error.details?.expected });
  }
}

function refusal(message: string, details: ErrorDetails): AppError {
  return new AppError("VALIDATION_ERROR", message, { details });
}

function tooLong(): AppError {
  return new AppError("PAYLOAD_TOO_LARGE", "Line is too long", {
    details: { expected: `at most ${MAX_LINE_BYTES} bytes` },
  });
}
