import type { Random } from "./random.ts";

const FIRST_DELAY_MS = 150;
const LONGEST_DELAY_MS = 4000;

/** Milliseconds before the next try: doubling, and half of it by chance so that kiosks part. */
export function backoffMs(failures: number, random: Random): number {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(ceiling / 2 + random.between(0, ceiling / 2));
}

/** The `Retry-After` header in milliseconds: seconds or a date; null when absent or unreadable. */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === "") return null;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

/** How a connection ended, or why it never was. */
export interface ConnectionEnd {
  /** WebSocket close code; 1006 when there was none. */
  readonly closeCode: number;
  /** HTTP status of a refused upgrade, else null. */
  readonly httpStatus: number | null;
  /** What the server asked to wait, by header or by message, else null. */
  readonly retryAfterMs: number | null;
}

export type NextStep =
  | { readonly kind: "reconnect"; readonly newToken: boolean; readonly waitMs: number | null }
  /** The server does not want this attempt any more, however often we come back. */
  | { readonly kind: "stop"; readonly code: string };

/** What a client does after a connection's end (close codes of protocol E-3). */
export function decideNext(end: ConnectionEnd): NextStep {
  const waitMs = end.retryAfterMs;
  if (end.closeCode === 4401 || end.httpStatus === 401) {
    return { kind: "reconnect", newToken: true, waitMs };
  }
  if (FINAL_CLOSE_CODES.has(end.closeCode)) {
    return { kind: "stop", code: `CLOSE_${end.closeCode}` };
  }
  const { httpStatus } = end;
  if (httpStatus !== null && httpStatus >= 400 && httpStatus < 500 && httpStatus !== 429) {
    return { kind: "stop", code: `HTTP_${httpStatus}` };
  }
  return { kind: "reconnect", newToken: false, waitMs };
}

/**
 * Bad message, not this attempt, no attempt, ended, and RFC 6455's own refusals. Not 4001: nobody
 * else plays this attempt, so only an own half-dead connection can have superseded us.
 */
const FINAL_CLOSE_CODES: ReadonlySet<number> = new Set([
  4400,
  4403,
  4404,
  4410,
  1002,
  1003,
  1007,
  1009,
]);
