import {
  Adapter,
  type BroadcastOptions,
  type PrivateSessionId,
  type Room,
  type Session,
  type SocketId,
} from "socket.io-adapter";

/** What a client that comes back within this time has missed is sent to it (V-04, T-V02). */
export const RECOVERY_MS = 120_000;
/** Together with the time, the bounds of what is kept; who missed more begins anew. */
const MAX_EVENTS = 10_000;
const MAX_CHARS = 8 * 1024 * 1024;
const MAX_SESSIONS = 10_000;

interface Left {
  readonly sid: SocketId;
  readonly pid: PrivateSessionId;
  readonly rooms: Room[];
  readonly data: unknown;
}

interface Sent {
  readonly offset: string;
  readonly data: unknown[];
  readonly options: BroadcastOptions;
  readonly chars: number;
  readonly at: number;
}

/** A packet of Socket.IO; type 2 is an event. */
interface Packet {
  readonly type: number;
  readonly id?: number;
  readonly data: unknown[];
}

/**
 * Connection state recovery in memory. The package has one of its own, which keeps everything of
 * two minutes however much it is, gives a session to as many as ask for it, and cannot be stopped.
 *
 * @param now milliseconds
 */
export function recoveringAdapter(now: () => number): typeof Adapter {
  return class RecoveringAdapter extends Adapter {
    readonly #left = new Map<PrivateSessionId, Left & { readonly at: number }>();
    readonly #sent: Sent[] = [];
    #chars = 0;
    #count = 0;

    override persistSession(session: Left): void {
      this.#left.set(session.pid, { ...session, at: now() });
      if (this.#left.size > MAX_SESSIONS) this.#left.delete(this.#left.keys().next().value!);
    }

    // The type of the package has no null, which its own adapter gives all the same.
    override restoreSession(pid: PrivateSessionId, offset: string): Promise<Session> {
      const left = this.#left.get(pid);
      this.#left.delete(pid);
      const last = this.#sent.findIndex((sent) => sent.offset === offset);
      const isLate = left === undefined || now() - left.at > RECOVERY_MS;
      if (isLate || last < 0) return Promise.resolve(null as unknown as Session);
      const missedPackets = this.#sent.slice(last + 1)
        .filter(({ options }) => isFor(options, left.rooms)).map(({ data }) => data);
      return Promise.resolve({ ...left, missedPackets });
    }

    override broadcast(packet: Packet, options: BroadcastOptions): void {
      const isKept = packet.type === 2 && packet.id === undefined &&
        options.flags?.volatile === undefined;
      if (isKept) this.#keep(packet, options);
      super.broadcast(packet, options);
    }

    /** The client gives the offset of the last event that it has, which is a last argument. */
    #keep({ data }: Packet, options: BroadcastOptions): void {
      const chars = JSON.stringify(data).length;
      const offset = (++this.#count).toString(36);
      data.push(offset);
      this.#sent.push({ offset, data, options, chars, at: now() });
      this.#chars += chars;
      while (this.#isTooMuch()) this.#chars -= this.#sent.shift()!.chars;
    }

    #isTooMuch(): boolean {
      const [oldest] = this.#sent;
      return this.#sent.length > MAX_EVENTS || this.#chars > MAX_CHARS ||
        (oldest !== undefined && now() - oldest.at > RECOVERY_MS);
    }
  };
}

function isFor({ rooms, except }: BroadcastOptions, own: readonly Room[]): boolean {
  return (rooms.size === 0 || own.some((room) => rooms.has(room))) &&
    !own.some((room) => except?.has(room));
}
