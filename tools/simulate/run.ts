import { type Clock, systemClock } from "../../lib/clock.ts";
import { createIds } from "../../lib/ids.ts";
import { type Api, createApi } from "./api.ts";
import type { Difference } from "./compare.ts";
import { playVisit, type VisitRecord } from "./kiosk.ts";
import { planNetwork } from "./network_plan.ts";
import type { Options } from "./options.ts";
import { planVisit } from "./plan.ts";
import { createRandom } from "./random.ts";
import { createTally, type Tally } from "./tally.ts";
import { logIn, verifyVisit } from "./verify.ts";

/** One run of the simulator: its parts, and the two things that it does. */
export interface Run {
  readonly tally: Tally;
  /** Visits that were played to their end, so far. */
  readonly records: readonly VisitRecord[];
  /** Is there a server, and does it take the login? @throws NoServerError, RefusedError */
  prepare(): Promise<void>;
  /** Plays all visitors, a few at a time. @throws PatienceError, RefusedError */
  play(): Promise<void>;
  /** Reads everything back. @throws PatienceError */
  verify(): Promise<readonly Difference[]>;
}

export interface RunParts {
  readonly clock?: Clock;
  /** Names the run; two runs of one seed play the same visits under other ids. */
  readonly runId?: string;
}

export function createRun(options: Options, parts: RunParts = {}): Run {
  const clock = parts.clock ?? systemClock;
  const runId = parts.runId ?? createIds({ clock }).unique();
  const tally = createTally();
  const stop = new AbortController();
  const { patienceMs, speed, kiosks, visitors, faults } = options;
  const plans = createRandom(options.seed);
  const jitter = createRandom(`${options.seed} jitter`);
  const ids = createRandom(runId);
  const deps = { patienceMs, clock, random: jitter, signal: stop.signal, tally };
  const api: Api = createApi({ ...deps, baseUrl: options.url });
  /** The first failure ends the other workers too. */
  const work = (jobs: readonly (() => Promise<void>)[]) =>
    inParallel(jobs, kiosks).catch((error) => {
      stop.abort(error);
      throw error;
    });

  let adminToken = options.token;
  const records: VisitRecord[] = [];
  const playNumber = async (number: number) => {
    const { kioskKeys } = options;
    const visit = planVisit(plans, number);
    const network = planNetwork(visit, { random: plans.fork(`network ${number}`), faults });
    const kioskKey = kioskKeys.length === 0 ? null : kioskKeys[number % kioskKeys.length];
    records.push(await playVisit({ visit, network }, { ...deps, api, speed, kioskKey, ids }));
    tally.visitsDone++;
  };
  return {
    tally,
    records,
    async prepare() {
      await api.probe();
      if (options.verify && options.login !== null) adminToken = await logIn(api, options.login);
    },
    play: () => work(Array.from({ length: visitors }, (_, i) => () => playNumber(i + 1))),
    async verify() {
      const differences: Difference[] = [];
      await work(records.map((record) => async () => {
        differences.push(...await verifyVisit(record, { api, adminToken }));
      }));
      return differences;
    },
  };
}

/** Runs the jobs in order, at most so many at a time; the first failure is thrown. */
async function inParallel(jobs: readonly (() => Promise<void>)[], width: number): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < jobs.length) await jobs[next++]();
  };
  await Promise.all(Array.from({ length: Math.min(width, jobs.length) }, worker));
}
