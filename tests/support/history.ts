import { parseConfig } from "../../lib/config/mod.ts";
import { silentLogger } from "../../lib/logger.ts";
import { compose, type Docent } from "../../compose/mod.ts";
import { planVisit } from "../../tools/simulate/plan.ts";
import { createRandom } from "../../tools/simulate/random.ts";
import type { Visit } from "../../tools/simulate/visit.ts";
import { type TestClock, testClock } from "./test_clock.ts";

const DAY_MS = 86_400_000;
const DAYS = 10;
const VISITS_A_DAY = 6;
/** Today's visitors are all gone by now, so that nothing changes while somebody looks. */
const VISITS_TODAY = 14;
const AT_ONCE = 15;
const LAST_START_BEFORE_MS = 15 * 60_000;

/**
 * A data file with the visitors of the last days, in their own time: over the network every event
 * is of today. A program, `history.ts FILE`, as no two processes may write one file; prints how
 * many attempts there are.
 */
async function main(kvPath: string): Promise<void> {
  const now = Date.now();
  const random = createRandom("history");
  const starts = [
    ...Array.from({ length: DAYS * VISITS_A_DAY }, (_, n) => {
      const day = now - (1 + Math.floor(n / VISITS_A_DAY)) * DAY_MS;
      return day - random.int(0, 4 * 3_600_000);
    }),
    ...Array.from(
      { length: VISITS_TODAY },
      (_, n) => now - LAST_START_BEFORE_MS - n * random.int(120_000, 240_000),
    ),
  ];
  const clock = testClock(Math.min(...starts));
  const config = parseConfig({ NODE_ENV: "test", KV_PATH: kvPath });
  await using docent = await compose(config, { clock, logger: silentLogger });
  const visits = starts.toSorted((a, b) => a - b)
    .map((startAt, n) => ({ startAt, visit: planVisit(random, n + 1) }));
  for (let n = 0; n < visits.length; n += AT_ONCE) {
    await playTogether(docent, clock, visits.slice(n, n + AT_ONCE));
  }
  clock.advance(now - clock.now());
  await docent.expireStale();
  console.log(starts.length);
}

interface PastVisit {
  readonly startAt: number;
  readonly visit: Visit;
}

/** The visits start one by one, each at its time; what follows shares commits, for speed. */
async function playTogether(
  { missions }: Docent,
  clock: TestClock,
  visits: readonly PastVisit[],
): Promise<void> {
  const playing: (() => Promise<void>)[] = [];
  const reviews: { at: number; send: () => Promise<unknown> }[] = [];
  for (const { startAt, visit } of visits) {
    clock.advance(startAt - clock.now());
    const { attemptId } = await missions.start({
      sessionId: crypto.randomUUID(),
      missionType: visit.persona.mission,
      timestamp: startAt,
    }, { kioskId: null, idempotencyKey: null });
    const { restReview } = visit;
    if (restReview !== null) {
      const at = startAt + restReview.offsetMs;
      reviews.push({ at, send: () => missions.review(attemptId, restReview) });
    }
    playing.push(async () => {
      for (const { offsetMs, eventType, data } of visit.events) {
        const timestamp = startAt + offsetMs;
        const input = { eventType, timestamp, data };
        const arrival = { input, receivedAt: timestamp, processingMs: 0, chars: 100 };
        const chars = JSON.stringify(input).length;
        await missions.record(attemptId, { ...arrival, chars });
      }
    });
  }
  await Promise.all(playing.map((play) => play()));
  for (const { at, send } of reviews.sort((a, b) => a.at - b.at)) {
    clock.advance(at - clock.now());
    await send();
  }
}

await main(Deno.args[0]);
