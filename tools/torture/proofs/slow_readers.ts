import { closeAccounts } from "../closing.ts";
import { playThrough } from "../crowd.ts";
import { createPatientApi } from "../patient_api.ts";
import type { Proof } from "../proof.ts";
import { openSender, type Sender, verifySenders } from "../sender.ts";
import { startTortured } from "../server.ts";

const READERS = 4;
const EVENTS = 100;
/** More than before, while nobody reads; most of it is what the runtime has not collected yet. */
const MAX_MORE_MIB = 200;

export const SLOW_READERS: Proof = {
  name: "slow-readers",
  about: "peers that send without end and read no answer, until they are cut off and come back",
  needs: [],
  rounds: { full: 5, short: 1 },
  limitSec: 300,
  async run({ rounds, signal }) {
    const env = { RATE_EVENT_BURST: "1000000000", RATE_EVENTS_PER_SEC: "1000000000" };
    await using server = await startTortured({ env });
    const { url } = server;
    const deps = { api: createPatientApi(url, signal), signal };
    const senders: Sender[] = [];
    let moreMib = 0;
    const crowd = await playThrough({ url, kiosks: 10, signal }, async ({ hear }) => {
      await hear(500);
      const before = server.rssMib();
      const watch = setInterval(() => moreMib = Math.max(moreMib, server.rssMib() - before), 50);
      try {
        for (let round = 0; round < rounds; round++) {
          const readers = await Promise.all(
            Array.from({ length: READERS }, () => openSender(deps)),
          );
          senders.push(...readers);
          await Promise.all(readers.map((sender) => sendUnread(sender, signal)));
          // The others are served all the same.
          await hear(200);
        }
      } finally {
        clearInterval(watch);
      }
      for (const sender of senders) await sender.connect();
      await Promise.all(senders.map((sender) => sender.settled()));
    });
    const parts = [crowd, await verifySenders(senders, deps)];
    const notes = [`${senders.length} peers cut off, ${Math.round(moreMib)} MiB more meanwhile`];
    const outcome = await closeAccounts({ url, parts, notes, signal });
    if (moreMib <= MAX_MORE_MIB) return outcome;
    const fault = `The server took ${Math.round(moreMib)} MiB more`;
    return { ...outcome, faults: [...outcome.faults, fault] };
  },
};

/** Sends some events, and the first of them over and over, until the server cuts the line. */
async function sendUnread(sender: Sender, signal: AbortSignal): Promise<void> {
  const connection = sender.connection();
  connection.stopReading();
  const [first] = Array.from({ length: EVENTS }, (_, i) => sender.send({ number: i }));
  let isOpen = true;
  const ended = connection.ended.then(() => isOpen = false);
  while (isOpen) {
    signal.throwIfAborted();
    const gone = new Promise<void>((resolve) => sender.repeat(first, resolve));
    await Promise.race([gone, ended]);
  }
}
