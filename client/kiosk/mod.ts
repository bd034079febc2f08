/**
 * What an application on a kiosk uses to tell Docent what its visitors do. It loses nothing: an
 * event is in a durable queue before it is sent, stays there until the server has acknowledged it,
 * and is stored once however often it was sent. Without a network everything works the same; what
 * happened is delivered when the line is back, also after a reload or a crash of the page.
 *
 * ```ts
 * import { createKiosk } from "https://docent.example/client/kiosk.js";
 *
 * const kiosk = createKiosk();
 * await kiosk.startMission("portfolio");
 * kiosk.track("page_view", { url: "/portfolio/create/auto" });
 * kiosk.complete();
 * kiosk.review(4, "Easy once I found the start");
 * ```
 *
 * The module has no dependencies. It is served at `/client/kiosk.js`, its types with it.
 */

import { browserPorts } from "./browser.ts";
import { createCore } from "./kiosk.ts";

export interface KioskOptions {
  /** Where the server is; without it, where the module was loaded from. */
  readonly baseUrl?: string;
  /** The kiosk's key, if it has one before it is paired; sent as `X-Kiosk-Key`. */
  readonly kioskKey?: string;
  /** Name and version of the application, as the server hears it. */
  readonly app?: string;
  readonly limits?: Partial<QueueLimits>;
  /** What operators read as the kiosk's page; the path of the address without it. */
  readonly page?: () => string;
  /** Told of every change of the status. */
  readonly onStatus?: (status: KioskStatus) => void;
  /** Staff wants this on the screen; it comes once. */
  readonly onMessage?: (text: string) => void;
}

/**
 * Bounds of the queue. Above them the oldest events go, ends and ratings last; in the place of what
 * an attempt lost stands one event `events_dropped` with `count` and `reason` (`size` or `age`).
 */
export interface QueueLimits {
  /** 20 000 without it. */
  readonly maxEvents: number;
  /** Of the events as JSON; 8 MiB without it. */
  readonly maxBytes: number;
  /** Since the event happened; a week without it. */
  readonly maxAgeMs: number;
}

export interface KioskStatus {
  /** How the newest delivery went; `offline` also before the first. */
  readonly connection: "socket" | "batch" | "offline";
  /** Events that are not acknowledged yet. */
  readonly queued: number;
  /** Events that went unsent because of the limits, since the page was loaded. */
  readonly dropped: number;
  /** Events that the server does not take, since the page was loaded; they are not sent again. */
  readonly refused: number;
  /** False where the browser stores nothing: a reload then loses what is queued. */
  readonly durable: boolean;
  /** How far the kiosk's clock is ahead of the server's; null before it was measured. */
  readonly clockOffsetMs: number | null;
  readonly sessionId: string;
  /** The mission that events belong to, also after its end; null before the first. */
  readonly mission: RunningMission | null;
  /** The registry's kiosk that this device is; null before it is paired. */
  readonly paired: Pairing | null;
  /**
   * The server does not know the key, as when another device took this one's place. Nothing is
   * delivered until the device is paired again; what is queued stays.
   */
  readonly isKeyRefused: boolean;
}

/** What the registry told the device; it is kept over reloads. */
export interface Pairing {
  readonly kioskId: string;
  readonly name: string;
  readonly place: string;
  readonly kioskKey: string;
}

/** `locked`: too many codes were tried, of everybody together. */
export type PairAnswer = "paired" | "wrong" | "locked" | "offline";

export interface RunningMission {
  /** Made here, a UUID: the server's own id follows from it. */
  readonly attemptId: string;
  readonly missionType: string;
  /** Epoch milliseconds by the kiosk's clock. */
  readonly startedAt: number;
  readonly hasEnded: boolean;
}

/** What a visitor did, as the mission's definition names it; JSON. */
export type EventData = Readonly<Record<string, unknown>>;

/**
 * Calls may be made at any time and need not be waited for: what happened gets the time of the
 * call, and calls take effect in their order. Each promise resolves when the event is in the
 * durable queue, never later because of the network, and rejects for arguments that mean nothing.
 */
export interface Kiosk {
  /**
   * Starts a mission; one that still runs is quitted with the kind `reset`.
   * @throws RangeError for a name of more than 100 characters
   */
  startMission(missionType: string, options?: StartOptions): Promise<RunningMission>;
  /**
   * False when no mission runs: the event then belongs to nothing and is left out.
   * @throws RangeError for a name of more than 100 characters
   */
  track(eventType: string, data?: EventData): Promise<boolean>;
  /** Ends the mission with `mission_completed`; seconds since the start are added. */
  complete(data?: EventData): Promise<boolean>;
  /** Ends the mission with `mission_quitted`; by the visitor unless told otherwise. */
  quit(data?: QuitData): Promise<boolean>;
  /**
   * Rates the mission from 1 (very hard) to 5 (very easy), while it runs or after its end.
   * @throws RangeError for another rating
   */
  review(rating: number, feedback?: string): Promise<boolean>;
  /**
   * The next visitor comes: a new session, and no mission. One that still runs is quitted.
   * @param quitKind `reset` without it
   */
  newVisitor(quitKind?: QuitKind): Promise<void>;
  /**
   * Makes this device the kiosk whose six-digit code staff was shown. From then on it tells the
   * registry how it is, each 20 seconds at least, and does what it is told: `reload` loads the page
   * anew, a message goes to `onMessage`.
   */
  pair(code: string): Promise<PairAnswer>;
  status(): KioskStatus;
  /** The mission that a page which was loaded again goes on with; known once the queue is read. */
  resumed(): Promise<RunningMission | null>;
  /** Resolves when nothing is queued any more; never while there is no network. */
  drained(): Promise<void>;
  /** Lets go of the connection and of the queue; what is queued stays for the next page. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** Staff tries the mission: it is left out of all numbers. */
  readonly test?: boolean;
}

/** Who ended it: the visitor, nobody's touch for two minutes, or the kiosk's staff or program. */
export type QuitKind = "user" | "idle" | "reset";

export interface QuitData extends EventData {
  readonly quitKind?: QuitKind;
  readonly quitReason?: string;
}

/** The module of a browser's page; one for each page is enough. */
export function createKiosk(options: KioskOptions = {}): Kiosk {
  return createCore(options, browserPorts(options));
}
