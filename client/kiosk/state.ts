import { createClockOffset } from "./clock_offset.ts";
import type { KioskStatus, QueueLimits } from "./mod.ts";
import { createOwning } from "./owning.ts";
import type { Ports } from "./ports.ts";
import { createQueue } from "./queue.ts";
import { createSaving } from "./saving.ts";
import { createTimes } from "./times.ts";
import { createVisit } from "./visit.ts";

const LIMITS: QueueLimits = {
  maxEvents: 20_000,
  maxBytes: 8 * 1024 * 1024,
  maxAgeMs: 7 * 24 * 3_600_000,
};

export type State = ReturnType<typeof createState>;

/** Everything that the module knows: nothing of it goes anywhere by itself. */
export function createState(limits: Partial<QueueLimits> | undefined, ports: Ports) {
  const queue = createQueue({ limits: { ...LIMITS, ...limits }, uuid: ports.uuid });
  const owning = createOwning({ ...ports, queue });
  const tallies = { connection: "offline" as KioskStatus["connection"], dropped: 0, refused: 0 };
  return {
    queue,
    owning,
    tallies,
    saving: createSaving(queue, ports.store),
    visit: createVisit({ ...ports, queue, owning }),
    times: createTimes(ports.clock),
    offset: createClockOffset(ports.clock),
  };
}
