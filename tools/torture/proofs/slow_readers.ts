import { closeAccounts } from "../closing.ts";
import { playThrough } from "../crowd.ts";
import { createPatientApi } from "../patient_api.ts";
import type { Proof } from "../proof.ts";
import { openSender, type Sender, verifySenders } from "../sender.ts";
import { startTortured } from "../server.ts";

const READERS = 4;
const EVENTS = 100;
/** Nothing but what is not read may stop them. */
const NO_LIMIT = { RATE_EVENT_BURST: "1000000000", RATE_EVENTS_PER_SEC: "1000000000" };

export const SLOW_READERS: Proof = {
  name: "slow-readers",
  about: "peers that send without end and read no answer, until they are cut off and come back",
  needs: [],
  rounds: { full: 5, short: 1 },
  limitSec: 300,
  async run({ rounds, signal }) {
    await using server = await startTortured({ env: NO_LIMIT });
    const { url } = server;
    const api = createPatientApi(url, signal);
    const senders: Sender[] = [];
    let moreMib = 0;
    const crowd = await playThrough({ url, kiosks: 10, signal }, async ({ hear }) => {
      await hear(500);
      const before = server.rssMib();
      for (let round = 0; round < rounds; round++) {
        const opening = Array.from({ length: READERS }, () => openSender({ api, signal }));
        const readers = await Promise.all(opening);
        senders.push(...readers);
        await Promise.all(readers.map((sender) => sendUnread(sender, signal)));
        moreMib = Math.max(moreMib, server.rssMib() - before);
        // The others are served all the same.
        await hear(200);
      }
      for (const sender of senders) await sender.connect();
      await Promise.all(senders.map((sender) => sender.settled()));
    });
    const parts = [crowd, await verifySenders(senders)];
    const notes = [
      `${senders.length} peers cut off, RSS ${Math.round(moreMib)} MiB higher by then`,
    ];
    return await closeAccounts({ url, parts, notes, signal });
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
