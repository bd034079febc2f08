/// <reference lib="dom" />
import { browserClock } from "./browser.ts";
import { createBrowserStore } from "./indexed_db.ts";
import { messageOf, startOf } from "./messages.ts";
import type { KioskClock, Store } from "./ports.ts";
import { type KioskEvent, type StoredAttempt, toIso } from "./shapes.ts";

export interface ExportOptions {
  /** As the pairing told it. */
  readonly kioskId: string;
  readonly kioskKey: string;
  /** Of `kiosk.status()`; by it the times of the events are set right. */
  readonly clockOffsetMs: number | null;
}

/** A file for a stick: what the kiosk could not send, signed with its key. */
export interface QueueFile {
  readonly name: string;
  readonly file: Blob;
  readonly attempts: number;
  readonly events: number;
}

/** Of one line; the server takes more than twice as much, and one event may have 40 KiB. */
const MAX_LINE_BYTES = 48 * 1024;
const MAX_EVENTS = 100;

/**
 * Writes what the queue of this device holds, of all its tabs, into a file for
 * `/admin/kiosks`. The queue stays as it is: what is sent later as well is stored once.
 * @throws Error on a page that is not secure: only there a browser signs
 */
export function exportQueue(options: ExportOptions): Promise<QueueFile> {
  const store = createBrowserStore();
  return writeQueueFile(options, { store, clock: browserClock }).finally(() => store.close());
}

export interface ExportPorts {
  readonly store: Store;
  readonly clock: KioskClock;
}

/** The same with a store and a clock of the caller's. */
export async function writeQueueFile(
  { kioskId, kioskKey, clockOffsetMs }: ExportOptions,
  { store, clock }: ExportPorts,
): Promise<QueueFile> {
  const exportedAt = toIso(clock.now());
  const head = { format: "docent-kiosk-queue", version: 1, kioskId, exportedAt, clockOffsetMs };
  const lines = [JSON.stringify(head)];
  let attempts = 0;
  let events = 0;
  for (const attemptId of await store.list()) {
    const stored = await store.load(attemptId);
    if (stored === null || (stored.events.length === 0 && stored.attempt.known)) continue;
    attempts++;
    events += stored.events.length;
    for (const part of partsOf(stored)) lines.push(toLine(stored, part));
  }
  const text = lines.map((line) => `${line}\n`).join("");
  const signature = await sign(text, kioskKey);
  return {
    name: `${kioskId}-${exportedAt.replaceAll(/[:.]/g, "-")}.ndjson`,
    file: new Blob([text, JSON.stringify({ signature }), "\n"], { type: "application/x-ndjson" }),
    attempts,
    events,
  };
}

/** At least one: an attempt without events has begun all the same. */
function partsOf({ events }: StoredAttempt): KioskEvent[][] {
  let part: KioskEvent[] = [];
  let bytes = 0;
  const parts = [part];
  for (const event of events) {
    if (part.length === MAX_EVENTS || (part.length > 0 && bytes + event.bytes > MAX_LINE_BYTES)) {
      parts.push(part = []);
      bytes = 0;
    }
    bytes += event.bytes;
    part.push(event);
  }
  return parts;
}

/** When it is sent is told by whoever takes the file in. */
function toLine({ attempt }: StoredAttempt, part: readonly KioskEvent[]): string {
  const events = part.map((event) => {
    const { sentAt: _, ...message } = messageOf(event, 0);
    return message;
  });
  const { sentAt: _, ...start } = startOf(attempt, 0);
  return JSON.stringify({ ...start, events });
}

/** HMAC-SHA-256 under the SHA-256 of the key, as hexadecimal: the server keeps no more of it. */
async function sign(text: string, kioskKey: string): Promise<string> {
  const { subtle } = crypto;
  if (subtle === undefined) throw new Error("Only a page over HTTPS can sign a file");
  const bytes = (of: string) => new TextEncoder().encode(of);
  const hash = toHex(await subtle.digest("SHA-256", bytes(kioskKey)));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await subtle.importKey("raw", bytes(hash), algorithm, false, ["sign"]);
  return toHex(await subtle.sign("HMAC", key, bytes(text)));
}

function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
