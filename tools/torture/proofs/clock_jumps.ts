import { closeAccounts } from "../closing.ts";
import { playThrough } from "../crowd.ts";
import { createFakeClock } from "../fake_clock.ts";
import { readHealth } from "../health.ts";
import { FAKETIME } from "../needs.ts";
import type { Proof } from "../proof.ts";
import { startTortured } from "../server.ts";

const HOUR_SEC = 3_600;
/** Off the true time, by turns. Less than a day apart: for so long a start is known by its key. */
const OFFSETS_SEC = [2 * HOUR_SEC, -3 * HOUR_SEC, 10 * HOUR_SEC, -10 * HOUR_SEC, 1, -1, 0];
/** In the long form, for so long that what the server does every quarter of a minute is done. */
const ACKS_BETWEEN = { full: 2_000, short: 200 };
const ROUNDS_BETWEEN_KILLS = 5;

export const CLOCK_JUMPS: Proof = {
  name: "clock-jumps",
  about: "the server's clock jumps ahead and back, and it is killed in the wrong time",
  needs: [FAKETIME],
  rounds: { full: 14, short: 5 },
  limitSec: 300,
  async run({ rounds, isShort, signal }) {
    const acks = ACKS_BETWEEN[isShort ? "short" : "full"];
    await using clock = await createFakeClock();
    await using server = await startTortured({ env: clock.env });
    const { url } = server;
    const crowd = await playThrough({ url, kiosks: 20, signal }, async ({ hear }) => {
      for (let round = 0; round < rounds; round++) {
        await hear(acks);
        const offsetSec = OFFSETS_SEC[round % OFFSETS_SEC.length];
        await clock.set(offsetSec);
        await assertOffset(url, offsetSec);
        await hear(acks);
        if (round % ROUNDS_BETWEEN_KILLS < ROUNDS_BETWEEN_KILLS - 1) continue;
        await server.kill();
        await server.restart();
      }
      await clock.set(0);
    });
    return await closeAccounts({ url, parts: [crowd], notes: [`${rounds} jumps`], signal });
  },
};

const MAX_ERROR_MS = 60_000;

/** Or nothing would have been proven. */
async function assertOffset(url: string, offsetSec: number): Promise<void> {
  const { timestamp } = await readHealth(url);
  const errorMs = Date.parse(timestamp) - Date.now() - offsetSec * 1000;
  if (Math.abs(errorMs) > MAX_ERROR_MS) throw new Error(`The server's clock says ${timestamp}`);
}
