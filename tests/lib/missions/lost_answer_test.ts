import assert from "node:assert/strict";
import { type Fault, type FaultyKv, faultyKv } from "../../support/faulty_kv.ts";
import { post, SESSION_ID, startMission, type TestApp, testApp } from "../../support/test_app.ts";

const TIMESTAMP = "2025-01-19T10:30:00.000Z";
const EVENT_IDS = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];

/** Runs a test for each way in which a commit may go wrong. */
function testEachFault(what: string, use: (app: TestApp, spoil: () => void) => Promise<void>) {
  for (const fault of ["fail", "lose", "deny", "late"] satisfies Fault[]) {
    Deno.test(`${what}: ${fault}`, async () => {
      using real = await Deno.openKv(":memory:");
      const store: FaultyKv = faultyKv(real);
      await using app = await testApp({ parts: { kv: store.kv } });
      await use(app, () => store.spoil(fault));
    });
  }
}

/** Tries until it is taken, as a kiosk does. */
async function untilTaken<T>(send: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < 4; tries++) {
    const answer = await send();
    if (answer !== null) return answer;
  }
  throw new Error("It was never taken");
}

async function countFacts({ docent }: TestApp, type: string): Promise<number> {
  const records = await docent.log.read(0, 1_000);
  return records.filter(({ fact }) => fact.type === type).length;
}

testEachFault(
  "[T-M18] an event is stored once, whatever became of its commit",
  async (app, spoil) => {
    const { missions } = app.docent;
    const { attemptId } = await startMission(app);
    const send = (clientEventId: string) => {
      const timestamp = Date.parse(TIMESTAMP);
      const input = { eventType: "page_view", timestamp, data: { url: "/a" }, clientEventId };
      return missions.record(attemptId, {
        input,
        receivedAt: timestamp,
        processingMs: 1,
        chars: 100,
      });
    };
    await send(EVENT_IDS[0]);
    // With its rows written, the next commit is that of the event.
    await missions.get(attemptId);
    spoil();
    const { eventId } = await untilTaken(() => send(EVENT_IDS[1]).catch(() => null));
    const repeat = await send(EVENT_IDS[1]);
    assert.deepEqual([repeat.eventId, repeat.duplicate], [eventId, true]);
    assert.equal(await countFacts(app, "missions.event_recorded"), 2);
  },
);

testEachFault(
  "[T-M18] a start with a key is stored once, whatever became of its commit",
  async (app, spoil) => {
    const body = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: TIMESTAMP };
    const start = async () => {
      const response = await app.request(
        "/api/missions/start",
        post(body, { "Idempotency-Key": "start-1" }),
      );
      const { data } = await response.json();
      return response.status === 201 ? data.attemptId : null;
    };
    spoil();
    const attemptId = await untilTaken(start);
    assert.equal(await start(), attemptId);
    assert.equal(await countFacts(app, "missions.attempt_started"), 1);
  },
);
