import { createAddresses } from "../lib/address.ts";
import { createAudit } from "../lib/audit/mod.ts";
import { createApiKeys } from "../lib/auth/api_keys.ts";
import { createPasswords } from "../lib/auth/passwords.ts";
import { loadSecret } from "../lib/auth/secret.ts";
import { createTokens } from "../lib/auth/tokens.ts";
import { type Clock, systemClock } from "../lib/clock.ts";
import type { Config } from "../lib/config/mod.ts";
import { createIds, type Ids } from "../lib/ids.ts";
import { answeringKv } from "../lib/kv/answering.ts";
import { createBackups } from "../lib/kv/backups.ts";
import { newSecret, openKeyFile } from "../lib/key_file.ts";
import { openKv } from "../lib/kv/open.ts";
import { keepPrivate } from "../lib/kv/private_files.ts";
import { createLagMeter } from "../lib/lag_meter.ts";
import { openLog } from "../lib/log/mod.ts";
import { createLogger, type Logger } from "../lib/logger.ts";
import { metricsFactSchema } from "../lib/metrics/mod.ts";
import { missionFactSchema } from "../lib/missions/mod.ts";
import { createMailer } from "../lib/mail/mod.ts";
import { createObservation } from "../lib/observation.ts";
import { createRecentWork } from "../lib/recent_work.ts";
import { createSealer } from "../lib/sealing.ts";
import { createHub } from "../ws/hub.ts";
import type { Kv } from "../lib/kv/port.ts";
import type { Parts } from "./parts.ts";

export type Base = Awaited<ReturnType<typeof composeBase>>;

export const LAG_BEAT_MS = 250;

/** What every domain and every edge stands on. */
export async function composeBase(config: Config, parts: Parts) {
  const clock = parts.clock ?? systemClock;
  const ids = parts.ids ?? createIds({ clock });
  const logger = parts.logger ?? await createLogger(config);
  const store = await composeStore(config, { parts, clock, ids, logger });
  const { kv, log } = store;
  const hub = createHub();
  const lagMeter = createLagMeter(clock, LAG_BEAT_MS);
  const stopping = new AbortController();
  const audit = createAudit({ kv, clock, ids });
  const recentWork = createRecentWork(clock);
  return {
    config,
    clock,
    ids,
    logger,
    ...store,
    hub,
    lagMeter,
    observation: createObservation({
      connections: hub.count,
      logHead: () => log.stats().head,
      logLag: () => log.stats().lag,
      parkedFacts: () => log.stats().parked,
      eventLoopLagMs: lagMeter.worstMs,
      residentBytes: () => Deno.memoryUsage().rss,
    }, recentWork),
    recentWork,
    tokens: await composeTokens(config, { kv, clock }),
    audit,
    apiKeys: createApiKeys({ kv, clock, ids, audit }),
    passwords: parts.passwords ?? createPasswords(),
    mailer: createMailer({ kv, clock, ids, smtp: config.mail }),
    addresses: createAddresses(config.http.trustedProxies),
    backups: createBackups({
      ...config.storage.backups,
      kvPath: config.storage.kvPath,
      clock,
      signal: stopping.signal,
    }),
    /** Aborted when the server begins to stop. */
    stopping,
    /** A handler that logs an error under this message. */
    fault: (message: string) => (error: unknown) => logger.error(message, { error }),
  };
}

/** What is kept: the file, the log in it, and the key of what is sealed. */
async function composeStore(
  { storage }: Config,
  { parts, clock, ids, logger }: { parts: Parts; clock: Clock; ids: Ids; logger: Logger },
) {
  if (parts.kv === undefined) await keepPrivate(storage.kvPath, logger.warn);
  const store = parts.kv === undefined ? await openKv(storage.kvPath) : null;
  const kv = answeringKv(parts.kv ?? store!.kv);
  const log = await openLog({
    kv,
    clock,
    ids,
    schemas: { missions: missionFactSchema, metrics: metricsFactSchema },
    onError: (message, error) => logger.error(message, { error }),
  });
  return {
    kv,
    log: parts.wrapLog?.(log) ?? log,
    sealer: parts.sealer ?? await openSealer(storage),
    closeStore: () => store?.close(),
  };
}

async function openSealer({ keyFile }: Config["storage"]) {
  return await createSealer(keyFile === null ? [newSecret()] : await openKeyFile(keyFile));
}

async function composeTokens({ auth }: Config, { kv, clock }: { kv: Kv; clock: Clock }) {
  return createTokens({
    secret: auth.jwtSecret ?? await loadSecret(kv),
    clock,
    socketTtlSec: auth.wsTokenTtlSec,
    loginTtlSec: auth.loginTtlSec,
    accessTtlSec: auth.accessTtlSec,
    refreshTtlSec: auth.refreshTtlSec,
  });
}
