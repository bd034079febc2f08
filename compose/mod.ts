import { getRequestListener } from "@hono/node-server";
import type { Config } from "../lib/config/mod.ts";
import { createHttpListeners } from "../lib/http_listeners.ts";
import { composeBase } from "./base.ts";
import { composeDomains } from "./domains.ts";
import { composeHttp } from "./http.ts";
import { startInterviewNews } from "./interview_news.ts";
import type { Parts } from "./parts.ts";
import { createRefusals } from "./refusals.ts";
import { composeSockets } from "./sockets.ts";
import { backUpWhenDue, expireStale, removeOldEvents, startTimers } from "./timers.ts";

export type { Parts } from "./parts.ts";
export type Docent = Awaited<ReturnType<typeof compose>>;

/**
 * Builds every part and joins them; nothing outside this folder names concrete ones. Nothing is
 * listened to before `listen`, and closing takes everything down in reverse order.
 */
export async function compose(config: Config, parts: Parts = {}) {
  const base = await composeBase(config, parts);
  const domains = await composeDomains(base, parts);
  const refusals = createRefusals(base);
  const sockets = composeSockets(base, domains, refusals);
  const app = await composeHttp(base, domains, { parts, sockets });
  const timers = startTimers(base, domains, sockets);
  const { log, hub, tokens } = base;
  const { missions, metrics, auth, people, interviews, kiosks } = domains;
  const { socketIo } = sockets;
  const interviewNews = startInterviewNews({
    interviews,
    people,
    onError: base.fault("Person could not be told of an interview"),
  });
  const hono = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: refusals.unroutable,
  });
  const listeners = createHttpListeners({
    onRequest: (request, response) =>
      socketIo.takes(request) ? socketIo.request(request, response) : hono(request, response),
    takesUpgrade: sockets.takes,
    onUpgrade: sockets.upgrade,
    onBadRequest: refusals.badRequest,
    headersTimeoutMs: parts.headersTimeoutMs,
  });

  async function close(): Promise<void> {
    base.stopping.abort();
    for (const stop of timers) await stop();
    // Before the door is shut: who polls has to come once more to hear of it.
    await socketIo.shutDown();
    const closed = listeners.close();
    await sockets.shutDown();
    listeners.cutOff();
    await closed;
    await interviews.close();
    await interviewNews.close();
    await auth.registration.settled();
    await domains.reports.settled();
    base.mailer.close();
    base.passwords.close();
    await missions.feed.close();
    await base.apiKeys.storeUses().catch(base.fault("Last uses of keys could not be stored"));
    await kiosks.storePresence().catch(base.fault("Signs of life could not be stored"));
    await log.close();
    base.closeStore();
  }

  let closing: Promise<void> | undefined;
  return {
    app,
    missions,
    metrics,
    log,
    hub,
    socketIo,
    tokens,
    audit: base.audit,
    auth,
    people,
    interviews,
    reports: domains.reports,
    kiosks,
    mailer: base.mailer,
    /** The token of a new set-up link; null when somebody can sign in. */
    openSetupLink: auth.setupLink.open,
    /** Listens; gives the port, which the machine chooses for port 0. */
    async listen(): Promise<number> {
      if (config.socketIo.redisUrl !== null) await socketIo.open();
      const port = await listeners.listen(config.http.port);
      if (config.http.wsPort !== null) await listeners.listen(config.http.wsPort);
      return port;
    },
    expireStale: () => expireStale(base, domains),
    removeOldEvents: () => removeOldEvents(base, domains),
    backUpWhenDue: () => backUpWhenDue(base),
    /** Stops accepting, closes sockets with 1001, drains the log and its followers; once. */
    [Symbol.asyncDispose]: (): Promise<void> => closing ??= close(),
  };
}
