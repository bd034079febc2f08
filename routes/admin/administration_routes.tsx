import { Hono } from "hono";
import type { Audit } from "../../lib/audit/mod.ts";
import {
  API_SCOPES,
  type ApiKeys,
  type NewApiKey,
  newApiKeySchema,
} from "../../lib/auth/api_keys.ts";
import { AppError } from "../../lib/errors.ts";
import type { Mailer } from "../../lib/mail/mod.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { readForm } from "../middleware/form_body.ts";
import { loginName, requirePermission } from "../middleware/guards.ts";
import { AuditPage } from "./audit.tsx";
import { type KeyProblem, KeysPage, type KeysView } from "./keys.tsx";
import { OutboxPage } from "./outbox.tsx";
import type { Pages } from "../pages/pages.ts";

export interface AdministrationDeps {
  readonly pages: Pages;
  readonly apiKeys: ApiKeys;
  readonly audit: Audit;
  readonly mailer: Pick<Mailer, "outbox" | "isConnected">;
}

const AUDIT_ID = /^audit_\d{1,40}$/;
const ANY_ID = /^[a-z]+_\d{1,40}$/;
/** Entries on a page of the audit log. */
const ENTRIES = 50;
/** Letters in the outbox. */
const LETTERS = 100;
const EMPTY_FORM: KeysView["form"] = { name: "", scopes: ["events:write"], problems: [] };

/** The pages of administrators: API keys, what was changed by whom, and letters. */
export function administrationRoutes({ pages, apiKeys, audit, mailer }: AdministrationDeps) {
  const app = new Hono<AppEnv>();
  const administer = requirePermission("administer");

  async function sendKeys(c: AppContext, shown: Partial<KeysView> = {}) {
    const keys = await apiKeys.list();
    const view = { keys, form: EMPTY_FORM, made: null, revoked: null, ...shown };
    return pages.send(c, {
      status: view.form.problems.length > 0 ? 400 : 200,
      title: ({ t }) => t.keys.title,
      body: (ui) => <KeysPage view={view} ui={ui} />,
      path: "/admin/keys",
    });
  }

  app.get("/keys", administer, (c) => sendKeys(c));

  app.post("/keys", administer, async (c) => {
    const { input, form } = await readKey(c);
    if (input === null) return await sendKeys(c, { form });
    try {
      const { key, text } = await apiKeys.create(input, loginName(c));
      return await sendKeys(c, { made: { name: key.name, text } });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "CONFLICT") throw error;
      return await sendKeys(c, { form: { ...form, problems: ["tooMany"] } });
    }
  });

  app.post("/keys/:keyId/revoke", administer, async (c) => {
    const { name } = await apiKeys.revoke(c.req.param("keyId"), loginName(c));
    return await sendKeys(c, { revoked: name });
  });

  app.get("/audit", administer, async (c) => {
    const before = AUDIT_ID.exec(c.req.query("before") ?? "")?.[0];
    const target = ANY_ID.exec(c.req.query("target") ?? "")?.[0];
    const entries = await audit.list({ limit: ENTRIES + 1, before, target });
    const shown = entries.slice(0, ENTRIES);
    const last = shown.at(-1);
    const view = {
      entries: shown,
      olderHref: last !== undefined && entries.length > ENTRIES
        ? `/admin/audit?${new URLSearchParams({ before: last.auditId, ...(target && { target }) })}`
        : null,
      isNewest: before === undefined,
      target: target ?? null,
    };
    return pages.send(c, {
      title: ({ t }) => t.audit.title,
      body: (ui) => <AuditPage view={view} ui={ui} />,
    });
  });

  app.get("/outbox", administer, async (c) => {
    const view = { mails: await mailer.outbox(LETTERS), isConnected: mailer.isConnected };
    return pages.send(c, {
      title: ({ t }) => t.outbox.title,
      body: (ui) => <OutboxPage view={view} ui={ui} />,
    });
  });
  return app;
}

interface SentKey {
  /** Null where something is wrong with it. */
  readonly input: NewApiKey | null;
  readonly form: KeysView["form"];
}

async function readKey(c: AppContext): Promise<SentKey> {
  const field = await readForm(c);
  const name = field("name");
  const scopes = API_SCOPES.filter((scope) => field(scope) !== "");
  const checked = newApiKeySchema.safeParse({ name, scopes });
  if (checked.success) return { input: checked.data, form: EMPTY_FORM };
  const problems = checked.error.issues.map(({ path }): KeyProblem =>
    path[0] === "name" ? "name" : "scopes"
  );
  return { input: null, form: { name, scopes, problems } };
}
