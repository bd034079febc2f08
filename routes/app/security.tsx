import type { Session } from "../../lib/auth/sessions.ts";
import { toIso } from "../../lib/clock.ts";
import { Badge } from "../../lib/ui/Badge.tsx";
import { Card } from "../../lib/ui/Card.tsx";
import { DataTable } from "../../lib/ui/DataTable.tsx";
import { Field } from "../../lib/ui/Field.tsx";
import { Icon } from "../../lib/ui/Icon.tsx";
import { Notice } from "../../lib/ui/Notice.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { ActionForm, AppFrame } from "./frame.tsx";

/** What was done, or refused, by the form before. */
export type SecurityNews =
  | { readonly tone: "good"; readonly text: "ended" | "changed" | "factorOn" | "factorOff" }
  | { readonly tone: "bad"; readonly text: "wrongPassword" | "wrongCode" };

export interface SecurityView {
  /** Newest first. */
  readonly sessions: readonly Session[];
  readonly currentId: string;
  readonly factor:
    | { readonly state: "off" | "on" }
    | { readonly state: "begun"; readonly secret: string };
  /** Null for an account that another house signs in. */
  readonly hasPassword: boolean;
  readonly news: SecurityNews | null;
}

export interface SecurityPageProps {
  readonly view: SecurityView;
  readonly ui: Ui;
}

/** `/app/security`: sessions, password, second factor, data and the end of the account. */
export function SecurityPage({ view, ui }: SecurityPageProps) {
  const words = ui.t.people.security;
  const { news } = view;
  return (
    <AppFrame ui={ui} current="security">
      <PageHead title={words.title} />
      {news && <Notice tone={news.tone}>{words[news.text]}</Notice>}
      <div class="columns">
        <Sessions view={view} ui={ui} />
        {view.hasPassword && <PasswordCard ui={ui} />}
        <FactorCard view={view} ui={ui} />
        <DataCard ui={ui} />
        {view.hasPassword && <RemoveCard ui={ui} />}
      </div>
    </AppFrame>
  );
}

function Sessions({ view: { sessions, currentId }, ui }: SecurityPageProps) {
  const { t, format } = ui;
  const words = t.people.security;
  return (
    <Card id="sessions" title={words.sessions}>
      <DataTable
        caption={words.sessions}
        scrollLabel={t.table.scroll(words.sessions)}
        rows={sessions}
        keyOf={({ sessionId }) => sessionId}
        columns={[
          { head: words.since, cell: (it) => format.shortDateTime(toIso(it.createdAt)) },
          { head: words.from, cell: (it) => `${it.address} ${it.userAgent.slice(0, 60)}` },
          {
            head: words.end,
            cell: ({ sessionId }) =>
              sessionId === currentId ? <Badge tone="accent">{words.current}</Badge> : (
                <ActionForm ui={ui} action={`/app/security/sessions/${sessionId}/end`}>
                  <button class="button" type="submit">{words.end}</button>
                </ActionForm>
              ),
          },
        ]}
      />
    </Card>
  );
}

function PasswordCard({ ui }: { readonly ui: Ui }) {
  const { security: words, entry } = ui.t.people;
  return (
    <Card id="password" title={words.password}>
      <ActionForm ui={ui} action="/app/security/password" class="form">
        <Field
          label={words.oldPassword}
          name="oldPassword"
          input={{ type: "password", autoComplete: "current-password", required: true }}
        />
        <Field
          label={entry.newPassword}
          name="newPassword"
          hint={entry.passwordHint}
          input={{ type: "password", autoComplete: "new-password", required: true, minLength: 8 }}
        />
        <button class="button" type="submit">{words.change}</button>
      </ActionForm>
    </Card>
  );
}

function FactorCard({ view: { factor }, ui }: SecurityPageProps) {
  const words = ui.t.people.security;
  if (factor.state === "off") {
    return (
      <Card id="factor" title={words.factor} hint={words.factorOff}>
        <ActionForm ui={ui} action="/app/security/factor/begin">
          <button class="button" type="submit">{words.begin}</button>
        </ActionForm>
      </Card>
    );
  }
  const isOn = factor.state === "on";
  return (
    <Card id="factor" title={words.factor} hint={isOn ? words.factorOn : words.secret}>
      {factor.state === "begun" && <p class="secret">{factor.secret}</p>}
      <ActionForm ui={ui} action={`/app/security/factor/${isOn ? "end" : "confirm"}`} class="form">
        <Field
          label={words.code}
          name="code"
          input={{ type: "text", autoComplete: "one-time-code", required: true, maxLength: 10 }}
        />
        <button class="button" type="submit">{isOn ? words.turnOff : words.confirm}</button>
      </ActionForm>
    </Card>
  );
}

function DataCard({ ui }: { readonly ui: Ui }) {
  const words = ui.t.people.security;
  return (
    <Card id="data" title={words.data} hint={words.dataHint}>
      <a class="button" href="/api/users/export" download>
        <Icon name="download" />
        {words.download}
      </a>
    </Card>
  );
}

function RemoveCard({ ui }: { readonly ui: Ui }) {
  const words = ui.t.people.security;
  return (
    <Card id="remove" title={words.remove} hint={words.removeHint}>
      <ActionForm ui={ui} action="/app/security/remove" class="form">
        <Field
          label={words.password}
          name="password"
          input={{ type: "password", autoComplete: "current-password", required: true }}
        />
        <button class="button" type="submit">
          <Icon name="alert" />
          {words.removeButton}
        </button>
      </ActionForm>
    </Card>
  );
}
