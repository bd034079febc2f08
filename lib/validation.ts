import type { z } from "zod";
import { AppError, type ErrorCode } from "./errors.ts";

interface Validated {
  readonly code: ErrorCode;
  readonly what: string;
  readonly whole?: string;
}

/**
 * Checks untrusted input with a schema; the error names the field and what was expected there.
 * @param what begins the message, e.g. `Event validation failed`
 * @param whole what the input is called where it is wrong as a whole
 * @throws AppError with the given code
 */
export function validate<T>(
  schema: z.ZodType<T>,
  input: unknown,
  as: Validated,
): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw validationError(result.error, input, as);
}

/** The first fault of a failed check, as an error for the client. */
export function validationError(
  { issues }: z.ZodError,
  input: unknown,
  { code, what, whole = "body" }: Validated,
): AppError {
  const issue = issues[0];
  const field = issue.path.join(".");
  const missing = valueAt(input, issue.path) === undefined;
  const problem = field === ""
    ? "not an object"
    : missing
    ? `missing required field '${field}'`
    : `invalid field '${field}'`;
  return new AppError(code, `${what}: ${problem}`, {
    details: { field: field === "" ? whole : field, expected: expectedOf(issue) },
  });
}

/** In words that go behind "expected"; what a schema says by itself has to fit there too. */
function expectedOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "invalid_value":
      return `one of ${issue.values.join(", ")}`;
    case "too_big":
      return `at most ${countOf(issue.maximum, issue.origin)}`;
    case "too_small":
      return `at least ${countOf(issue.minimum, issue.origin)}`;
    case "invalid_format":
      return FORMATS[issue.format] ?? issue.message;
    default:
      return issue.message;
  }
}

const TYPES: Readonly<Record<string, string>> = { record: "object", int: "whole number" };

const FORMATS: Readonly<Record<string, string>> = {
  datetime: "ISO 8601 date and time with a zone",
  uuid: "UUID",
  guid: "UUID",
};

function countOf(count: number | bigint, origin: string): string {
  if (origin !== "string" && origin !== "array") return String(count);
  const unit = origin === "string" ? "character" : "item";
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
