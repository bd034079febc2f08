import { AppError, type ErrorDetails } from "../../errors.ts";
import { isJsonObject, parseJson } from "../../json.ts";
import { MAX_PACKED_BYTES } from "../../kv/limits.ts";
import { encodeFact } from "../../log/mod.ts";
import type { TextLine } from "../../text_lines.ts";
import { validate } from "../../validation.ts";
import type { Missions } from "../definitions.ts";
import { type EventsRemovedFact, type MissionFact, missionFactSchema } from "../schema.ts";
import { factBounds, rowBounds } from "./bounds.ts";

/** A line is a fact, and facts are smaller than this. */
export const MAX_LINE_BYTES = MAX_PACKED_BYTES;

const FAULT = { code: "VALIDATION_ERROR", what: "Fact is not taken" } as const;
const FACT_TYPES = missionFactSchema.options.map(({ shape }) => shape.type.value);

/**
 * The fact that a line states.
 * @throws AppError VALIDATION_ERROR or PAYLOAD_TOO_LARGE with what is wrong with it
 */
export function checkLine({ text, bytes }: TextLine, missions: Missions): MissionFact {
  if (text === null) throw bytes > MAX_LINE_BYTES ? tooLong() : refusal("Line is not UTF-8", {});
  const input = parseJson(text, "line");
  if (!isJsonObject(input)) throw refusal("Line is not a fact", { expected: "a JSON object" });
  if (!FACT_TYPES.some((type) => type === input.type)) {
    throw refusal("Fact is of no known type", {
      field: "type",
      expected: `one of ${FACT_TYPES.join(", ")}`,
    });
  }
  const fact = validate(missionFactSchema, input, FAULT);
  validate(factBounds, fact, FAULT);
  if (fact.type === "missions.events_removed") checkRow(fact);
  // A number may be longer written out than it came.
  if (encodeFact(fact).length > MAX_LINE_BYTES) throw tooLong();
  if (fact.type === "missions.attempt_started") checkMission(fact, missions);
  if (fact.type === "missions.events_removed" && fact.row) checkMission(fact.row, missions);
  return fact;
}

/** Without its row the removal of an attempt's events says nothing. */
function checkRow({ attemptId, row }: EventsRemovedFact): void {
  if (row === undefined) {
    throw refusal("Fact is not taken", { field: "row", expected: "the row that the events made" });
  }
  validate(rowBounds, row, FAULT);
  if (row.attemptId !== attemptId) {
    throw refusal("Fact is not taken", { field: "row.attemptId", expected: attemptId });
  }
}

function checkMission({ missionType }: { missionType: string }, missions: Missions): void {
  if (missions.types.includes(missionType)) return;
  throw refusal("Mission is not defined here", {
    field: "missionType",
    expected: `one of ${missions.types.join(", ")}`,
  });
}

function refusal(message: string, details: ErrorDetails): AppError {
  return new AppError("VALIDATION_ERROR", message, { details });
}

function tooLong(): AppError {
  return new AppError("PAYLOAD_TOO_LARGE", "Line is too long", {
    details: { expected: `at most ${MAX_LINE_BYTES} bytes` },
  });
}
