import { systemClock } from "../../lib/clock.ts";
import { type Api, createApi } from "../simulate/api.ts";
import { createRandom } from "../simulate/random.ts";
import { createTally } from "../simulate/tally.ts";

/** Longer than anything that happens to a server; then a client gives up. */
export const PATIENCE_MS = 120_000;

/** Requests that are made again until they are answered. */
export function createPatientApi(baseUrl: string, signal: AbortSignal): Api {
  return createApi({
    baseUrl,
    signal,
    patienceMs: PATIENCE_MS,
    clock: systemClock,
    random: createRandom(`${Math.random()}`),
    tally: createTally(),
  });
}
