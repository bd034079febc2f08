import type { z } from "zod";
import { AppError, type ErrorCode } from "./errors.ts";

/**
 * Checks untrusted input with a schema; the error names the field and what was expected there.
 * @param what begins the message, e.g. `Event validation failed`
 * @throws AppError with the given code
 */
export function validate<T>(
  schema: z.ZodType<T>,
  input: unknown,
  { code, what }: { code: ErrorCode; what: string },
): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw validationError(result.error, input, { code, what });
}

/** The first fault of a failed check, as an error for the client. */
export function validationError(
  { issues }: z.ZodError,
  input: unknown,
  { code, what }: { code: ErrorCode; what: string },
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
    details: { field: field === "" ? "body" : field, expected: expectedOf(issue) },
  });
}

function expectedOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "record" ? "object" : issue.expected;
    case "invalid_value":
      return `one of ${issue.values.join(", ")}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    case "too_small":
      return `at least ${issue.minimum}`;
    case "invalid_format":
      return FORMATS[issue.format] ?? issue.format;
    default:
      return issue.message;
  }
}

const FORMATS: Record<string, string> = {
  datetime: "ISO 8601 date and time with a zone",
  uuid: "UUID",
  guid: "UUID",
  regex: "the form of our ids",
};

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
