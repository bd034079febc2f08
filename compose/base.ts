import { createAddresses } from "../lib/address.ts";
import { createAudit } from "../lib/audit/mod.ts";
import { createApiKeys } from "../lib/auth/api_keys.ts";
import { createPasswords } from "../lib/auth/passwords.ts";
import { loadSecret } from "../lib/auth/secret.ts";
import { createTokens } from "../lib/auth/tokens.ts";
import { systemClock } from "../lib/clock.ts";
import type { Config } from "../lib/config/mod.ts";
import { createIds } from "../lib/ids.ts";
import { answeringKv } from "../lib/kv/answering.ts";
import { createBackups } from "../lib/kv/backups.ts";
import { newSecret, openKeyFile } from "../lib/key_file.ts";
import { openKv } from "../lib/kv/open.ts";
import { keepPrivate } from "../lib/kv/private_files.ts";
import { createLagMeter } from "../lib/lag_meter.ts";
import { openLog } from "../lib/log/mod.ts";
import { createLogger } from "../lib/logger.ts";
import { metricsFactSchema } from "../lib/metrics/mod.ts";
import { missionFactSchema } from "../lib/missions/mod.ts";
import { createMailer } from "../lib/mail/mod.ts";
import { createObservation } from "../lib/observation.ts";
import { createRecentWork } from "../lib/recent_work.ts";
import { createSealer } from "../lib/sealing.ts";
import { createHub } from "../ws/hub.ts";
import type { Parts } from "./parts.ts";

export type Base = Awaited<ReturnType<typeof composeBase>>;

export const LAG_BEAT_MS = 250;

/** What every domain and every edge stands on. */
export async function composeBase(config: Config, parts: Parts) {
  const clock = parts.clock ?? systemClock;
  const ids = parts.ids ?? createIds({ clock });
  const logger = parts.logger ?? await createLogger(config);
  if (parts.kv === undefined) await keepPrivate(config.storage.kvPath, logger.warn);
  const store = parts.kv === undefined ? await openKv(config.storage.kvPath) : null;
  const kv = answeringKv(parts.kv ?? store!.kv);
  const opened = await openLog({
    kv,
    clock,
    ids,
    schemas: { missions: missionFactSchema, metrics: metricsFactSchema },
    onError: (message, error) => logger.error(message, { error }),
  });
  const log = parts.wrapLog?.(opened) ?? opened;
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
    kv,
    log,
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
    sealer: parts.sealer ?? await openSealer(config.storage),
    tokens: createTokens({
      secret: config.auth.jwtSecret ?? await loadSecret(kv),
      clock,
      socketTtlSec: config.auth.wsTokenTtlSec,
      loginTtlSec: config.auth.loginTtlSec,
      accessTtlSec: config.auth.accessTtlSec,
      refreshTtlSec: config.auth.refreshTtlSec,
    }),
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
    closeStore: () => store?.close(),
  };
}

async function openSealer({ keyFile }: Config["storage"]) {
  return await createSealer(keyFile === null ? [newSecret()] : await openKeyFile(keyFile));
}
