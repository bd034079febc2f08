import type { Analyser, Transcriber } from "../lib/interviews/mod.ts";
import type { Clock } from "../lib/clock.ts";
import type { Passwords } from "../lib/auth/passwords.ts";
import type { Ids } from "../lib/ids.ts";
import type { Kv } from "../lib/kv/port.ts";
import type { FactLog } from "../lib/log/mod.ts";
import type { Logger } from "../lib/logger.ts";
import type { MissionDefinition } from "../lib/missions/mod.ts";
import type { Sealer } from "../lib/sealing.ts";
import type { Assets } from "../routes/assets.ts";

/** What a test may put in the place of the real thing. */
export interface Parts {
  readonly kv?: Kv;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly logger?: Logger;
  readonly definitions?: readonly MissionDefinition[];
  readonly analyser?: Analyser;
  readonly transcriber?: Transcriber;
  /** Of a store that outlives one composed program. */
  readonly sealer?: Sealer;
  readonly passwords?: Passwords;
  readonly assets?: Assets;
  /** How long a request may take to send its headers. */
  readonly headersTimeoutMs?: number;
  /** Wraps the log; the bench measures without storing. */
  readonly wrapLog?: (log: FactLog) => FactLog;
}
