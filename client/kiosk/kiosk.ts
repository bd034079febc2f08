import { createClockOffset } from "./clock_offset.ts";
import { createDelivery } from "./delivery.ts";
import type {
  EventData,
  Kiosk,
  KioskStatus,
  QueueLimits,
  QuitKind,
  RunningMission,
} from "./mod.ts";
import type { KioskOptions } from "./mod.ts";
import { createOwning } from "./owning.ts";
import type { Ports } from "./ports.ts";
import { createQueue } from "./queue.ts";
import { type Command, createRegistry } from "./registry.ts";
import { createSaving } from "./saving.ts";
import { type KioskAttempt, toIso } from "./shapes.ts";

const LIMITS: QueueLimits = {
  maxEvents: 20_000,
  maxBytes: 8 * 1024 * 1024,
  maxAgeMs: 7 * 24 * 3_600_000,
};
/** A page that is loaded again waits so long until the one before has let go. */
const RESUME_MS = 3_000;
/** So often a tab looks for what others have left behind. */
const ADOPT_EVERY_MS = 60_000;

/** When a call was made. */
interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

export type CoreOptions = Omit<KioskOptions, "baseUrl">;

/** The module on whatever stands behind the ports. */
export function createCore(options: CoreOptions, ports: Ports): Kiosk {
  const { clock, tab, uuid, timers } = ports;
  const queue = createQueue({ limits: { ...LIMITS, ...options.limits }, uuid });
  const offset = createClockOffset();
  const saving = createSaving(queue, ports.store);
  const owning = createOwning({ ...ports, queue });
  /** How far an attempt's wall clock is ahead of the monotonic one: setting it changes nothing. */
  const aheads = new Map<string, number>();
  const aheadAtLoad = clock.now() - clock.monotonic();
  const drains: (() => void)[] = [];
  let connection: KioskStatus["connection"] = "offline";
  let dropped = 0;
  let refused = 0;
  let sessionId = "";
  let currentId: string | null = null;
  let stopAdopting = () => {};

  const timeOf = (attemptId: string, monotonic = clock.monotonic()) =>
    Math.round((aheads.get(attemptId) ?? aheadAtLoad) + monotonic);

  const registry = createRegistry({
    ...ports,
    offset,
    app: options.app,
    kioskKey: options.kioskKey,
    queued: () => queue.size.events,
    path: options.page ?? ports.page.path,
    obey,
    onChange: tell,
  });

  const delivery = createDelivery({
    ...ports,
    net: {
      ...ports.net,
      post: (path, body, options) =>
        ports.net.post(path, body, { ...options, kioskKey: registry.key() }),
    },
    obey,
    queue,
    offset,
    app: options.app,
    timeOf,
    running() {
      const entry = currentEntry();
      const isOver = entry === null || (entry.attempt.endedAt !== null && entry.events.size === 0);
      return isOver ? null : currentId;
    },
    onSettled(count) {
      refused += count;
      letGo();
      void saving.save();
      if (queue.size.events === 0) delivery.wake();
      tell();
    },
    onConnection(now) {
      if (now === connection) return;
      connection = now;
      tell();
    },
  });

  const ready = resume();
  /** Calls take effect in their order, also those from before the queue was read. */
  let calls: Promise<unknown> = ready;
  const stopListening = ports.page.listen({
    online: retry,
    hidden: () => void calls.then(delivery.leave),
    touched: registry.touched,
  });

  function retry(): void {
    registry.wake();
    delivery.retry();
  }

  function obey(command: Command): void {
    if (command.name === "message") options.onMessage?.(command.text);
    // What was called before is on the disk then, and the next page goes on with it.
    else if (command.name === "reload") void calls.then(saving.save).then(ports.page.reload);
  }

  async function resume(): Promise<RunningMission | null> {
    const known = tab.read();
    sessionId = known?.sessionId ?? uuid();
    const attemptId = known?.attemptId ?? null;
    if (attemptId !== null && await owning.adopt(attemptId, RESUME_MS)) currentId = attemptId;
    remember();
    await adoptOthers();
    return status().mission;
  }

  async function adoptOthers(): Promise<void> {
    await owning.adoptAll();
    letGo();
    delivery.wake();
    stopAdopting = timers.after(ADOPT_EVERY_MS, () => void adoptOthers());
  }

  function remember(): void {
    tab.write({ sessionId, attemptId: currentId });
  }

  function currentEntry() {
    return currentId === null ? null : queue.entries.get(currentId) ?? null;
  }

  /** Attempts that are over and delivered leave the queue. */
  function letGo(): void {
    for (const { attempt: { attemptId, known }, events } of [...queue.entries.values()]) {
      if (attemptId === currentId || events.size > 0 || !known) continue;
      queue.forget(attemptId);
      owning.release(attemptId);
      aheads.delete(attemptId);
    }
    if (isDrained()) drains.splice(0).forEach((resolve) => resolve());
  }

  function isDrained(): boolean {
    return queue.entries.values().every(({ attempt, events }) =>
      attempt.known && events.size === 0
    );
  }

  /** Resolves when what the call changed is stored. */
  async function call<T>(act: (moment: Moment) => T | Promise<T>): Promise<T> {
    const moment = { wall: clock.now(), monotonic: clock.monotonic() };
    const acting = calls.then(() => act(moment));
    calls = acting.catch(() => {});
    const result = await acting;
    dropped += queue.enforce(Math.round(aheadAtLoad + clock.monotonic()));
    await saving.save();
    delivery.wake();
    tell();
    return result;
  }

  function push(eventType: string, data: EventData, { monotonic }: Moment): boolean {
    if (currentId === null) return false;
    queue.push(currentId, { eventType, at: timeOf(currentId, monotonic), data });
    return true;
  }

  function runningAttempt(): KioskAttempt | null {
    const attempt = currentEntry()?.attempt ?? null;
    return attempt === null || attempt.endedAt !== null ? null : attempt;
  }

  /** @param say the event's data, by the seconds since the start and the end */
  function end(eventType: string, moment: Moment, say: (sec: number, at: string) => EventData) {
    const attempt = runningAttempt();
    if (attempt === null) return false;
    const { attemptId, missionType, startedAt } = attempt;
    const at = timeOf(attemptId, moment.monotonic);
    const data = { missionId: missionType, ...say((at - startedAt) / 1000, toIso(at)) };
    push(eventType, data, moment);
    queue.update(attemptId, { endedAt: at });
    return true;
  }

  function quit(data: EventData, moment: Moment): boolean {
    return end("mission_quitted", moment, (timeBeforeQuit) => ({
      timeBeforeQuit,
      quitKind: "user",
      ...data,
    }));
  }

  async function start(missionType: string, test: boolean, moment: Moment) {
    quit({ quitKind: "reset" }, moment);
    const attemptId = uuid();
    await owning.claim(attemptId);
    const { wall: startedAt, monotonic } = moment;
    const marks = { lastSeq: 0, endedAt: null, known: false };
    const attempt = { attemptId, sessionId, missionType, startedAt, test, ...marks };
    queue.add(attempt);
    aheads.set(attemptId, startedAt - monotonic);
    currentId = attemptId;
    remember();
    letGo();
    push("mission_started", { missionId: missionType }, moment);
    return missionOf(attempt);
  }

  function status(): KioskStatus {
    const attempt = currentEntry()?.attempt ?? null;
    return {
      connection,
      queued: queue.size.events,
      dropped,
      refused,
      durable: saving.isDurable(),
      clockOffsetMs: offset.value(),
      sessionId,
      mission: attempt === null ? null : missionOf(attempt),
      paired: registry.paired(),
      isKeyRefused: registry.isRefused(),
    };
  }

  function tell(): void {
    options.onStatus?.(status());
  }

  return {
    startMission: (missionType, { test = false } = {}) =>
      call((moment) => start(missionType, test, moment)),
    track: (eventType, data = {}) =>
      call((moment) => runningAttempt() !== null && push(eventType, data, moment)),
    complete: (data = {}) =>
      call((moment) =>
        end("mission_completed", moment, (totalDuration, completedAt) => ({
          totalDuration,
          completedAt,
          wasQuitted: false,
          ...data,
        }))
      ),
    quit: (data = {}) => call((moment) => quit(data, moment)),
    review: (rating, feedback = "") =>
      call((moment) => {
        if (![1, 2, 3, 4, 5].includes(rating)) throw new RangeError("Rating is not from 1 to 5");
        if (currentEntry() === null) return false;
        const data = { rating, feedback: feedback || null, hasFeedback: feedback !== "" };
        return push("mission_rating_submitted", data, moment);
      }),
    newVisitor: (quitKind: QuitKind = "reset") =>
      call((moment) => {
        quit({ quitKind }, moment);
        sessionId = uuid();
        currentId = null;
        remember();
        letGo();
      }),
    async pair(code) {
      const answer = await registry.pair(code);
      // What was refused with another key may be taken with this one.
      if (answer === "paired") retry();
      tell();
      return answer;
    },
    status,
    resumed: () => ready,
    async drained() {
      await calls;
      if (!isDrained()) await new Promise<void>((resolve) => drains.push(resolve));
    },
    async close() {
      stopListening();
      await calls;
      stopAdopting();
      registry.close();
      delivery.close();
      await saving.save();
      owning.releaseAll();
      ports.store.close();
    },
  };
}

function missionOf({ attemptId, missionType, startedAt, endedAt }: KioskAttempt): RunningMission {
  return { attemptId, missionType, startedAt, hasEnded: endedAt !== null };
}
