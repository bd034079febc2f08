import { closeAccounts } from "../closing.ts";
import { playThrough, refusalsOf } from "../crowd.ts";
import { healthIs } from "../health.ts";
import { MOUNT } from "../needs.ts";
import type { Proof } from "../proof.ts";
import { startTortured } from "../server.ts";
import { mountSmallDisk } from "../small_disk.ts";

const DISK_MIB = 64;

export const DISK_FULL: Proof = {
  name: "disk-full",
  about: "the disk is filled, and freed again",
  needs: [MOUNT],
  rounds: { full: 5, short: 1 },
  limitSec: 300,
  async run({ rounds, signal }) {
    await using disk = await mountSmallDisk(DISK_MIB);
    await using server = await startTortured({ folder: disk.path });
    const { url } = server;
    const crowd = await playThrough({ url, kiosks: 20, signal }, async ({ hear, hearRefusal }) => {
      for (let round = 0; round < rounds; round++) {
        await hear(300);
        await disk.fill();
        await Promise.all([healthIs(url, "degraded", signal), hearRefusal()]);
        await disk.free();
        await healthIs(url, "ok", signal);
      }
    });
    const notes = [`${rounds} times full, ${refusalsOf(crowd.tally)} refusals`];
    return await closeAccounts({ url, parts: [crowd], notes, signal });
  },
};
