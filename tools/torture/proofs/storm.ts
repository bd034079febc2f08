import { openBadLine } from "../bad_line.ts";
import { closeAccounts } from "../closing.ts";
import { playThrough } from "../crowd.ts";
import type { Proof } from "../proof.ts";
import { startTortured } from "../server.ts";

const KIOSKS = { full: 1_000, short: 60 };

export const STORM: Proof = {
  name: "storm",
  about:
    `${KIOSKS.full} kiosks lose their lines at one moment, by turns with a server that restarts`,
  needs: [],
  rounds: { full: 10, short: 2 },
  limitSec: 600,
  async run({ rounds, isShort, signal }) {
    await using server = await startTortured();
    await using line = await openBadLine({ url: server.url });
    const { url } = line;
    const kiosks = isShort ? KIOSKS.short : KIOSKS.full;
    let cut = 0;
    let late = 0;
    // Slowly enough that most are in the middle of a visit when it happens.
    const options = { url, kiosks, speed: isShort ? 200 : 20, faults: 0.1, signal };
    const crowd = await playThrough(options, async ({ hear }) => {
      for (let round = 0; round < rounds; round++) {
        await hear(kiosks * 5);
        if (round % 2 === 0) cut += line.cutClients();
        else {
          if (await server.stop() !== 0) late++;
          await server.restart();
        }
      }
    });
    const notes = [`${cut} lines cut, ${crowd.tally.reconnects} reconnects`];
    // Nothing that was acknowledged may be lost by that; the machine is too busy to say more.
    if (late > 0) notes.push(`${late} stops cut short after their five seconds`);
    return await closeAccounts({ url, parts: [crowd], notes, signal });
  },
};
