import { closeAccounts } from "../closing.ts";
import { playThrough } from "../crowd.ts";
import { readHealth } from "../health.ts";
import { FAKETIME, findFaketime } from "../needs.ts";
import type { Proof } from "../proof.ts";
import { startTortured } from "../server.ts";
import { tempFolder } from "../../child_server.ts";

const HOUR_SEC = 3_600;
/** Off the true time, by turns. Less than a day apart: for so long a start is known by its key. */
const OFFSETS_SEC = [2 * HOUR_SEC, -3 * HOUR_SEC, 10 * HOUR_SEC, -10 * HOUR_SEC, 1, -1, 0];
const MAX_ERROR_MS = 60_000;

export const CLOCK_JUMPS: Proof = {
  name: "clock-jumps",
  about: "the server's clock jumps ahead and back, and it is killed in the wrong time",
  needs: [FAKETIME],
  rounds: { full: 14, short: 3 },
  limitSec: 300,
  async run({ rounds, signal }) {
    await using folder = await tempFolder();
    const offsetFile = `${folder.path}/offset`;
    const setOffset = (sec: number) =>
      Deno.writeTextFile(offsetFile, `${sec < 0 ? "" : "+"}${sec}`);
    await setOffset(0);
    const env = {
      LD_PRELOAD: await findFaketime() ?? "",
      FAKETIME_TIMESTAMP_FILE: offsetFile,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
    await using server = await startTortured({ env });
    const { url } = server;
    const crowd = await playThrough({ url, kiosks: 20, signal }, async ({ hear }) => {
      for (let round = 0; round < rounds; round++) {
        await hear(200);
        const sec = OFFSETS_SEC[round % OFFSETS_SEC.length];
        await setOffset(sec);
        const { timestamp } = await readHealth(url);
        const errorMs = Date.parse(timestamp) - Date.now() - sec * 1000;
        if (Math.abs(errorMs) > MAX_ERROR_MS) throw new Error(`Clock stands at ${timestamp}`);
        await hear(200);
        if (round % 3 === 2) {
          await server.kill();
          await server.restart();
        }
      }
      await setOffset(0);
    });
    return await closeAccounts({ url, parts: [crowd], notes: [`${rounds} jumps`], signal });
  },
};
