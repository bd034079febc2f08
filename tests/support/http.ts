import assert from "node:assert/strict";
import type { ErrorCode } from "../../lib/errors.ts";
import type { TestApp } from "./test_app.ts";

/** An answer that has been read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // deno-lint-ignore no-explicit-any
  readonly body: any;
}

/** Asks, and reads the answer: as JSON where it is, else as text. */
export async function ask(app: TestApp, path: string, init?: RequestInit): Promise<Answer> {
  const response = await app.request(path, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== "" ? JSON.parse(text) : text,
  };
}

export function bearer(token: string): { headers: Record<string, string> } {
  return { headers: { authorization: `Bearer ${token}` } };
}

/** The signed-in administrator's way of asking. */
export async function asAdmin(app: TestApp): Promise<{ headers: Record<string, string> }> {
  return bearer(await app.adminToken());
}

export interface ExpectedError {
  readonly status: number;
  readonly code: ErrorCode;
  readonly field?: string;
}

/** Checks an error in full: the superset of what the documents ask for, and nothing beside. */
export function assertError({ status, headers, body }: Answer, expected: ExpectedError): void {
  assert.equal(status, expected.status, JSON.stringify(body));
  assert.deepEqual(Object.keys(body), ["success", "error", "requestId", "timestamp"]);
  assert.deepEqual(Object.keys(body.error), ["type", "code", "message", "details", "timestamp"]);
  assert.equal(body.success, false);
  assert.equal(body.error.code, expected.code);
  assert.match(body.error.type, /^[a-z]+(_[a-z]+)*_error$/);
  assert.match(body.error.message, /^[A-Z"'][^\n]*[^.\n]$/);
  assert.equal(body.error.timestamp, body.timestamp);
  assert.equal(new Date(body.timestamp).toISOString(), body.timestamp);
  assert.equal(headers.get("x-request-id"), body.requestId);
  assert.equal(headers.get("cache-control"), "no-store");
  if (expected.field !== undefined) {
    assert.equal(body.error.details.field, expected.field);
    assert.equal(typeof body.error.details.expected, "string");
  }
  const retryAfterMs = body.error.details?.retryAfterMs;
  const retryAfter = headers.get("retry-after");
  assert.equal(retryAfter, retryAfterMs === undefined ? null : `${Math.ceil(retryAfterMs / 1000)}`);
}
