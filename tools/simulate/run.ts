import { type Clock, systemClock } from "../../lib/clock.ts";
import { createIds } from "../../lib/ids.ts";
import { type Api, createApi } from "./api.ts";
import { type Account, addAccounts, NOTHING } from "./account.ts";
import type { Difference, Expected } from "./compare.ts";
import { playVisit, type VisitRecord } from "./kiosk.ts";
import { planNetwork } from "./network_plan.ts";
import type { Options } from "./options.ts";
import { planVisit } from "./plan.ts";
import { createRandom } from "./random.ts";
import { createTally, type Tally } from "./tally.ts";
import { logIn, type Verified, verifyAttempt } from "./verify.ts";

/** One run of the simulator: its parts, and the two things that it does. */
export interface Run {
  readonly tally: Tally;
  /** Visits that were played to their end, so far. */
  readonly records: readonly VisitRecord[];
  /** Is there a server, and does it take the login? @throws NoServerError, RefusedError */
  prepare(): Promise<void>;
  /**
   * Plays all visitors, a few at a time; no further one begins once it `isEnough`.
   * @throws PatienceError, RefusedError
   */
  play(isEnough?: () => boolean): Promise<void>;
  /** Reads everything back. @throws PatienceError */
  verify(): Promise<Verified>;
}

export interface RunParts {
  readonly clock?: Clock;
  /** Names the run; two runs of one seed play the same visits under other ids. */
  readonly runId?: string;
  /** Aborted to end the run before its time. */
  readonly signal?: AbortSignal;
}

export function createRun(options: Options, parts: RunParts = {}): Run {
  const clock = parts.clock ?? systemClock;
  const runId = parts.runId ?? createIds({ clock }).unique();
  const tally = createTally();
  const stop = new AbortController();
  const signal = AbortSignal.any([
    stop.signal,
    ...(parts.signal === undefined ? [] : [parts.signal]),
  ]);
  const { patienceMs, speed, kiosks, visitors, faults } = options;
  const plans = createRandom(options.seed);
  const jitter = createRandom(`${options.seed} jitter`);
  const ids = createRandom(runId);
  const deps = { patienceMs, clock, random: jitter, signal, tally };
  const api: Api = createApi({ ...deps, baseUrl: options.url });
  /** The first failure ends the other workers too. */
  const work = (job: (index: number) => Promise<void>, count: number, isEnough?: () => boolean) =>
    inParallel(job, { count, width: kiosks, isEnough }).catch((error) => {
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
    play: (isEnough) => work((i) => playNumber(i + 1), visitors, isEnough),
    async verify() {
      const differences: Difference[] = [];
      let account: Account = NOTHING;
      await work(async (i) => {
        const { starter } = records[i];
        const played = { expected: toExpected(records[i]), starter };
        const verified = await verifyAttempt(played, { api, adminToken });
        differences.push(...verified.differences);
        account = addAccounts(account, verified.account);
      }, records.length);
      return { differences, account };
    },
  };
}

function toExpected({ visit, starter, ledger, complaints }: VisitRecord): Expected {
  return {
    attemptId: starter.attemptId(),
    sessionId: starter.sessionId,
    missionType: visit.persona.mission,
    startTime: starter.startTime,
    statuses: visit.expectedStatuses,
    review: visit.expectedReview,
    entries: ledger.entries,
    complaints: [...complaints, ...ledger.complaints],
  };
}

interface Jobs {
  readonly count: number;
  /** At most so many at a time. */
  readonly width: number;
  readonly isEnough?: () => boolean;
}

/** Runs a job for 0, 1, 2 … in order; the first failure is thrown. */
async function inParallel(
  job: (index: number) => Promise<void>,
  { count, width, isEnough = () => false }: Jobs,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count && !isEnough()) await job(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}
