import { fileURLToPath } from "node:url";
import type { Config } from "../lib/config/mod.ts";
import { probeStorage } from "../lib/kv/probe.ts";
import { createOverview } from "../routes/admin/views/overview.ts";
import { createApp } from "../routes/app.ts";
import type { AppDeps } from "../routes/app_deps.ts";
import { createAssets } from "../routes/assets.ts";
import type { HealthDeps } from "../routes/health.ts";
import type { AppContext } from "../routes/middleware/context.ts";
import type { Base } from "./base.ts";
import type { Domains } from "./domains.ts";
import type { Parts } from "./parts.ts";
import { createQueueImport } from "./queue_import.ts";
import type { Sockets } from "./sockets.ts";

const STATIC_FOLDER = fileURLToPath(new URL("../static", import.meta.url));

/** Everything that answers HTTP. */
export async function composeHttp(
  base: Base,
  domains: Domains,
  { parts, sockets }: { parts: Parts; sockets: Sockets },
) {
  const { missions, metrics, auth, interviews } = domains;
  const { config, clock, tokens, hub, lagMeter } = base;
  const { timeZone } = config.exhibition;
  const figures = { clock, missions, connections: hub.count, eventLoopLagMs: lagMeter.worstMs };
  return createApp({
    clock,
    logger: base.logger,
    http: config.http,
    limits: config.limits,
    production: config.profile === "production",
    showsFaults: config.profile === "development",
    timeZone,
    demoKiosk: config.exhibition.demoKiosk,
    auth,
    tokens,
    assets: parts.assets ?? await createAssets(STATIC_FOLDER),
    context: contextOf(base, domains),
    admin: adminOf(base, domains, { overview: createOverview(figures) }),
    missions: missionsOf(base, domains),
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
    ...peopleOf(base, domains),
    kiosks: kiosksOf(base, domains),
    interviews: {
      clock,
      interviews,
      settings: config.interviews,
      onExported: (seconds) => base.observation.took("export", seconds),
    },
    practice: {
      stopping: base.stopping.signal,
      onError: base.fault("Stream of an analysis ended"),
    },
    exports: { clock, missions, timeZone },
    ...socketsOf(base, domains, sockets),
    health: healthOf(base, sockets),
    metrics: {
      observation: base.observation,
      enabled: config.observation.metricsEnabled,
      token: config.observation.metricsToken,
    },
  });
}

function contextOf(base: Base, { auth, kiosks }: Domains): AppDeps["context"] {
  return {
    ids: base.ids,
    tokens: base.tokens,
    identities: auth.identities,
    apiKeys: base.apiKeys,
    addresses: base.addresses,
    kioskOf: kiosks.recognise,
  };
}

function adminOf(
  { config, clock, log, stopping, fault }: Base,
  { missions, metrics, kiosks }: Domains,
  { overview }: Pick<AppDeps["admin"]["content"], "overview">,
): AppDeps["admin"] {
  const stream = { clock, stopping: stopping.signal };
  return {
    content: { clock, missions, overview, timeZone: config.exhibition.timeZone },
    live: {
      ...stream,
      feed: missions.feed,
      epoch: log.epoch,
      overview,
      onError: fault("Live page's stream ended"),
    },
    metrics: { ...stream, metrics, onError: fault("Stream of the metrics ended") },
    kiosks: { ...stream, kiosks, onError: fault("Stream of the kiosks ended") },
  };
}

function missionsOf(base: Base, { missions }: Domains): AppDeps["missions"] {
  const { auth, http, limits } = base.config;
  return {
    missions,
    tokens: base.tokens,
    requireKioskKey: auth.requireKioskKey,
    wsUrlOf: (c) => wsUrlOf(c, http),
    clock: base.clock,
    events: { perSec: limits.eventsPerSec, burst: limits.eventBurst },
    onMessage: base.observation.message,
  };
}

function peopleOf({ clock }: Base, domains: Domains): Pick<AppDeps, "people" | "users"> {
  const { auth, people, interviews } = domains;
  return {
    people: { people, shownName: (userId) => shownName(domains, userId) },
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
  };
}

function kiosksOf(
  { clock, audit, observation }: Base,
  { kiosks, missions }: Domains,
): AppDeps["kiosks"] {
  const onMessage = observation.message;
  return {
    clock,
    kiosks,
    importQueue: createQueueImport({ clock, audit, kiosks, missions, onMessage }),
  };
}

function socketsOf(
  { config, clock }: Base,
  { reports }: Domains,
  { socketIo }: Sockets,
): Pick<AppDeps, "maintenance" | "websocket"> {
  return {
    maintenance: {
      findMaintenance: socketIo.findMaintenance,
      async setMaintenance(maintenance) {
        await socketIo.setMaintenance(maintenance);
        reports.maintenance(maintenance);
      },
    },
    websocket: {
      clock,
      serverName: config.profile,
      testEndpoints: config.socketIo.testEndpoints,
      sockets: socketIo,
    },
  };
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
