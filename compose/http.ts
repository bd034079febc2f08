import { fileURLToPath } from "node:url";
import type { Config } from "../lib/config/mod.ts";
import { probeStorage } from "../lib/kv/probe.ts";
import { createOverview } from "../routes/admin/views/overview.ts";
import { createApp } from "../routes/app.ts";
import { createAssets } from "../routes/assets.ts";
import type { HealthDeps } from "../routes/health.ts";
import type { AppContext } from "../routes/middleware/context.ts";
import type { Base } from "./base.ts";
import type { Domains } from "./domains.ts";
import type { Parts } from "./parts.ts";
import type { Sockets } from "./sockets.ts";

const STATIC_FOLDER = fileURLToPath(new URL("../static", import.meta.url));

/** Everything that answers HTTP. */
export async function composeHttp(
  base: Base,
  domains: Domains,
  { parts, sockets }: { parts: Parts; sockets: Sockets },
) {
  const { missions, metrics, auth, people, interviews, reports } = domains;
  const { config, clock, ids, logger, tokens, hub, lagMeter } = base;
  const { timeZone } = config.exhibition;
  const figures = { clock, missions, connections: hub.count, eventLoopLagMs: lagMeter.worstMs };
  const overview = createOverview(figures);
  return createApp({
    clock,
    logger,
    http: config.http,
    limits: config.limits,
    production: config.profile === "production",
    timeZone,
    demoKiosk: config.exhibition.demoKiosk,
    auth,
    tokens,
    assets: parts.assets ?? await createAssets(STATIC_FOLDER),
    context: {
      ids,
      tokens,
      identities: auth.identities,
      apiKeys: base.apiKeys,
      addresses: base.addresses,
      kioskOf: domains.kiosks.recognise,
    },
    admin: {
      content: { clock, missions, overview, timeZone },
      live: {
        clock,
        feed: missions.feed,
        epoch: base.log.epoch,
        overview,
        stopping: base.stopping.signal,
        onError: base.fault("Live page's stream ended"),
      },
      metrics: {
        clock,
        metrics,
        stopping: base.stopping.signal,
        onError: base.fault("Stream of the metrics ended"),
      },
      kiosks: {
        clock,
        kiosks: domains.kiosks,
        stopping: base.stopping.signal,
        onError: base.fault("Stream of the kiosks ended"),
      },
    },
    missions: {
      missions,
      tokens,
      requireKioskKey: config.auth.requireKioskKey,
      wsUrlOf: (c) => wsUrlOf(c, config.http),
      clock,
      events: { perSec: config.limits.eventsPerSec, burst: config.limits.eventBurst },
      onMessage: base.observation.message,
    },
    analytics: figures,
    events: {
      clock,
      metrics,
      eventsPerMin: config.limits.keyEventsPerMin,
      countryHeader: config.http.countryHeader,
    },
    figures: metrics,
    apiKeys: base.apiKeys,
    audit: base.audit,
    mailer: base.mailer,
    people: { people, shownName: (userId) => shownName({ auth, people }, userId) },
    users: {
      auth,
      people,
      now: clock.now,
      async forget(userId) {
        await auth.sessions.endAll(userId);
        await people.forget(userId);
        await interviews.forget(userId);
        await auth.accounts.remove(userId);
      },
    },
    kiosks: { clock, kiosks: domains.kiosks },
    interviews: { clock, interviews, settings: config.interviews },
    practice: {
      stopping: base.stopping.signal,
      onError: base.fault("Stream of an analysis ended"),
    },
    exports: { clock, missions, timeZone },
    maintenance: {
      findMaintenance: sockets.socketIo.findMaintenance,
      async setMaintenance(maintenance) {
        await sockets.socketIo.setMaintenance(maintenance);
        reports.maintenance(maintenance);
      },
    },
    websocket: {
      clock,
      serverName: config.profile,
      testEndpoints: config.socketIo.testEndpoints,
      sockets: sockets.socketIo,
    },
    health: healthOf(base, sockets),
    metrics: {
      observation: base.observation,
      enabled: config.observation.metricsEnabled,
      token: config.observation.metricsToken,
    },
  });
}

function healthOf(
  { config, clock, kv, log, lagMeter }: Base,
  { connections }: Sockets,
): HealthDeps {
  return {
    clock,
    startedAt: clock.now(),
    async probeStorage() {
      const tookMs = await probeStorage(kv, clock);
      // After a commit that failed, the log itself has to say that it is well again.
      if (log.stats().failure !== null) await log.append([]);
      return tookMs;
    },
    log: log.stats,
    connections,
    maxConnections: config.limits.maxConnections,
    eventLoopLagMs: lagMeter.worstMs,
  };
}

/** Where clients find `/ws`: as set, else where this request came in (M-01). */
function wsUrlOf(c: AppContext, { wsUrl, publicUrl }: Config["http"]): string {
  if (wsUrl !== null) return wsUrl;
  const base = new URL(publicUrl ?? c.req.url);
  base.protocol = base.protocol === "https:" ? "wss:" : "ws:";
  return `${base.protocol}//${base.host}/ws`;
}

/** Only who asked for it stands on the leaderboard by name (T-L08). */
async function shownName(
  { auth, people }: Pick<Domains, "auth" | "people">,
  userId: string,
): Promise<string | null> {
  const { settings } = await people.profiles.find(userId);
  return settings.showOnLeaderboard ? (await auth.accounts.find(userId))?.name ?? null : null;
}
