import { closeAccounts } from "../closing.ts";
import { playThrough } from "../crowd.ts";
import { openBadLine } from "../bad_line.ts";
import type { Proof } from "../proof.ts";
import { startTortured } from "../server.ts";

const CUTS_PER_ROUND = 25;
/** Share of the answers that are lost, while cuts are wanted. */
const LOST = 0.02;
const ACK = /"type":"event_ack","eventId":"(\w+)"/g;
/** Of a start or a review that was stored; what is lost of the rest proves nothing. */
const CREATED = "HTTP/1.1 201";

export const LOST_ACKS: Proof = {
  name: "lost-acks",
  about: "lines that break after the commit and before its answer has arrived",
  needs: [],
  rounds: { full: 20, short: 1 },
  limitSec: 300,
  async run({ rounds, signal }) {
    await using server = await startTortured();
    const lostIds = new Set<string>();
    let lostStarts = 0;
    let isCutting = true;
    await using line = await openBadLine({
      url: server.url,
      mayPass(text) {
        if (!isCutting || Math.random() >= LOST) return true;
        const ids = [...text.matchAll(ACK)].map((match) => match[1]);
        const isCreated = text.startsWith(CREATED);
        ids.forEach((id) => lostIds.add(id));
        if (isCreated) lostStarts++;
        return ids.length === 0 && !isCreated;
      },
    });
    const { url } = line;
    // Nothing else is wrong with the network.
    const crowd = await playThrough({ url, kiosks: 20, faults: 0, signal }, async ({ hear }) => {
      while (lostIds.size < rounds * CUTS_PER_ROUND || lostStarts < rounds) await hear(50);
      isCutting = false;
    });
    const notes = [`${lostIds.size} acknowledgements and ${lostStarts} answers to POST were lost`];
    const outcome = await closeAccounts({ url, parts: [crowd], notes, signal });
    const known = new Set(
      crowd.records.flatMap(({ ledger }) => ledger.entries.map((it) => it.eventId)),
    );
    const others = [...lostIds].filter((id) => !known.has(id));
    const faults = others.map((id) => `"${id}" was acknowledged anew under another id`);
    return { ...outcome, faults: [...outcome.faults, ...faults] };
  },
};
