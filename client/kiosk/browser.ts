/// <reference lib="dom" />
import { createBrowserStore } from "./indexed_db.ts";
import type { KioskOptions } from "./mod.ts";
import type { Answer, KioskClock, Locks, Memory, Net, Page, Ports, Timers } from "./ports.ts";

/** An answer that takes longer is none. */
const ANSWER_MS = 15_000;
const NAME = "docent-kiosk";

export const browserClock: KioskClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

export const browserTimers: Timers = {
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

/** The ports of a browser. Nothing of it is used before it is there: a page may lack any of it. */
export function browserPorts({ baseUrl }: KioskOptions): Ports {
  return {
    clock: browserClock,
    timers: browserTimers,
    net: browserNet(baseUrl ?? new URL(import.meta.url).origin),
    store: createBrowserStore(),
    tab: memoryIn(() => sessionStorage),
    device: memoryIn(() => localStorage),
    locks: browserLocks,
    page: browserPage,
    random: Math.random,
    uuid,
  };
}

function browserNet(baseUrl: string): Net {
  return {
    async post(path, body, { keepalive = false, kioskKey } = {}) {
      const url = baseUrl + path;
      const text = JSON.stringify(body);
      const headers: Record<string, string> = { "content-type": "application/json" };
      if (kioskKey !== undefined) headers["x-kiosk-key"] = kioskKey;
      // A browser that does not know it would give up the request with the page.
      if (keepalive && !("keepalive" in Request.prototype)) {
        navigator.sendBeacon(url, text);
        throw new Error("Not answered");
      }
      const signal = AbortSignal.timeout(ANSWER_MS);
      return await toAnswer(
        await fetch(url, { method: "POST", headers, body: text, keepalive, signal }),
      );
    },
    open(url, { message, closed }) {
      const socket = new WebSocket(url);
      socket.onmessage = ({ data }) => message(data);
      socket.onclose = ({ code }) => closed(code);
      return {
        send: (text) => socket.send(text),
        close: () => socket.close(),
      };
    },
  };
}

/** What a server answered; a proxy's page in its place has no JSON. */
export async function toAnswer(response: Response): Promise<Answer> {
  const retryAfterMs = 1000 * Number(response.headers.get("retry-after") ?? 0) || 0;
  return { status: response.status, body: await response.json().catch(() => null), retryAfterMs };
}

/** Storage may be forbidden, and throws then: what is written lives as long as the page. */
function memoryIn<T>(storage: () => Storage): Memory<T> {
  let kept: T | null = null;
  return {
    read() {
      try {
        return JSON.parse(storage().getItem(NAME) ?? "null") ?? kept;
      } catch {
        return kept;
      }
    },
    write(state) {
      kept = state;
      try {
        storage().setItem(NAME, JSON.stringify(state));
      } catch {
        // A reload then begins a new visit, and a device has to be paired again.
      }
    },
  };
}

const browserPage: Page = {
  listen({ online, hidden, touched }) {
    const controller = new AbortController();
    const options = { signal: controller.signal, capture: true };
    addEventListener("online", online, options);
    addEventListener("pagehide", hidden, options);
    addEventListener("pointerdown", touched, options);
    addEventListener("visibilitychange", () => document.hidden && hidden(), options);
    return () => controller.abort();
  },
  path: () => location.pathname,
  reload: () => location.reload(),
  async battery() {
    const device: Navigator & WithBattery = navigator;
    const told = await device.getBattery?.();
    return { battery: told?.level, charging: told?.charging };
  },
};

/** Only browsers made of Chromium have it, and only for pages that are secure. */
interface WithBattery {
  getBattery?(): Promise<{ readonly level: number; readonly charging: boolean }>;
}

/** Pages that are not secure have no locks; two tabs may send the same then, stored once. */
const browserLocks: Locks = {
  claim: (name, waitMs) =>
    navigator.locks === undefined ? Promise.resolve(() => {}) : new Promise((resolve) => {
      const options = waitMs === 0
        ? { ifAvailable: true }
        : { signal: AbortSignal.timeout(waitMs) };
      navigator.locks.request(name, options, (lock) => {
        if (lock === null) return resolve(null);
        // Held for as long as this promise is open.
        return new Promise<void>((release) => resolve(release));
      }).catch(() => resolve(null));
    }),
};

/** Version 4; `crypto.randomUUID` is for secure pages alone. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
