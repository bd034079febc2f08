import { closeAccounts } from "../closing.ts";
import { playThrough, refusalsOf } from "../crowd.ts";
import { injectOnFsync } from "../fsync_faults.ts";
import { healthIs } from "../health.ts";
import { STRACE } from "../needs.ts";
import type { Proof } from "../proof.ts";
import { startTortured } from "../server.ts";

export const FSYNC_FAILS: Proof = {
  name: "fsync-fails",
  about: "every fsync fails with EIO for a while; each second time the server is killed meanwhile",
  needs: [STRACE],
  rounds: { full: 10, short: 2 },
  limitSec: 300,
  async run({ rounds, signal }) {
    await using server = await startTortured();
    const { url } = server;
    const crowd = await playThrough({ url, kiosks: 20, signal }, async ({ hear, hearRefusal }) => {
      for (let round = 0; round < rounds; round++) {
        await hear(200);
        {
          await using _fault = await injectOnFsync(server.pid, "error=EIO");
          await Promise.all([healthIs(url, "degraded", signal), hearRefusal()]);
          if (round % 2 === 1) await server.kill();
        }
        if (round % 2 === 1) await server.restart();
        await healthIs(url, "ok", signal);
      }
    });
    const notes = [`${rounds} times failing, ${refusalsOf(crowd.tally)} refusals`];
    return await closeAccounts({ url, parts: [crowd], notes, signal });
  },
};
