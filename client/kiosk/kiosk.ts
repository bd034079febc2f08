import { type Calls, createCalls } from "./calls.ts";
import { createKeeping, type Keeping } from "./keeping.ts";
import { type CoreOptions, createLinks, type Links } from "./links.ts";
import { createMissions } from "./missions.ts";
import type { Kiosk, KioskStatus, RunningMission } from "./mod.ts";
import type { Ports } from "./ports.ts";
import type { KioskAttempt } from "./shapes.ts";
import { createState, type State } from "./state.ts";

/** The module on whatever stands behind the ports. */
export function createCore(options: CoreOptions, ports: Ports): Kiosk {
  const state = createState(options.limits, ports);
  const { saving, queue, times, visit, tallies } = state;
  const tell = () => options.onStatus?.(statusOf(state, links));
  const links = createLinks(options, {
    ports,
    state,
    // What was called before is on the disk then, and the next page goes on with it.
    reload: () => void calls.made().then(saving.save).then(ports.page.reload),
    onSettled: () => keeping.letGo(),
    onChange: tell,
  });
  const { delivery, registry } = links;
  const { timers } = ports;
  const keeping = createKeeping({ ...state, timers, onAdopted: delivery.wake });
  const ready = visit.resume().then(keeping.adoptOthers);
  const calls = createCalls({
    moment: times.moment,
    ready,
    async settle() {
      tallies.dropped += queue.enforce(times.now());
      await saving.save();
      delivery.wake();
      tell();
    },
  });
  const stopListening = ports.page.listen({
    online: links.retry,
    hidden: () => void calls.made().then(delivery.leave),
    touched: registry.touched,
  });
  return {
    ...missionCalls({ state, calls, keeping, uuid: ports.uuid }),
    async pair(code) {
      const answer = await registry.pair(code);
      // What was refused with another key may be taken with this one.
      if (answer === "paired") links.retry();
      tell();
      return answer;
    },
    status: () => statusOf(state, links),
    resumed: () => ready.then(() => missionOf(visit.current()?.attempt)),
    drained: () => calls.made().then(keeping.drained),
    async close() {
      stopListening();
      await calls.made();
      for (const room of [keeping, registry, delivery]) room.close();
      await saving.save();
      state.owning.releaseAll();
      ports.store.close();
    },
  };
}

interface MissionCallsDeps {
  readonly state: State;
  readonly calls: Calls;
  readonly keeping: Keeping;
  readonly uuid: () => string;
}

type MissionCalls = Pick<
  Kiosk,
  "startMission" | "track" | "complete" | "quit" | "review" | "newVisitor"
>;

function missionCalls({ state, calls, keeping, uuid }: MissionCallsDeps): MissionCalls {
  const { visit } = state;
  const { start, push, end, quit } = createMissions({ ...state, uuid });
  return {
    startMission: (missionType, { test = false } = {}) =>
      calls.make(async (moment) => {
        checkName(missionType);
        const attempt = await start(missionType, test, moment);
        keeping.letGo();
        return missionOf(attempt);
      }),
    track: (eventType, data = {}) =>
      calls.make((moment) => {
        checkName(eventType);
        return visit.running() !== null && push(eventType, data, moment);
      }),
    complete: (data = {}) =>
      calls.make((moment) =>
        end("mission_completed", moment, (totalDuration, completedAt) => ({
          totalDuration,
          completedAt,
          wasQuitted: false,
          ...data,
        }))
      ),
    quit: (data = {}) => calls.make((moment) => quit(data, moment)),
    review: (rating, feedback = "") =>
      calls.make((moment) => {
        if (![1, 2, 3, 4, 5].includes(rating)) throw new RangeError("Rating is not from 1 to 5");
        if (visit.current() === null) return false;
        const data = { rating, feedback: feedback || null, hasFeedback: feedback !== "" };
        return push("mission_rating_submitted", data, moment);
      }),
    newVisitor: (quitKind = "reset") =>
      calls.make((moment) => {
        quit({ quitKind }, moment);
        visit.next();
        keeping.letGo();
      }),
  };
}

/** One without an end would fit no request, and hold up all behind it; what is no text has none. */
function checkName(name: string): void {
  if (!(name.length <= 100)) throw new RangeError("Name is too long");
}

function statusOf(state: State, { registry }: Links): KioskStatus {
  const { queue, saving, offset, visit, tallies } = state;
  return {
    ...tallies,
    queued: queue.size.events,
    durable: saving.isDurable(),
    clockOffsetMs: offset.value(),
    sessionId: visit.sessionId(),
    mission: missionOf(visit.current()?.attempt),
    paired: registry.paired(),
    isKeyRefused: registry.isRefused(),
  };
}

function missionOf(attempt: KioskAttempt): RunningMission;
function missionOf(attempt: KioskAttempt | undefined): RunningMission | null;
function missionOf(attempt: KioskAttempt | undefined): RunningMission | null {
  if (attempt === undefined) return null;
  const { attemptId, missionType, startedAt, endedAt } = attempt;
  return { attemptId, missionType, startedAt, hasEnded: endedAt !== null };
}
