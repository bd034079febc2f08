import { backOffMs } from "./back_off.ts";
import type { ClockOffset } from "./clock_offset.ts";
import type { PairAnswer, Pairing } from "./mod.ts";
import type { Answer, Ports } from "./ports.ts";
import { toIso } from "./shapes.ts";

export interface RegistryDeps
  extends Pick<Ports, "net" | "clock" | "timers" | "random" | "locks" | "device" | "page"> {
  readonly offset: ClockOffset;
  /** Of a device that has a key without having been paired. */
  readonly kioskKey: string | undefined;
  readonly app: string | undefined;
  readonly queued: () => number;
  readonly path: () => string;
  readonly obey: (command: Command) => void;
  readonly onChange: () => void;
}

/** What an operator tells the kiosk, by a socket or with the answer to a heartbeat. */
export type Command =
  | { readonly name: "reload" }
  | { readonly name: "message"; readonly text: string };

/** So often it is looked whether there is something to tell. */
const LOOK_MS = 3_000;
/** Heard so long ago, the kiosk says again that it is there; after 45 s it would be unknown. */
const BEAT_MS = 15_000;

/**
 * Which kiosk this device is, and its heartbeats. They are requests, also while a socket is open:
 * that one speaks for the attempt that it is of, and is not there between visits.
 */
export function createRegistry(deps: RegistryDeps) {
  const { net, clock, device, offset } = deps;
  let isRefused = false;
  let touchedAt: number | null = null;
  let told = "";
  let toldAt = -Infinity;
  let failures = 0;
  let isLooking = false;
  let isOver = false;
  let stop = () => {};
  /** Of the tabs of a device one speaks. */
  let release: (() => void) | null = null;

  const key = () => device.read()?.kioskKey ?? deps.kioskKey;

  async function look(): Promise<void> {
    isLooking = true;
    if (key() !== undefined) {
      release ??= await deps.locks.claim("docent-kiosk heartbeat", 0);
      // Whatever answered, it was not the registry; or the application's own page failed.
      if (release !== null) await beat().catch(() => void failures++);
    }
    isLooking = false;
    if (isOver) return release?.();
    lookIn(failures === 0 ? LOOK_MS : backOffMs(failures, deps.random));
  }

  function lookIn(ms: number): void {
    stop();
    stop = deps.timers.after(ms, () => void look());
  }

  async function beat(): Promise<void> {
    const kioskKey = key();
    const [queue, page] = [deps.queued(), deps.path()];
    const now = clock.monotonic();
    const news = `${kioskKey} ${queue} ${page}`;
    if (news === told && now - toldAt < BEAT_MS) return;
    const condition = {
      queue,
      page,
      version: deps.app,
      lastTouchAt: touchedAt === null ? undefined : toIso(touchedAt),
      clockOffsetMs: offset.value() ?? undefined,
      ...await deps.page.battery().catch(() => ({})),
    };
    const sentAt = clock.now();
    const answer = await net.post("/api/kiosks/heartbeat", condition, { kioskKey })
      .catch(() => null);
    const wasRefused = isRefused;
    isRefused = answer?.status === 401;
    if (isRefused !== wasRefused) deps.onChange();
    if (answer?.status !== 200) return void failures++;
    hear(answer, sentAt);
    [told, toldAt, failures] = [news, now, 0];
  }

  function hear({ body }: Answer, sentAt: number): void {
    // deno-lint-ignore no-explicit-any
    const { serverTime, commands } = (body as any).data;
    offset.answered(sentAt, serverTime);
    commands.forEach(deps.obey);
  }

  void look();
  return {
    key,
    paired: (): Pairing | null => device.read(),
    isRefused: () => isRefused,
    touched: () => void (touchedAt = clock.now()),
    /** There may be a network again, or something to tell. */
    wake(): void {
      failures = 0;
      if (!isLooking) lookIn(0);
    },
    async pair(code: string): Promise<PairAnswer> {
      // Without a key: one that is good no more would be refused before the code is looked at.
      const answer = await net.post("/api/kiosks/pair", { code }).catch(() => null);
      if (answer?.status !== 201) return REFUSALS[answer?.status ?? 0] ?? "offline";
      // deno-lint-ignore no-explicit-any
      device.write((answer.body as any).data);
      isRefused = false;
      return "paired";
    },
    close(): void {
      isOver = true;
      stop();
      release?.();
    },
  };
}

const REFUSALS: Readonly<Record<number, PairAnswer>> = {
  400: "wrong",
  401: "wrong",
  429: "locked",
};
