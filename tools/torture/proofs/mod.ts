import type { Proof } from "../proof.ts";
import { CLOCK_JUMPS } from "./clock_jumps.ts";
import { DISK_FULL } from "./disk_full.ts";
import { FSYNC_FAILS } from "./fsync_fails.ts";
import { FSYNC_SLOW } from "./fsync_slow.ts";
import { IDLE } from "./idle.ts";
import { KILL } from "./kill.ts";
import { LOST_ACKS } from "./lost_acks.ts";
import { POISON_EVENTS } from "./poison.ts";
import { SLOW_READERS } from "./slow_readers.ts";
import { STORM } from "./storm.ts";

/** All proofs, in the order in which they run. */
export const PROOFS: readonly Proof[] = [
  KILL,
  LOST_ACKS,
  FSYNC_FAILS,
  FSYNC_SLOW,
  DISK_FULL,
  CLOCK_JUMPS,
  SLOW_READERS,
  IDLE,
  STORM,
  POISON_EVENTS,
];
