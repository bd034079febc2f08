import { createServer, type IncomingMessage, type Server } from "node:http";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { createAddresses } from "./lib/address.ts";
import { createAuth } from "./lib/auth/mod.ts";
import { createPasswords, type Passwords } from "./lib/auth/passwords.ts";
import { loadSecret } from "./lib/auth/secret.ts";
import { createTokens } from "./lib/auth/tokens.ts";
import { type Clock, systemClock } from "./lib/clock.ts";
import { type Config, parseConfig } from "./lib/config/mod.ts";
import { SETTING_NAMES } from "./lib/config/names.ts";
import { AppError } from "./lib/errors.ts";
import { createIds, type Ids } from "./lib/ids.ts";
import { answeringKv } from "./lib/kv/answering.ts";
import { openKv } from "./lib/kv/open.ts";
import type { Kv } from "./lib/kv/port.ts";
import { probeStorage } from "./lib/kv/probe.ts";
import { createLagMeter } from "./lib/lag_meter.ts";
import { type FactLog, openLog } from "./lib/log/mod.ts";
import { createLogger, type Logger } from "./lib/logger.ts";
import {
  type MissionDefinition,
  missionFactSchema,
  openMissions,
  SHIPPED_MISSIONS,
} from "./lib/missions/mod.ts";
import { createObservation } from "./lib/observation.ts";
import { every, type Stop } from "./lib/timers.ts";
import { createOverview } from "./routes/admin/views/overview.ts";
import { createApp } from "./routes/app.ts";
import { type Assets, createAssets } from "./routes/assets.ts";
import type { AppContext } from "./routes/middleware/context.ts";
import { renderError } from "./routes/middleware/errors.ts";
import { createHub } from "./ws/hub.ts";
import { createSocketServer, refuseUpgrade } from "./ws/server.ts";

/** What a test may put in the place of the real thing. */
export interface Parts {
  readonly kv?: Kv;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly logger?: Logger;
  readonly definitions?: readonly MissionDefinition[];
  readonly passwords?: Passwords;
  readonly assets?: Assets;
  /** How long a request may take to send its headers. */
  readonly headersTimeoutMs?: number;
  /** Wraps the log; the bench measures without storing. */
  readonly wrapLog?: (log: FactLog) => FactLog;
}

export type Docent = Awaited<ReturnType<typeof compose>>;

const HEARTBEAT_MS = 25_000;
const EXPIRY_MS = 15_000;
const TRIM_MS = 60_000;
/** Hours whose attempts changed are stored so often. */
const HOURS_MS = 30_000;
const LAG_BEAT_MS = 250;
const STATIC_FOLDER = fileURLToPath(new URL("static", import.meta.url));
/** A client that has not sent its headers by then gets 408, at the next look. */
const HEADERS_TIMEOUT_MS = 10_000;
const CONNECTIONS_CHECKED_MS = 1_000;
/** For an import; other bodies have `bodyDeadline`. */
const REQUEST_TIMEOUT_MS = 3_600_000;

/**
 * Builds every part and joins them; the one place that names concrete ones. Nothing is listened
 * to before `listen`, and closing takes everything down in reverse order.
 */
export async function compose(config: Config, parts: Parts = {}) {
  const clock = parts.clock ?? systemClock;
  const ids = parts.ids ?? createIds({ clock });
  const logger = parts.logger ?? await createLogger(config);
  const store = parts.kv === undefined ? await openKv(config.storage.kvPath) : null;
  const kv = answeringKv(parts.kv ?? store!.kv);
  const fault = (message: string) => (error: unknown) => logger.error(message, { error });

  const opened = await openLog({
    kv,
    clock,
    ids,
    schemas: { missions: missionFactSchema },
    onError: (message, error) => logger.error(message, { error }),
  });
  const log = parts.wrapLog?.(opened) ?? opened;
  const hub = createHub();
  const lagMeter = createLagMeter(clock, LAG_BEAT_MS);
  const observation = createObservation({
    connections: hub.count,
    logHead: () => log.stats().head,
    logLag: () => log.stats().lag,
    eventLoopLagMs: lagMeter.worstMs,
    residentBytes: () => Deno.memoryUsage().rss,
  });
  const missions = await openMissions({
    kv,
    log,
    clock,
    ids,
    definitions: parts.definitions ?? SHIPPED_MISSIONS,
    timeZone: config.exhibition.timeZone,
    onRefusal: observation.refusal,
    onFeedError: fault("Live feed could not read on, it tries again"),
  });
  const tokens = createTokens({
    secret: config.auth.jwtSecret ?? await loadSecret(kv),
    clock,
    socketTtlSec: config.auth.wsTokenTtlSec,
    loginTtlSec: config.auth.loginTtlSec,
  });
  const passwords = parts.passwords ?? createPasswords();
  const auth = createAuth({ kv, clock, passwords, environment: config.auth });
  const addresses = createAddresses(config.http.trustedProxies);
  const stopping = new AbortController();
  const figures = { clock, missions, connections: hub.count, eventLoopLagMs: lagMeter.worstMs };

  const overview = createOverview(figures);
  const app = createApp({
    clock,
    logger,
    http: config.http,
    limits: config.limits,
    production: config.profile === "production",
    timeZone: config.exhibition.timeZone,
    auth,
    tokens,
    assets: parts.assets ?? await createAssets(STATIC_FOLDER),
    context: { ids, tokens, addresses, kioskKeys: config.auth.kioskKeys },
    admin: {
      content: { clock, missions, overview, timeZone: config.exhibition.timeZone },
      live: {
        clock,
        feed: missions.feed,
        epoch: log.epoch,
        overview,
        stopping: stopping.signal,
        onError: fault("Live page's stream ended"),
      },
    },
    missions: {
      missions,
      tokens,
      requireKioskKey: config.auth.requireKioskKey,
      wsUrlOf: (c) => wsUrlOf(c, config.http),
    },
    analytics: figures,
    exports: { clock, missions, timeZone: config.exhibition.timeZone },
    health: {
      clock,
      startedAt: clock.now(),
      async probeStorage() {
        const tookMs = await probeStorage(kv, clock);
        // After a commit that failed, the log itself has to say that it is well again.
        if (log.stats().failure !== null) await log.append([]);
        return tookMs;
      },
      log: log.stats,
      connections: hub.count,
      maxConnections: config.limits.maxConnections,
      eventLoopLagMs: lagMeter.worstMs,
    },
    metrics: {
      observation,
      enabled: config.observation.metricsEnabled,
      token: config.observation.metricsToken,
    },
  });
  const toHttp = (error: AppError) => {
    const { status, headers, body } = renderError(error, ids.request(), clock.now());
    return { status, headers, body: JSON.stringify(body) };
  };
  const sockets = createSocketServer({
    clock,
    ids,
    tokens,
    missions,
    hub,
    limits: config.limits,
    events: { perSec: config.limits.eventsPerSec, burst: config.limits.eventBurst },
    addressOf: ({ socket, headers }) =>
      addresses.clientOf(socket.remoteAddress, headerText(headers["x-forwarded-for"])),
    kioskOf: (key) => key === null ? null : config.auth.kioskKeys.get(key) ?? null,
    toHttp,
    onMessage: observation.message,
    onFault: fault("Message could not be processed"),
  });

  async function expireStale(): Promise<void> {
    for (const attemptId of await missions.expireStale()) hub.closeEnded(attemptId);
  }

  const timers: Stop[] = [
    every(LAG_BEAT_MS, lagMeter.beat, fault("Lag meter failed")),
    every(HEARTBEAT_MS, hub.beat, fault("Heartbeat failed")),
    every(EXPIRY_MS, expireStale, fault("Expiry sweep failed")),
    every(HOURS_MS, missions.refreshHours, fault("Figures of an hour could not be stored")),
    every(
      TRIM_MS,
      () => log.trim(clock.now() - config.storage.logKeptSec * 1000),
      fault("Log could not be trimmed"),
    ),
  ];

  const servers: Server[] = [];
  function listen(port: number): Promise<number> {
    const headersTimeout = parts.headersTimeoutMs ?? HEADERS_TIMEOUT_MS;
    const server = createServer(
      {
        headersTimeout,
        requestTimeout: REQUEST_TIMEOUT_MS,
        connectionsCheckingInterval: Math.min(headersTimeout, CONNECTIONS_CHECKED_MS),
      },
      getRequestListener(app.fetch, { overrideGlobalObjects: false }),
    );
    server.on("upgrade", (request, stream, head) => {
      if (pathOf(request) === "/ws") sockets.upgrade(request, stream, head);
      else refuseUpgrade(stream, toHttp(new AppError("NOT_FOUND", "No socket at this address")));
    });
    servers.push(server);
    return new Promise((resolve, reject) => {
      server.once("error", (cause) => reject(cannotListen(port, cause)));
      server.listen(port, () => {
        const address = server.address();
        resolve(typeof address === "object" && address !== null ? address.port : port);
      });
    });
  }

  return {
    app,
    missions,
    log,
    hub,
    tokens,
    /** The token of a new set-up link; null when somebody can sign in. */
    openSetupLink: auth.setupLink.open,
    /** Listens; gives the port, which the machine chooses for port 0. */
    async listen(): Promise<number> {
      const port = await listen(config.http.port);
      if (config.http.wsPort !== null) await listen(config.http.wsPort);
      return port;
    },
    expireStale,
    /** Stops accepting, closes sockets with 1001, drains the log and its followers. */
    async [Symbol.asyncDispose](): Promise<void> {
      stopping.abort();
      const closing = servers.map((server) => new Promise((done) => server.close(done)));
      for (const stop of timers) await stop();
      await hub.shutDown();
      for (const server of servers) server.closeAllConnections();
      await Promise.all(closing);
      sockets.close();
      passwords.close();
      await missions.feed.close();
      await log.close();
      store?.close();
    },
  };
}

/** Where clients find `/ws`: as set, else where this request came in (M-01). */
function wsUrlOf(c: AppContext, { wsUrl, publicUrl }: Config["http"]): string {
  if (wsUrl !== null) return wsUrl;
  const base = new URL(publicUrl ?? c.req.url);
  base.protocol = base.protocol === "https:" ? "wss:" : "ws:";
  return `${base.protocol}//${base.host}/ws`;
}

function cannotListen(port: number, cause: Error & { code?: string }): Error {
  const reason = cause.code === "EADDRINUSE" ? "another program uses it" : cause.message;
  return new Error(`Cannot listen on port ${port}: ${reason}`, { cause });
}

function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?", 1)[0].replace(/\/$/, "");
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(",") : value;
}

/** Reads the variables that the start command permits, one by one: all at once is not permitted. */
function readEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, Deno.env.get(name)]));
}

/** The process ends by then, whatever the disk does. */
const STOP_DEADLINE_MS = 4_500;

async function main(): Promise<void> {
  const config = parseConfig(readEnvironment());
  const logger = await createLogger(config);
  for (const notice of config.notices) logger.warn(notice);
  const docent = await compose(config, { logger });
  const port = await docent.listen();
  const token = await docent.openSetupLink();
  if (token !== null) {
    const base = config.http.publicUrl ?? `http://localhost:${port}`;
    console.error(`Set up the administrator: ${base}/admin/setup?token=${token}`);
  }
  console.log(`Docent is listening on http://localhost:${port}`);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS);
    await docent[Symbol.asyncDispose]();
    process.exit(0);
  };
  Deno.addSignalListener("SIGTERM", stop);
  Deno.addSignalListener("SIGINT", stop);
}

if (import.meta.main) {
  await main().catch((error) => {
    console.error(`Docent cannot start: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  });
}
