import assert from "node:assert/strict";
import fc from "fast-check";
import { gatherPage } from "../../../lib/missions/event_page.ts";
import type { Arrival } from "../../../lib/missions/record.ts";
import { arrivalOf, PORTFOLIO, START_AT } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";

type TestMissions = Awaited<ReturnType<typeof openTestMissions>>;

interface Sent {
  /** Since the start, in the order in which they come. */
  readonly seconds: readonly number[];
  /** Recorded together, so that they stand in one part of the history. */
  readonly together: readonly number[];
  /** Of events of one moment the numbers tell the order. */
  readonly seqs: "none" | "rising" | "falling";
  readonly limit: number;
}

const inOrder = fc.array(fc.constantFrom(0, 0, 0, 1, 2), { maxLength: 40 }).map((gaps) => {
  let second = 0;
  return gaps.map((gap) => second += gap);
});
/** Some come behind others, by little or by much. */
const disturbed = fc.tuple(
  inOrder,
  fc.array(fc.tuple(fc.nat(39), fc.integer({ min: -9, max: 60 }))),
)
  .map(([seconds, changes]) => {
    const changed = [...seconds];
    for (const [index, by] of changes) if (index < changed.length) changed[index] += by;
    return changed;
  });

const sent: fc.Arbitrary<Sent> = fc.record({
  seconds: fc.oneof(inOrder, disturbed),
  together: fc.array(fc.constantFrom(1, 1, 2, 3, 9), { minLength: 1, maxLength: 6 }),
  seqs: fc.constantFrom("none", "rising", "falling"),
  limit: fc.integer({ min: 1, max: 12 }),
});

async function record({ missions }: TestMissions, sent: Sent): Promise<string> {
  const input = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: START_AT };
  const { attemptId } = await missions.start(input, { kioskId: null, idempotencyKey: null });
  let rest = arrivalsOf(sent);
  for (let step = 0; rest.length > 0; step++) {
    const size = sent.together[step % sent.together.length];
    const arrivals = rest.slice(0, size);
    await Promise.all(arrivals.map((arrival) => missions.record(attemptId, arrival)));
    await missions.get(attemptId);
    rest = rest.slice(size);
  }
  return attemptId;
}

function arrivalsOf({ seconds, seqs }: Sent): Arrival[] {
  return seconds.map((second, index) => {
    if (seqs === "none") return arrivalOf("page_view", second);
    const seq = seqs === "rising" ? index + 1 : seconds.length - index;
    return arrivalOf("page_view", second, { seq });
  });
}

Deno.test("[M-12][T-M19] a page of events is the same as if all were read, however they came", async () => {
  await using app = await openTestMissions();
  await fc.assert(
    fc.asyncProperty(sent, async (sent) => {
      const attemptId = await record(app, sent);
      const all = await app.history.read(attemptId);
      let cursor: string | undefined;
      do {
        const query = { limit: sent.limit, cursor };
        const whole = gatherPage(query, { definition: PORTFOLIO, maxBehindMs: Infinity });
        whole.take(all);
        const page = await app.missions.events(attemptId, query);
        assert.deepEqual(page, whole.page());
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    }),
    { numRuns: 300 },
  );
});
