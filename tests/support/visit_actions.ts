import fc from "fast-check";
import { AppError } from "../../lib/errors.ts";
import { START_AT } from "./mission_facts.ts";
import { openTestMissions } from "./open_missions.ts";
import { SESSION_ID } from "./test_app.ts";
import { type TestClock, testClock } from "./test_clock.ts";

const HOUR_MS = 3_600_000;
/** Attempts start within this many milliseconds, over parts of six hours, and on the next day. */
const SPREAD_MS = 5 * HOUR_MS + 1_234_567;
const NEXT_DAY_MS = 16 * HOUR_MS;

type Told = readonly [eventType: string, data: Record<string, unknown>];

/** What can happen to the attempts of an exhibition; as data, so that a counterexample tells. */
export type VisitAction =
  | { readonly kind: "start"; missionType: string; afterMs: number; test: true | undefined }
  | { readonly kind: "event"; pick: number; told: Told; afterMs: number }
  | { readonly kind: "review"; pick: number; rating: number }
  | { readonly kind: "exclude" | "include"; pick: number }
  | { readonly kind: "expire"; minutes: number }
  | { readonly kind: "refresh" | "restart" | "rebuild" };

const told = fc.constantFrom<Told>(
  ["page_view", { url: "/home" }],
  ["page_view", { url: "/vocabulary" }],
  ["page_view", { url: "/search" }],
  ["portfolio_creation_step", { step: 1 }],
  ["portfolio_creation_step", { step: 2 }],
  ["portfolio_creation_step", { step: 3 }],
  ["portfolio_created", {}],
  ["vocabulary_detail_viewed", { openedVia: "search_result" }],
  ["vocabulary_detail_viewed", { openedVia: "vocabulary_card" }],
  ["vocabulary_countdown_complete", {}],
  ["mission_completed", {}],
  ["mission_quitted", { quitKind: "user" }],
  ["mission_quitted", { quitKind: "idle" }],
  ["mission_quitted", { quitKind: "reset" }],
);

/** After the first start: at any millisecond, or where a bound of a period may be. */
const afterMs = fc.tuple(
  fc.oneof(fc.nat(SPREAD_MS), fc.nat(30).map((tens) => tens * 600_000)),
  fc.constantFrom(0, 0, NEXT_DAY_MS),
).map(([ms, day]) => ms + day);

const kind = <K extends VisitAction["kind"]>(kind: K) => fc.constant(kind);
const pick = fc.nat(30);

/** Events come in any order of their own time: ends come late, again, and before what they end. */
export const visitAction: fc.Arbitrary<VisitAction> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kind("start"),
      missionType: fc.constantFrom("portfolio", "vocabulary"),
      afterMs,
      test: fc.option(fc.constant<true>(true), { nil: undefined, freq: 8 }),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ kind: kind("event"), pick, told, afterMs: fc.nat(200_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: kind("review"), pick, rating: fc.integer({ min: 1, max: 5 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("exclude" as const, "include" as const), pick }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind("expire"), minutes: fc.nat(20) }) },
  { weight: 4, arbitrary: fc.record({ kind: kind("refresh") }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom("restart" as const, "rebuild" as const) }),
  },
);

/** Bounds of a period: to the millisecond, at an hour, far away, or more than a year away. */
export const periodBound: fc.Arbitrary<number> = fc.oneof(
  { weight: 3, arbitrary: afterMs.map((ms) => START_AT + ms) },
  {
    weight: 3,
    arbitrary: fc.integer({ min: -1, max: 7 })
      .map((hour) => (Math.floor(START_AT / HOUR_MS) + hour) * HOUR_MS),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(-960, 960, -9_600, 9_600)
      .map((hours) => START_AT + hours * HOUR_MS),
  },
);

type App = Awaited<ReturnType<typeof openTestMissions>>;

/** An exhibition to which things happen. */
export interface Exhibition {
  app(): App;
  readonly attemptIds: readonly string[];
  act(action: VisitAction): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function openExhibition(): Promise<Exhibition> {
  const kv = await Deno.openKv(":memory:");
  const clock: TestClock = testClock(START_AT + SPREAD_MS);
  const started: { attemptId: string; startAt: number }[] = [];
  let app = await openTestMissions({ kv, clock });

  async function start({ missionType, afterMs, test }: VisitAction & { kind: "start" }) {
    const startAt = START_AT + afterMs;
    const input = { sessionId: SESSION_ID, missionType, timestamp: startAt, test };
    const { attemptId } = await app.missions.start(input, { kioskId: null, idempotencyKey: null });
    started.push({ attemptId, startAt });
  }

  async function change(action: VisitAction & { pick: number }): Promise<void> {
    if (started.length === 0) return;
    const { attemptId, startAt } = started[action.pick % started.length];
    const { missions } = app;
    switch (action.kind) {
      case "event": {
        const [eventType, data] = action.told;
        const input = { eventType, timestamp: startAt + action.afterMs, data };
        const arrival = { input, receivedAt: clock.now(), processingMs: 0, chars: 100 };
        return void await missions.record(attemptId, arrival).catch(refused);
      }
      case "review":
        return void await missions.review(attemptId, { rating: action.rating }).catch(refused);
      case "exclude":
        return void await missions.exclude(attemptId, { reason: "staff", by: "admin" });
      case "include":
        return void await missions.include(attemptId, { by: "admin" });
    }
  }

  return {
    app: () => app,
    get attemptIds() {
      return started.map(({ attemptId }) => attemptId);
    },
    async act(action) {
      switch (action.kind) {
        case "start":
          return await start(action);
        case "expire":
          clock.advance(action.minutes * 60_000);
          return void await app.missions.expireStale();
        case "refresh":
          return void await app.missions.refreshHours();
        case "rebuild":
          // It wants rows at rest: a read waits for them.
          await app.missions.realtime();
          return await app.missions.rebuild();
        case "restart":
          await app[Symbol.asyncDispose]();
          app = await openTestMissions({ kv, clock });
          return;
        default:
          return await change(action);
      }
    },
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      kv.close();
    },
  };
}

/** What comes too late or contradicts is refused, and changes nothing. */
function refused(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}
