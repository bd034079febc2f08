import { toAnswer } from "../../client/kiosk/browser.ts";
import { createCore } from "../../client/kiosk/kiosk.ts";
import { createMemoryStore } from "../../client/kiosk/memory_store.ts";
import type { Kiosk, KioskOptions, Pairing } from "../../client/kiosk/mod.ts";
import type {
  Answer,
  KioskClock,
  Net,
  PageSigns,
  Ports,
  SocketHandlers,
  Store,
  TabState,
} from "../../client/kiosk/ports.ts";

/** What stays when a kiosk's page is loaded again: its disk, its tabs, its clock, its network. */
export interface Device {
  readonly net: BadNet;
  /** Its disk. */
  readonly store: Store;
  /** What its clock says more than ours, milliseconds. */
  aheadMs: number;
  /** What it keeps for all its pages. */
  pairing: Pairing | null;
  /** As its browser tells it. */
  battery: { battery?: number; charging?: boolean };
  /** A page plays a mission while the network is cut, and is gone: 3 events are left behind. */
  leaveBehind(): Promise<void>;
  /** A page; without a tab a new one. Loading the same tab again resumes. */
  open(options?: KioskOptions & { tab?: TabMemory }): Page;
}

export interface TabMemory {
  state: TabState | null;
}

export interface Page {
  readonly kiosk: Kiosk;
  readonly tab: TabMemory;
  /** The browser says that the page goes away, or that the network is back. */
  readonly signs: PageSigns;
  /** How often it wanted to be loaded anew. */
  readonly reloads: () => number;
  /** The page is gone without a word: its locks are let go, nothing of it is sent any more. */
  crash(): void;
}

/** A network that can be cut, and that loses answers. */
export interface BadNet extends Net {
  /** Nothing gets through. */
  isCut: boolean;
  /** Sockets do not get through a proxy. */
  hasSockets: boolean;
  /** Asked at each request: true loses the answer after the server has acted on it. */
  losesAnswer: () => boolean;
  /** Ends all sockets without a word. */
  cutSockets(): void;
  /** Requests and sockets that were tried: path, or `socket`. */
  readonly tries: string[];
  /** Frames that were sent. */
  frames: number;
}

/** @param clock a right one; the device's own may be ahead of it */
export function kioskDevice(base: string, clock: KioskClock = systemClock): Device {
  const store = createMemoryStore();
  const held = new Set<string>();
  const net = badNet(base);
  const device: Device = {
    net,
    store,
    aheadMs: 0,
    pairing: null,
    battery: {},
    async leaveBehind() {
      net.isCut = true;
      const page = device.open();
      await page.kiosk.startMission("portfolio");
      await page.kiosk.track("page_view");
      await page.kiosk.complete();
      page.crash();
    },
    open({ tab = { state: null }, ...options } = {}) {
      const own = new Set<string>();
      const life = { isOver: false };
      const signs: PageSigns = { hidden() {}, online() {}, touched() {} };
      let reloads = 0;
      const ports: Ports = {
        clock: {
          now: () => clock.now() + device.aheadMs,
          monotonic: clock.monotonic,
        },
        timers: {
          after(ms, act) {
            const timer = setTimeout(() => !life.isOver && act(), ms < 5_000 ? ms / 20 : ms);
            timersOf(life).add(timer);
            return () => clearTimeout(timer);
          },
        },
        net: { ...ofPage(net, life) },
        store,
        tab: {
          read: () => tab.state,
          write: (state) => void (tab.state = state),
        },
        device: {
          read: () => device.pairing,
          write: (pairing) => void (device.pairing = pairing),
        },
        locks: {
          claim(name) {
            if (held.has(name)) return Promise.resolve(null);
            held.add(name);
            own.add(name);
            return Promise.resolve(() => {
              own.delete(name);
              held.delete(name);
            });
          },
        },
        page: {
          listen(told) {
            Object.assign(signs, told);
            return () => {};
          },
          path: () => "/home",
          reload: () => void reloads++,
          battery: () => Promise.resolve(device.battery),
        },
        random: Math.random,
        uuid: () => crypto.randomUUID(),
      };
      const kiosk = createCore(options, ports);
      return {
        kiosk,
        tab,
        signs,
        reloads: () => reloads,
        crash() {
          life.isOver = true;
          timersOf(life).forEach(clearTimeout);
          net.cutSockets();
          for (const name of own) held.delete(name);
        },
      };
    },
  };
  return device;
}

const systemClock: KioskClock = { now: () => Date.now(), monotonic: () => performance.now() };

interface Life {
  isOver: boolean;
}

const timers = new WeakMap<Life, Set<ReturnType<typeof setTimeout>>>();

function timersOf(life: Life): Set<ReturnType<typeof setTimeout>> {
  const known = timers.get(life) ?? new Set();
  timers.set(life, known);
  return known;
}

/** A page that is gone hears no answer. */
function ofPage(net: BadNet, life: Life): Net {
  return {
    async post(path, body, options) {
      const answer = await net.post(path, body, options);
      if (life.isOver) await new Promise(() => {});
      return answer;
    },
    open: (url, { message, closed }) =>
      net.open(url, {
        message: (text) => life.isOver || message(text),
        closed: (code) => life.isOver || closed(code),
      }),
  };
}

function badNet(base: string): BadNet {
  const sockets = new Set<WebSocket>();
  const net: BadNet = {
    isCut: false,
    hasSockets: true,
    losesAnswer: () => false,
    tries: [],
    frames: 0,
    cutSockets() {
      for (const socket of sockets) socket.close();
    },
    async post(path, body, { kioskKey } = {}): Promise<Answer> {
      net.tries.push(path);
      if (net.isCut) throw new TypeError("Network is down");
      const headers: Record<string, string> = { "content-type": "application/json" };
      if (kioskKey !== undefined) headers["x-kiosk-key"] = kioskKey;
      const init = { method: "POST", headers, body: JSON.stringify(body) };
      const answer = await toAnswer(await fetch(base + path, init));
      if (net.isCut || net.losesAnswer()) throw new TypeError("Answer was lost");
      return answer;
    },
    open(url, handlers) {
      net.tries.push("socket");
      if (net.isCut || !net.hasSockets) return deadSocket(handlers);
      const socket = new WebSocket(url);
      sockets.add(socket);
      let isOver = false;
      const close = (code: number) => {
        if (!isOver) handlers.closed(code);
        isOver = true;
      };
      socket.onmessage = ({ data }) => !isOver && handlers.message(data);
      socket.onclose = ({ code }) => {
        sockets.delete(socket);
        close(code);
      };
      return {
        send(text) {
          net.frames++;
          if (socket.readyState === WebSocket.OPEN && !net.isCut) socket.send(text);
        },
        close() {
          socket.close();
          close(1005);
        },
      };
    },
  };
  return net;
}

function deadSocket({ closed }: SocketHandlers) {
  queueMicrotask(() => closed(1006));
  return { send() {}, close() {} };
}
