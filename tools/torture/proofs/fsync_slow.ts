import { closeAccounts } from "../closing.ts";
import { playThrough } from "../crowd.ts";
import { injectOnFsync } from "../fsync_faults.ts";
import { STRACE } from "../needs.ts";
import type { Proof } from "../proof.ts";
import { startTortured } from "../server.ts";

const FSYNC_MS = 100;
const ACKS_PER_ROUND = 400;

export const FSYNC_SLOW: Proof = {
  name: "fsync-slow",
  about: `every fsync takes ${FSYNC_MS} ms longer, and no acknowledgement comes before it`,
  needs: [STRACE],
  rounds: { full: 5, short: 1 },
  limitSec: 300,
  async run({ rounds, signal }) {
    await using server = await startTortured();
    const { url } = server;
    let fastestMs = Infinity;
    // Without repeats: the answer to one does not have to wait a whole commit.
    const crowd = await playThrough({ url, kiosks: 20, faults: 0, signal }, async (crowd) => {
      for (let round = 0; round < rounds; round++) {
        await crowd.hear(200);
        await using _fault = await injectOnFsync(server.pid, `delay_exit=${FSYNC_MS * 1000}`);
        // Those that were sent before.
        await crowd.hear(100);
        const { ackMs } = crowd.tally;
        const first = ackMs.length;
        await crowd.hear(ACKS_PER_ROUND);
        fastestMs = Math.min(fastestMs, ...ackMs.slice(first));
      }
    });
    const notes = [`the fastest acknowledgement took ${Math.round(fastestMs)} ms`];
    const outcome = await closeAccounts({ url, parts: [crowd], notes, signal });
    if (fastestMs >= FSYNC_MS) return outcome;
    const fault = `An acknowledgement came ${Math.round(fastestMs)} ms after its event`;
    return { ...outcome, faults: [...outcome.faults, fault] };
  },
};
