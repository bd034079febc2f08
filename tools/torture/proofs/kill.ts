import { closeAccounts } from "../closing.ts";
import { playThrough } from "../crowd.ts";
import type { Proof } from "../proof.ts";
import { startTortured } from "../server.ts";

/** At any moment: within a commit, a projection's step, an acknowledgement, or the start. */
const MAX_ACKS_BEFORE_KILL = 1_500;

export const KILL: Proof = {
  name: "kill",
  about: "kill -9 while a crowd plays, and a start on the same data",
  needs: [],
  rounds: { full: 20, short: 2 },
  limitSec: 300,
  async run({ rounds, signal }) {
    await using server = await startTortured();
    const { url } = server;
    // Many at once and in bursts: a kill should hit commits that are under way.
    const crowd = await playThrough({ url, kiosks: 100, speed: 2000, signal }, async ({ hear }) => {
      for (let round = 0; round < rounds; round++) {
        await hear(Math.floor(Math.random() * MAX_ACKS_BEFORE_KILL));
        await server.kill();
        await server.restart();
      }
    });
    return await closeAccounts({ url, parts: [crowd], notes: [`${rounds} kills`], signal });
  },
};
