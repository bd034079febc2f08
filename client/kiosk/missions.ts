import type { EventData } from "./mod.ts";
import type { Owning } from "./owning.ts";
import type { Queue } from "./queue.ts";
import { type KioskAttempt, toIso } from "./shapes.ts";
import type { Moment, Times } from "./times.ts";
import type { Visit } from "./visit.ts";

export interface MissionsDeps {
  readonly queue: Queue;
  readonly owning: Owning;
  readonly times: Times;
  readonly visit: Visit;
  readonly uuid: () => string;
}

/** What an application tells of a mission, each at the moment of its call. */
export function createMissions({ queue, owning, times, visit, uuid }: MissionsDeps) {
  function push(eventType: string, data: EventData, { monotonic }: Moment): boolean {
    const attemptId = visit.attemptId();
    if (attemptId === null) return false;
    queue.push(attemptId, { eventType, at: times.of(attemptId, monotonic), data });
    return true;
  }

  /** @param say the event's data, by the seconds since the start and the end */
  function end(eventType: string, moment: Moment, say: (sec: number, at: string) => EventData) {
    const attempt = visit.running();
    if (attempt === null) return false;
    const { attemptId, missionType, startedAt } = attempt;
    const at = times.of(attemptId, moment.monotonic);
    const data = { missionId: missionType, ...say((at - startedAt) / 1000, toIso(at)) };
    push(eventType, data, moment);
    queue.update(attemptId, { endedAt: at });
    return true;
  }

  const quit = (data: EventData, moment: Moment) =>
    end("mission_quitted", moment, (timeBeforeQuit) => ({
      timeBeforeQuit,
      quitKind: "user",
      ...data,
    }));

  async function start(missionType: string, test: boolean, moment: Moment) {
    quit({ quitKind: "reset" }, moment);
    const attemptId = uuid();
    await owning.claim(attemptId);
    const attempt: KioskAttempt = {
      attemptId,
      sessionId: visit.sessionId(),
      missionType,
      startedAt: moment.wall,
      test,
      lastSeq: 0,
      endedAt: null,
      known: false,
    };
    queue.add(attempt);
    times.begin(attemptId, moment);
    visit.begin(attemptId);
    push("mission_started", { missionId: missionType }, moment);
    return attempt;
  }

  return { push, end, quit, start };
}
