import { systemClock, toIso } from "../../lib/clock.ts";
import type { JsonObject } from "../../lib/json.ts";
import { inTime } from "../in_time.ts";
import { reached } from "../reached.ts";
import { addAccounts, NOTHING } from "../simulate/account.ts";
import type { Api } from "../simulate/api.ts";
import type { Expected } from "../simulate/compare.ts";
import { connect, type Connection } from "../simulate/connection.ts";
import { createLedger, type Ledger, type LedgerEntry } from "../simulate/ledger.ts";
import { createStarter, type Starter } from "../simulate/starter.ts";
import { type Verified, verifyAttempt } from "../simulate/verify.ts";
import type { Frame } from "../simulate/wire.ts";
import type { Part } from "./closing.ts";

/** One attempt whose events are sent by hand, with a ledger. */
export interface Sender {
  /** Opens a connection, and sends again what was not acknowledged. */
  connect(): Promise<void>;
  /** The connection that was opened last. */
  connection(): Connection;
  /** Another event: notes it and sends it. */
  send(data: JsonObject): LedgerEntry;
  /** The same event again; `then` runs when its bytes have left this process. */
  repeat(entry: LedgerEntry, then?: () => void): void;
  /** Errors that it was answered, by code. */
  readonly errors: readonly string[];
  /** Resolves when everything is answered. */
  settled(): Promise<void>;
  /** Reads everything back and compares. */
  verify(): Promise<Verified>;
}

export interface SenderDeps {
  readonly api: Api;
  readonly signal: AbortSignal;
}

/** What a sender knows of its attempt. */
interface Book {
  readonly ledger: Ledger;
  readonly errors: string[];
  readonly complaints: string[];
}

const MISSION = "vocabulary";

/** Starts an attempt and connects to it. */
export async function openSender({ api, signal }: SenderDeps): Promise<Sender> {
  const book: Book = { ledger: createLedger(), errors: [], complaints: [] };
  const { ledger, errors } = book;
  const starter = await startAttempt(api, book);
  let connection = await openConnection(starter, book);

  function repeat(entry: LedgerEntry, then?: () => void): void {
    const { seq, clientEventId, eventType, timestamp, data } = entry;
    ledger.sent(seq, systemClock.monotonic());
    connection.send({ eventType, timestamp, data, clientEventId, seq }, then);
  }

  return {
    errors,
    repeat,
    connection: () => connection,
    async connect() {
      connection = await openConnection(starter, book);
      for (const entry of ledger.waiting()) repeat(entry);
    },
    send(data) {
      const entry = addEvent(ledger, data);
      repeat(entry);
      return entry;
    },
    settled: () => reached(() => ledger.waiting().length === 0, "all is answered", { signal }),
    verify() {
      const expected = toExpected(starter, book);
      return verifyAttempt({ expected, starter }, { api, adminToken: null });
    },
  };
}

async function startAttempt(api: Api, { complaints }: Book): Promise<Starter> {
  const starter = createStarter({ api, kioskKey: null }, {
    sessionId: crypto.randomUUID(),
    idempotencyKey: crypto.randomUUID(),
    missionType: MISSION,
    timestamp: toIso(systemClock.now()),
    onComplaint: (complaint) => complaints.push(complaint),
  });
  await starter.start("once");
  return starter;
}

async function openConnection(starter: Starter, book: Book): Promise<Connection> {
  const query = new URLSearchParams({ attemptId: starter.attemptId(), token: starter.token() });
  const greeted = Promise.withResolvers<void>();
  const connection = connect({
    url: `${starter.wsUrl()}?${query}`,
    headers: {},
    clock: systemClock,
    onFrame: (frame) => frame.type === "connection_ack" ? greeted.resolve() : hear(frame, book),
    onStrange: (text) => book.complaints.push(`No message of the protocol: ${text}`),
  });
  const ended = connection.ended.then(({ httpStatus, closeCode }) => {
    throw new Error(`Connection ended with ${httpStatus ?? closeCode}`);
  });
  await inTime(Promise.race([greeted.promise, ended]), "a connection is greeted");
  return connection;
}

function hear(frame: Frame, { ledger, errors }: Book): void {
  if (frame.type === "event_ack") ledger.acknowledge(frame, systemClock.monotonic());
  if (frame.type !== "error") return;
  errors.push(frame.code);
  ledger.refuse(frame, frame.code);
}

function addEvent(ledger: Ledger, data: JsonObject): LedgerEntry {
  const seq = ledger.entries.length + 1;
  const timestamp = toIso(systemClock.now());
  const clientEventId = crypto.randomUUID();
  ledger.add({ seq, clientEventId, eventType: "page_view", timestamp, data });
  return ledger.entries[seq - 1];
}

function toExpected(starter: Starter, { ledger, complaints }: Book): Expected {
  return {
    attemptId: starter.attemptId(),
    sessionId: starter.sessionId,
    missionType: MISSION,
    startTime: starter.startTime,
    statuses: ["in_progress"],
    review: null,
    entries: ledger.entries,
    complaints: [...complaints, ...ledger.complaints],
  };
}

const READ_AT_A_TIME = 20;

/** Reads back what senders sent, a few at a time. */
export async function verifySenders(senders: readonly Sender[]): Promise<Part> {
  const verified: Verified[] = [];
  for (let i = 0; i < senders.length; i += READ_AT_A_TIME) {
    const some = senders.slice(i, i + READ_AT_A_TIME);
    verified.push(...await Promise.all(some.map((sender) => sender.verify())));
  }
  return {
    attempts: senders.length,
    differences: verified.flatMap((it) => it.differences),
    account: verified.map((it) => it.account).reduce(addAccounts, NOTHING),
  };
}
