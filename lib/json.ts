import { AppError } from "./errors.ts";

/** Deepest nesting of objects and arrays that is read or stored (architecture, section 6). */
export const MAX_JSON_DEPTH = 32;

export type JsonObject = { readonly [key: string]: unknown };

/** Where a text came from, for those who are told what is wrong with it. */
export type JsonPlace = "body" | "frame" | "line";

const PLACES: Readonly<Record<JsonPlace, { name: string; field?: string }>> = {
  body: { name: "Body", field: "body" },
  frame: { name: "Frame", field: "frame" },
  // Whoever reads lines tells their numbers.
  line: { name: "Line" },
};

/**
 * Reads untrusted JSON text. Refuses, before or after parsing, what storage engines disagree on:
 * nesting over 32, NUL, lone surrogates, integers beyond 2^53 and numbers that overflow.
 * @throws AppError VALIDATION_ERROR with the reason
 */
export function parseJson(text: string, place: JsonPlace = "body"): unknown {
  return refusingIn(place, () => parse(text));
}

function parse(text: string): unknown {
  refuseDeepNesting(text);
  const value: unknown = JSON.parse(text);
  // Only an escape, a long run of digits or an exponent can hide a forbidden value, and `__proto__`
  // a forbidden key; most messages have none and skip the walk.
  if (SUSPICIOUS.test(text) || !text.isWellFormed()) refuseUnstorable(value);
  return value;
}

/**
 * Checks a value that `JSON.parse` gave as `parseJson` checks a text: for a part of a body that is
 * refused without the rest of it.
 * @throws AppError VALIDATION_ERROR with the reason
 */
export function checkStorable(value: unknown): void {
  refusingIn("body", () => {
    refuseDeepValue(value, MAX_JSON_DEPTH);
    refuseUnstorable(value);
  });
}

function refusingIn<T>(place: JsonPlace, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    const { message, expected } = toRefusal(cause, place);
    throw new AppError("VALIDATION_ERROR", message, {
      details: { field: PLACES[place].field, expected },
      cause,
    });
  }
}

function toRefusal(cause: unknown, place: JsonPlace): Unstorable {
  if (cause instanceof Unstorable) return cause;
  if (!(cause instanceof SyntaxError)) throw cause;
  return new Unstorable(`${PLACES[place].name} is not valid JSON`, "JSON");
}

/** JSON that is well formed, and yet not taken. */
class Unstorable extends Error {
  constructor(message: string, readonly expected: string) {
    super(message);
  }
}

function refuseDeepValue(value: unknown, levels: number): void {
  if (typeof value !== "object" || value === null) return;
  if (levels === 0) throw tooDeep();
  for (const part of Object.values(value)) refuseDeepValue(part, levels - 1);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const SUSPICIOUS = /\\u|\d{16}|\d[eE]|__proto__/;
const QUOTE = 0x22, BACKSLASH = 0x5c, OPEN_BRACE = 0x7b, CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b, CLOSE_BRACKET = 0x5d;

function refuseDeepNesting(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === BACKSLASH) i++;
      else if (char === QUOTE) inString = false;
    } else if (char === QUOTE) inString = true;
    else if (char === OPEN_BRACE || char === OPEN_BRACKET) {
      if (++depth > MAX_JSON_DEPTH) {
        throw tooDeep();
      }
    } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) depth--;
  }
}

function refuseUnstorable(value: unknown): void {
  if (typeof value === "string") return refuseUnstorableText(value);
  if (typeof value === "number") return refuseUnstorableNumber(value);
  if (Array.isArray(value)) return value.forEach(refuseUnstorable);
  if (!isJsonObject(value)) return;
  for (const key of Object.keys(value)) {
    if (key === "__proto__") throw new Unstorable('JSON has the key "__proto__"', "another key");
    refuseUnstorableText(key);
    refuseUnstorable(value[key]);
  }
}

function refuseUnstorableText(text: string): void {
  if (text.includes("\0")) {
    throw new Unstorable("JSON text has a NUL character", "text without NUL");
  }
  if (!text.isWellFormed()) {
    throw new Unstorable("JSON text has a lone surrogate", "well-formed Unicode text");
  }
}

function refuseUnstorableNumber(value: number): void {
  if (!Number.isFinite(value)) {
    throw new Unstorable("JSON has a number out of range", "a finite number");
  }
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new Unstorable("JSON has an integer beyond 2^53", "an integer within 2^53, or a string");
  }
}

function tooDeep(): Unstorable {
  return new Unstorable("JSON is nested too deeply", `at most ${MAX_JSON_DEPTH} levels`);
}
