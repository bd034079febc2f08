import { closeAccounts } from "../closing.ts";
import { playThrough } from "../crowd.ts";
import { createPatientApi } from "../patient_api.ts";
import { eventWithData, NO_EVENTS, POISON_DATA, STRANGE_DATA } from "../poison.ts";
import type { Proof } from "../proof.ts";
import { reached } from "../../reached.ts";
import { openSender, type Sender, verifySenders } from "../sender.ts";
import { startTortured } from "../server.ts";

const SENDERS = 10;
const POISON = [...Object.values(POISON_DATA).map((data) => eventWithData(data)), ...NO_EVENTS];
/** Over what a frame may be: the connection is closed for it. */
const TOO_LARGE = eventWithData(`{"text":"${"x".repeat(70_000)}"}`);

export const POISON_EVENTS: Proof = {
  name: "poison",
  about: "events that cannot be stored, in the same packets as good ones",
  needs: [],
  rounds: { full: 20, short: 2 },
  limitSec: 300,
  async run({ rounds, signal }) {
    await using server = await startTortured();
    const { url } = server;
    const api = createPatientApi(url, signal);
    const opening = Array.from({ length: SENDERS }, () => openSender({ api, signal }));
    const senders = await Promise.all(opening);
    const crowd = await playThrough({ url, kiosks: 10, signal }, async ({ hear }) => {
      for (let round = 0; round < rounds; round++) {
        await Promise.all(senders.map((sender) => mix(sender, signal)));
        await hear(50);
      }
    });
    const parts = [crowd, await verifySenders(senders)];
    const refused = senders.reduce((sum, { errors }) => sum + errors.length, 0);
    const notes = [`${refused} messages refused`];
    return await closeAccounts({ url, parts, notes, signal });
  },
};

/** Good and bad by turns without waiting; each is answered for itself. */
async function mix(sender: Sender, signal: AbortSignal): Promise<void> {
  const refusals = sender.errors.length + POISON.length;
  const connection = sender.connection();
  for (const [i, text] of POISON.entries()) {
    sender.send(STRANGE_DATA[i % STRANGE_DATA.length]);
    connection.sendText(text);
  }
  await sender.settled();
  await reached(() => sender.errors.length >= refusals, "all poison is refused", { signal });
  sender.send({ before: "the line is closed" });
  connection.sendText(TOO_LARGE);
  sender.send({ behind: "what closes the line" });
  const { closeCode } = await connection.ended;
  if (closeCode !== 1009) throw new Error(`Closed with ${closeCode} for a message of 70 KB`);
  await sender.connect();
  await sender.settled();
}
