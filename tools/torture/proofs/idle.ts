import { setTimeout as sleep } from "node:timers/promises";
import { closeAccounts } from "../closing.ts";
import { playThrough } from "../crowd.ts";
import { createPatientApi } from "../patient_api.ts";
import type { Proof } from "../proof.ts";
import { openSender, type Sender, type SenderDeps, verifySenders } from "../sender.ts";
import { startTortured } from "../server.ts";

const CONNECTIONS = { full: 5_000, short: 200 };
const AT_A_TIME = 100;
/** So that those without a sign of life would be taken for dead, after a minute. */
const IDLE_MS = { full: 75_000, short: 500 };

export const IDLE: Proof = {
  name: "idle",
  about: `${CONNECTIONS.full} connections do nothing while a crowd plays, then each sends an event`,
  needs: [],
  rounds: { full: 1, short: 1 },
  limitSec: 300,
  async run({ rounds, isShort, signal }) {
    const length = isShort ? "short" : "full";
    await using server = await startTortured();
    const { url } = server;
    const deps = { api: createPatientApi(url, signal), signal };
    const before = server.rssMib();
    const senders = await openMany(CONNECTIONS[length], deps);
    let mib = 0;
    const crowd = await playThrough({ url, kiosks: 20, speed: 100, signal }, async ({ hear }) => {
      for (let round = 0; round < rounds; round++) {
        await sleep(IDLE_MS[length], undefined, { signal });
        mib = server.rssMib();
        for (const sender of senders) sender.send({ round });
        await Promise.all(senders.map((sender) => sender.settled()));
      }
      await hear(100);
    });
    const parts = [crowd, await verifySenders(senders)];
    const notes = [
      `${senders.length} connections, ${Math.round(before)} MiB before, ${
        Math.round(mib)
      } MiB with them`,
    ];
    return await closeAccounts({ url, parts, notes, signal });
  },
};

async function openMany(count: number, deps: SenderDeps): Promise<Sender[]> {
  const senders: Sender[] = [];
  while (senders.length < count) {
    const some = Array.from({ length: AT_A_TIME }, () => openSender(deps));
    senders.push(...await Promise.all(some));
  }
  return senders;
}
