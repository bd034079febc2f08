import { API_SCOPES, type ApiKey, type ApiScope } from "../../lib/auth/api_keys.ts";
import { Badge } from "../../lib/ui/Badge.tsx";
import { Card } from "../../lib/ui/Card.tsx";
import { type Column, DataTable } from "../../lib/ui/DataTable.tsx";
import { Field } from "../../lib/ui/Field.tsx";
import { EmptyState, Notice } from "../../lib/ui/Notice.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { AdminFrame } from "./frame.tsx";

export type KeyProblem = "name" | "scopes" | "tooMany";

export interface KeysView {
  /** Newest first. */
  readonly keys: readonly ApiKey[];
  /** What was sent, where it could not be taken. */
  readonly form: {
    readonly name: string;
    readonly scopes: readonly ApiScope[];
    readonly problems: readonly KeyProblem[];
  };
  /** Shown this once. */
  readonly made: { readonly name: string; readonly text: string } | null;
  /** Name of a key that was just revoked. */
  readonly revoked: string | null;
}

export interface KeysPageProps {
  readonly view: KeysView;
  readonly ui: Ui;
}

/** `/admin/keys`: the programs that may send events or read figures (E-22). */
export function KeysPage({ view, ui }: KeysPageProps) {
  const { t } = ui;
  return (
    <AdminFrame ui={ui} current={null}>
      <PageHead title={t.keys.title} lead={t.keys.lead} />
      <div class="stack stack--report">
        {view.made && <MadeKey made={view.made} ui={ui} />}
        {view.revoked !== null && <Notice tone="good">{t.keys.revokedNow(view.revoked)}</Notice>}
        <KeyForm form={view.form} ui={ui} />
        {view.keys.length === 0
          ? (
            <div class="card">
              <EmptyState icon="key" title={t.keys.empty} hint={t.keys.emptyHint} />
            </div>
          )
          : <KeyTable keys={view.keys} ui={ui} />}
      </div>
    </AdminFrame>
  );
}

function MadeKey(
  { made, ui: { t } }: { readonly made: { name: string; text: string }; readonly ui: Ui },
) {
  return (
    <Notice tone="good">
      <p>{t.keys.made(made.name)}</p>
      <code class="secret">{made.text}</code>
    </Notice>
  );
}

function KeyForm({ form, ui }: { readonly form: KeysView["form"]; readonly ui: Ui }) {
  const { t } = ui;
  const problemOf = (problem: KeyProblem) =>
    form.problems.includes(problem) ? t.keys.problems[problem] : undefined;
  const scopesProblem = problemOf("scopes");
  return (
    <Card id="new-key" title={t.keys.make}>
      <form class="form" method="post" action="/admin/keys">
        <input type="hidden" name="_csrf" value={ui.csrf} />
        {problemOf("tooMany") && <Notice tone="bad">{problemOf("tooMany")}</Notice>}
        <Field
          label={t.keys.name}
          name="name"
          hint={t.keys.nameHint}
          problem={problemOf("name")}
          input={{ type: "text", value: form.name, required: true, maxLength: 60 }}
        />
        <fieldset class="choice">
          <legend class="field__label">{t.keys.scopesLegend}</legend>
          <div class="choice__options">
            {API_SCOPES.map((scope) => (
              <label class="choice__option" key={scope}>
                <input
                  type="checkbox"
                  name={scope}
                  value="true"
                  checked={form.scopes.includes(scope)}
                />
                <span>
                  <strong>{t.keys.scopes[scope].name}</strong>
                  <small>{t.keys.scopes[scope].hint}</small>
                </span>
              </label>
            ))}
          </div>
          {scopesProblem && <p class="field__problem" role="alert">{scopesProblem}</p>}
        </fieldset>
        <button class="button button--main" type="submit">{t.keys.submit}</button>
      </form>
    </Card>
  );
}

function KeyTable({ keys, ui }: { readonly keys: readonly ApiKey[]; readonly ui: Ui }) {
  const { t } = ui;
  return (
    <div class="card card--flush">
      <DataTable
        caption={t.keys.caption}
        scrollLabel={t.table.scroll(t.keys.caption)}
        columns={columnsOf(ui)}
        rows={keys}
        keyOf={({ keyId }) => keyId}
      />
    </div>
  );
}

function columnsOf({ t, format, csrf }: Ui): Column<ApiKey>[] {
  return [
    { head: t.keys.name, cell: ({ name }) => name },
    { head: t.keys.ending, cell: ({ ending }) => <code>…{ending}</code>, isMinor: true },
    {
      head: t.keys.state,
      cell: ({ keyId, name, revokedAt }) =>
        revokedAt !== null
          ? <Badge tone="quiet">{t.keys.revoked}</Badge>
          : (
            <form class="row-action" method="post" action={`/admin/keys/${keyId}/revoke`}>
              <input type="hidden" name="_csrf" value={csrf} />
              <Badge tone="good">{t.keys.good}</Badge>
              <button class="button" type="submit" aria-label={t.keys.revokeLabel(name)}>
                {t.keys.revoke}
              </button>
            </form>
          ),
    },
    {
      head: t.keys.scopesLegend,
      cell: ({ scopes }) => scopes.map((scope) => t.keys.scopes[scope].name).join(", "),
    },
    {
      head: t.keys.created,
      cell: ({ createdAt, createdBy }) =>
        `${format.shortDateTime(createdAt)} ${t.keys.by(createdBy)}`,
      isMinor: true,
    },
    {
      head: t.keys.lastUsed,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? t.keys.never : format.shortDateTime(lastUsedAt),
    },
  ];
}
