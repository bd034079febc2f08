import { AppError } from "./errors.ts";

/** Deepest nesting of objects and arrays that is read or stored (architecture, section 6). */
export const MAX_JSON_DEPTH = 32;

export type JsonObject = { readonly [key: string]: unknown };

/**
 * Reads untrusted JSON text. Refuses, before or after parsing, what storage engines disagree on:
 * nesting over 32, NUL, lone surrogates, integers beyond 2^53 and numbers that overflow.
 * @throws AppError VALIDATION_ERROR with the reason
 */
export function parseJson(text: string): unknown {
  refuseDeepNesting(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refusal("Body is not valid JSON", "JSON", cause);
  }
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
  refuseDeepValue(value, MAX_JSON_DEPTH);
  refuseUnstorable(value);
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
    if (key === "__proto__") throw refusal('JSON has the key "__proto__"', "another key");
    refuseUnstorableText(key);
    refuseUnstorable(value[key]);
  }
}

function refuseUnstorableText(text: string): void {
  if (text.includes("\0")) throw refusal("JSON text has a NUL character", "text without NUL");
  if (!text.isWellFormed()) {
    throw refusal("JSON text has a lone surrogate", "well-formed Unicode text");
  }
}

function refuseUnstorableNumber(value: number): void {
  if (!Number.isFinite(value)) throw refusal("JSON has a number out of range", "a finite number");
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw refusal("JSON has an integer beyond 2^53", "an integer within 2^53, or a string");
  }
}

function tooDeep(): AppError {
  return refusal("JSON is nested too deeply", `at most ${MAX_JSON_DEPTH} levels`);
}

function refusal(message: string, expected: string, cause?: unknown): AppError {
  return new AppError("VALIDATION_ERROR", message, { details: { field: "body", expected }, cause });
}
