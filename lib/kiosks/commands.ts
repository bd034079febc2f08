import { type Clock, toIso } from "../clock.ts";
import type { Command } from "./schema.ts";
import type { CommandView } from "./view.ts";

/** What waits for a kiosk longer than this is not meant any more. */
const TTL_MS = 10 * 60_000;

interface Sent {
  readonly command: Command;
  readonly by: string;
  readonly sentAt: number;
  /** By the monotonic clock. */
  readonly endsAt: number;
  deliveredAt: number | null;
}

/** Words of operators that wait for their kiosks: of each name the newest. */
export interface Commands {
  add(kioskId: string, command: Command, by: string): void;
  /** What waits, in its order; with that it is delivered. */
  take(kioskId: string): Command[];
  isWaiting(kioskId: string): boolean;
  /** The newest, delivered or not; null for none. */
  newest(kioskId: string): CommandView | null;
  forget(kioskId: string): void;
}

export function createCommands(clock: Clock): Commands {
  const waiting = new Map<string, Sent[]>();
  const newest = new Map<string, Sent>();
  const isGood = ({ endsAt }: Sent) => clock.monotonic() < endsAt;

  return {
    add(kioskId, command, by) {
      const sent: Sent = {
        command,
        by,
        sentAt: clock.now(),
        endsAt: clock.monotonic() + TTL_MS,
        deliveredAt: null,
      };
      const others = (waiting.get(kioskId) ?? []).filter((it) => it.command.name !== command.name);
      waiting.set(kioskId, [...others, sent]);
      newest.set(kioskId, sent);
    },
    take(kioskId) {
      const good = (waiting.get(kioskId) ?? []).filter(isGood);
      waiting.delete(kioskId);
      for (const sent of good) sent.deliveredAt = clock.now();
      return good.map(({ command }) => command);
    },
    isWaiting: (kioskId) => waiting.has(kioskId),
    newest(kioskId) {
      const sent = newest.get(kioskId);
      if (sent === undefined) return null;
      const { command: { name }, by, sentAt, deliveredAt } = sent;
      return {
        name,
        by,
        sentAt: toIso(sentAt),
        deliveredAt: deliveredAt === null ? null : toIso(deliveredAt),
        hasExpired: deliveredAt === null && !isGood(sent),
      };
    },
    forget(kioskId) {
      waiting.delete(kioskId);
      newest.delete(kioskId);
    },
  };
}
