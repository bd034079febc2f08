import assert from "node:assert/strict";
import { type ChildServer, startChild, tempFolder } from "../../tools/child_server.ts";
import { numbered } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { readRemotely, startRemotely } from "../support/remote.ts";
import { connect, type SocketClient } from "../support/socket_client.ts";
import type { Started } from "../support/test_app.ts";

const KIOSKS = 4;
const EVENTS = 1_500;
const KILLS = 3;

/** What a client knows of its attempt: the id of each event that was acknowledged. */
interface Ledger {
  readonly started: Started;
  readonly ids: Map<number, string>;
}

function missing({ ids }: Ledger): number[] {
  return Array.from({ length: EVENTS }, (_, i) => i + 1).filter((seq) => !ids.has(seq));
}

function acksOf({ received }: SocketClient): number {
  return received.reduce((count, { type }) => type === "event_ack" ? count + 1 : count, 0);
}

/** Sends all that is not acknowledged, until enough acknowledgements are there; notes them. */
async function stream(
  server: ChildServer,
  ledgers: readonly Ledger[],
  { until, andThen }: { until: number; andThen: () => Promise<unknown> },
): Promise<void> {
  const clients = await Promise.all(ledgers.map(({ started }) => connect(server.url, started)));
  for (const [at, ledger] of ledgers.entries()) {
    for (const seq of missing(ledger)) clients[at].send(numbered(seq));
  }
  const acks = () => clients.reduce((sum, client) => sum + acksOf(client), 0);
  await eventually(() => acks() >= until, `${until} events are acknowledged`, 15_000);
  await andThen();
  await Promise.all(clients.map((client) => client.closed));
  for (const [at, { received }] of clients.entries()) {
    for (const message of received) note(ledgers[at], message);
  }
}

function note({ ids }: Ledger, message: SocketClient["received"][number]): void {
  if (message.type !== "event_ack" || message.seq === undefined) return;
  const known = ids.get(message.seq);
  if (known !== undefined) assert.equal(message.eventId, known, "a repeat got another id");
  ids.set(message.seq, message.eventId);
}

Deno.test("[E-8.14][M-25][T-M18] what was acknowledged is there once after each kill -9", async () => {
  await using folder = await tempFolder();
  const env = { KV_PATH: folder.kvPath, RATE_EVENT_BURST: "100000", LOG_LEVEL: "error" };
  let server = await startChild({ env });
  try {
    const ledgers: Ledger[] = [];
    for (let i = 0; i < KIOSKS; i++) {
      ledgers.push({ started: await startRemotely(server.url), ids: new Map() });
    }
    for (let kill = 0; kill < KILLS; kill++) {
      // At any moment: in the middle of a commit, of a projection's step, of an acknowledgement.
      const until = Math.ceil(Math.random() * KIOSKS * EVENTS / (KILLS + 1));
      await stream(server, ledgers, { until, andThen: () => server[Symbol.asyncDispose]() });
      server = await startChild({ env });
      for (const { started, ids } of ledgers) {
        const stored = new Map(
          (await readRemotely(server.url, started)).map(({ seq, eventId }) => [seq, eventId]),
        );
        for (const [seq, id] of ids) {
          assert.equal(stored.get(seq), id, `event ${seq} is lost, killed after ${until}`);
        }
      }
    }
    const left = ledgers.reduce((sum, ledger) => sum + missing(ledger).length, 0);
    const stop = () => Promise.resolve(server.signal("SIGTERM"));
    await stream(server, ledgers, { until: left, andThen: stop });
    assert.equal(await server.ended, 0);

    server = await startChild({ env });
    for (const { started, ids } of ledgers) {
      const stored = await readRemotely(server.url, started);
      // Each once, under the id of the first acknowledgement.
      assert.equal(stored.length, EVENTS);
      assert.equal(ids.size, EVENTS);
      for (const { seq = 0, eventId } of stored) assert.equal(ids.get(seq), eventId);
    }
  } finally {
    await server[Symbol.asyncDispose]();
  }
});
