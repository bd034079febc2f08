import { systemClock, toIso } from "../../lib/clock.ts";
import type { JsonObject } from "../../lib/json.ts";
import { inTime } from "../in_time.ts";
import { addAccounts, NOTHING } from "../simulate/account.ts";
import { reached } from "../reached.ts";
import type { Api } from "../simulate/api.ts";
import { connect, type Connection } from "../simulate/connection.ts";
import { createLedger, type LedgerEntry } from "../simulate/ledger.ts";
import { createStarter } from "../simulate/starter.ts";
import { type Played, type Verified, verifyAttempt } from "../simulate/verify.ts";
import type { Frame } from "../simulate/wire.ts";
import type { Part } from "./closing.ts";

/** One attempt whose events are sent by hand, with a ledger. */
export interface Sender {
  readonly played: () => Played;
  /** Opens a connection, and sends again what was not acknowledged. */
  connect(): Promise<void>;
  /** The connection that was opened last. */
  connection(): Connection;
  /** Another event: notes it and sends it. */
  send(data: JsonObject): LedgerEntry;
  /** The same event again. */
  repeat(entry: LedgerEntry, then?: () => void): void;
  /** Errors that it was answered, by code. */
  readonly errors: readonly string[];
  /** Resolves when everything is acknowledged. */
  settled(): Promise<void>;
}

export interface SenderDeps {
  readonly api: Api;
  readonly signal: AbortSignal;
}

/** Starts an attempt and connects to it. */
export async function openSender({ api, signal }: SenderDeps): Promise<Sender> {
  const complaints: string[] = [];
  const ledger = createLedger();
  const errors: string[] = [];
  const starter = createStarter({ api, kioskKey: null }, {
    sessionId: crypto.randomUUID(),
    idempotencyKey: crypto.randomUUID(),
    missionType: "vocabulary",
    timestamp: toIso(systemClock.now()),
    onComplaint: (complaint) => complaints.push(complaint),
  });
  await starter.start("once");
  let connection: Connection | null = null;

  function hear(frame: Frame): void {
    if (frame.type === "event_ack") ledger.acknowledge(frame, systemClock.monotonic());
    if (frame.type !== "error") return;
    errors.push(frame.code);
    ledger.refuse(frame, frame.code);
  }

  function current(): Connection {
    if (connection === null) throw new Error("Sender is not connected");
    return connection;
  }

  function repeat(entry: LedgerEntry, then?: () => void): void {
    const { seq, clientEventId, eventType, timestamp, data } = entry;
    ledger.sent(seq, systemClock.monotonic());
    current().send({ eventType, timestamp, data, clientEventId, seq }, then);
  }

  const sender: Sender = {
    errors,
    repeat,
    connection: current,
    played: () => ({
      starter,
      expected: {
        attemptId: starter.attemptId(),
        sessionId: starter.sessionId,
        missionType: "vocabulary",
        startTime: starter.startTime,
        statuses: ["in_progress"],
        review: null,
        entries: ledger.entries,
        complaints: [...complaints, ...ledger.complaints],
      },
    }),
    async connect() {
      const query = new URLSearchParams({ attemptId: starter.attemptId(), token: starter.token() });
      const greeted = Promise.withResolvers<void>();
      connection = connect({
        url: `${starter.wsUrl()}?${query}`,
        headers: {},
        clock: systemClock,
        onFrame: (frame) => frame.type === "connection_ack" ? greeted.resolve() : hear(frame),
        onStrange: (text) => complaints.push(`No message of the protocol: ${text}`),
      });
      const ended = connection.ended.then(({ httpStatus, closeCode }) => {
        throw new Error(`Connection ended with ${httpStatus ?? closeCode}`);
      });
      await inTime(Promise.race([greeted.promise, ended]), "a connection is greeted");
      for (const entry of ledger.waiting()) repeat(entry);
    },
    send(data) {
      const seq = ledger.entries.length + 1;
      const timestamp = toIso(systemClock.now());
      const clientEventId = crypto.randomUUID();
      ledger.add({ seq, clientEventId, eventType: "page_view", timestamp, data });
      const entry = ledger.find(seq)!;
      repeat(entry);
      return entry;
    },
    settled: () => reached(() => ledger.waiting().length === 0, "all is acknowledged", { signal }),
  };
  await sender.connect();
  return sender;
}

/** Reads back what senders sent, a few at a time. */
export async function verifySenders(
  senders: readonly Sender[],
  { api }: SenderDeps,
): Promise<Part> {
  const verified: Verified[] = [];
  for (let i = 0; i < senders.length; i += 20) {
    const some = senders.slice(i, i + 20).map((sender) => sender.played());
    const reading = some.map((played) => verifyAttempt(played, { api, adminToken: null }));
    verified.push(...await Promise.all(reading));
  }
  return {
    attempts: senders.length,
    differences: verified.flatMap((it) => it.differences),
    account: verified.map((it) => it.account).reduce(addAccounts, NOTHING),
  };
}
