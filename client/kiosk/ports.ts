import type { Pairing } from "./mod.ts";
import type { Change, StoredAttempt } from "./shapes.ts";

/** What the kiosk's module needs of a browser, so that tests can put something else in its place. */
export interface Ports {
  readonly clock: KioskClock;
  readonly timers: Timers;
  readonly net: Net;
  /** Kept over a reload, and over a crash. */
  readonly store: Store;
  /** Kept over a reload of this tab alone. */
  readonly tab: Memory<TabState>;
  /** Kept on this device, for every page of the application. */
  readonly device: Memory<Pairing>;
  readonly locks: Locks;
  readonly page: Page;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
  uuid(): string;
}

export interface KioskClock {
  /** Epoch milliseconds; may jump. */
  now(): number;
  /** Milliseconds that never jump. */
  monotonic(): number;
}

export interface Timers {
  /** @returns what cancels it */
  after(ms: number, act: () => void): () => void;
}

export interface Store {
  /** False where nothing outlives the page. */
  isDurable(): boolean;
  /** Ids of all attempts, of other tabs too. */
  list(): Promise<string[]>;
  load(attemptId: string): Promise<StoredAttempt | null>;
  save(change: Change): Promise<void>;
  close(): void;
}

export interface TabState {
  readonly sessionId: string;
  readonly attemptId: string | null;
}

export interface Memory<T> {
  read(): T | null;
  write(kept: T): void;
}

export interface Locks {
  /**
   * Holds a name against other tabs until it is let go, or the tab is gone.
   * @returns what lets go of it; null when another holds it after `waitMs`
   */
  claim(name: string, waitMs: number): Promise<(() => void) | null>;
}

/** The page that the module is in, and the device below it. */
export interface Page {
  /** @returns what stops it */
  listen(signs: PageSigns): () => void;
  path(): string;
  /** Loads the page anew. */
  reload(): void;
  /** Empty where the device does not tell. */
  battery(): Promise<{ readonly battery?: number; readonly charging?: boolean }>;
}

export interface PageSigns {
  /** The network may be there again. */
  online(): void;
  /** The page goes away. */
  hidden(): void;
  touched(): void;
}

export interface Net {
  /** Rejects when there was no answer. */
  post(path: string, body: unknown, options?: PostOptions): Promise<Answer>;
  open(url: string, handlers: SocketHandlers): Socket;
}

export interface PostOptions {
  /** The request outlives the page. */
  readonly keepalive?: boolean;
  /** Sent as `X-Kiosk-Key`. */
  readonly kioskKey?: string;
}

export interface Answer {
  readonly status: number;
  /** As JSON; null when it is none. */
  readonly body: unknown;
  /** Of `Retry-After`; 0 without. */
  readonly retryAfterMs: number;
}

export interface SocketHandlers {
  message(text: string): void;
  /** Once, also when it never opened. */
  closed(code: number): void;
}

export interface Socket {
  send(text: string): void;
  close(): void;
}
