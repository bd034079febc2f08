import { Hono } from "hono";
import { type Clock, toIso } from "../../lib/clock.ts";
import { AppError } from "../../lib/errors.ts";
import {
  type Command,
  commandSchema,
  type Kiosks,
  newKioskSchema,
  type PairingCode,
} from "../../lib/kiosks/mod.ts";
import { permits } from "../../lib/auth/roles.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { readForm } from "../middleware/form_body.ts";
import { loginName, requirePermission, whoOf } from "../middleware/guards.ts";
import { type EventStreamDeps, sendEventStream } from "../pages/event_stream.ts";
import { followKiosks } from "./follow_kiosks.ts";
import { isProblem, type KioskProblem, KiosksPage, type KiosksView } from "./kiosks.tsx";
import type { Pages } from "../pages/pages.ts";

export interface KiosksPageDeps {
  readonly clock: Clock;
  readonly pages: Pages;
  readonly kiosks: Kiosks;
}

export interface KiosksPagesDeps extends KiosksPageDeps, EventStreamDeps {}

const EMPTY_FORM: KiosksView["form"] = { name: "", place: "", problem: null };

/** `/admin/kiosks`, its forms, and the server-sent events that keep it as things are. */
export function kiosksPages(deps: KiosksPagesDeps) {
  const { kiosks } = deps;
  const app = new Hono<AppEnv>();
  const operate = requirePermission("operate");
  const administer = requirePermission("administer");

  const send = (c: AppContext, shown?: Partial<KiosksView>) => sendKiosks(c, deps, shown);
  const sendCode = (c: AppContext, { kioskId, code, expiresAt }: PairingCode) =>
    send(c, { code: { name: kiosks.get(kioskId).name, code, expiresAt } });

  async function sendCommand(c: AppContext, command: Command) {
    const kioskId = c.req.param("kioskId") ?? "";
    const told = await kiosks.command(kioskId, command, loginName(c));
    return send(c, { news: told.command?.deliveredAt === null ? "waits" : "delivered" });
  }

  app.get("/kiosks", operate, (c) => send(c));

  app.get("/kiosks/events", operate, (c) =>
    sendEventStream(c, {
      ...deps,
      follow: ({ stream, isWelcome, signal }) =>
        followKiosks(deps, {
          isWelcome,
          signal,
          send: (event, data) => stream.writeSSE({ event, data: JSON.stringify(data) }),
        }),
    }));

  app.post("/kiosks", administer, async (c) => {
    const field = await readForm(c);
    const form = { name: field("name"), place: field("place") };
    const checked = newKioskSchema.safeParse(form);
    if (!checked.success) {
      const problem: KioskProblem = checked.error.issues[0].path[0] === "name" ? "name" : "place";
      return send(c, { form: { ...form, problem } });
    }
    try {
      const { code } = await kiosks.add(checked.data, loginName(c));
      return sendCode(c, code);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "CONFLICT") throw error;
      return send(c, { form: { ...form, problem: "tooMany" } });
    }
  });

  app.post(
    "/kiosks/:kioskId/code",
    administer,
    async (c) => sendCode(c, await kiosks.openCode(c.req.param("kioskId"), loginName(c))),
  );

  app.post("/kiosks/:kioskId/name", administer, async (c) => {
    const field = await readForm(c);
    const named = newKioskSchema.safeParse({ name: field("name"), place: field("place") });
    if (!named.success) return send(c, { news: "noName" });
    await kiosks.rename(c.req.param("kioskId"), named.data, loginName(c));
    return send(c, { news: "renamed" });
  });

  app.post("/kiosks/:kioskId/remove", administer, async (c) => {
    await kiosks.remove(c.req.param("kioskId"), loginName(c));
    return send(c, { news: "removed" });
  });

  app.post("/kiosks/:kioskId/reload", operate, (c) => sendCommand(c, { name: "reload" }));

  app.post("/kiosks/:kioskId/message", operate, async (c) => {
    const text = (await readForm(c))("text");
    const command = commandSchema.safeParse({ name: "message", text });
    return command.success ? await sendCommand(c, command.data) : send(c, { news: "noText" });
  });
  return app;
}

/** The page, with what became of a form. */
export function sendKiosks(
  c: AppContext,
  { clock, pages, kiosks }: KiosksPageDeps,
  shown: Partial<KiosksView> = {},
) {
  const view: KiosksView = {
    kiosks: kiosks.list(),
    asOf: toIso(clock.now()),
    administers: permits(whoOf(c).role, "administer"),
    form: EMPTY_FORM,
    code: null,
    news: null,
    report: null,
    queueProblem: null,
    ...shown,
  };
  return pages.send(c, {
    status: statusOf(view),
    title: ({ t }) => t.kiosks.title,
    body: (ui) => <KiosksPage view={view} ui={ui} />,
    path: "/admin/kiosks",
  });
}

function statusOf({ form, news, queueProblem }: KiosksView): 200 | 400 | 503 {
  if (queueProblem === "unavailable") return 503;
  return form.problem !== null || isProblem(news) || queueProblem !== null ? 400 : 200;
}
