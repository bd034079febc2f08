import { MAX_CODE_CHARS } from "../../lib/auth/login.ts";
import type { OAuthProvider } from "../../lib/auth/oauth.ts";
import type { Session } from "../../lib/auth/sessions.ts";
import { toIso } from "../../lib/clock.ts";
import { Badge } from "../../lib/ui/Badge.tsx";
import { Card } from "../../lib/ui/Card.tsx";
import { DataTable } from "../../lib/ui/DataTable.tsx";
import { Field } from "../../lib/ui/Field.tsx";
import { Icon } from "../../lib/ui/Icon.tsx";
import { Notice } from "../../lib/ui/Notice.tsx";
import { QrCode } from "../../lib/ui/QrCode.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { HOUSES } from "./entry.tsx";
import { ActionForm, AppFrame } from "./frame.tsx";

/** What the form before did. */
export type SecurityDone = "ended" | "changed" | "factorIsOff";
/** Why it did not. */
export type SecurityProblem = "wrongPassword" | "wrongCode" | "newPassword";

export interface SecurityView {
  /** Newest first. */
  readonly sessions: readonly Session[];
  readonly currentId: string;
  readonly factor:
    | { readonly state: "off" | "on" }
    /** `uri` opens an application on the same telephone. */
    | { readonly state: "begun"; readonly secret: string; readonly uri: string };
  /** Of a second factor that was turned on this moment; else none. */
  readonly recoveryCodes: readonly string[];
  /**
   * What shows that it is really the person: the password; where there is none, that they signed in
   * a moment ago, or the houses by which they can sign in anew.
   */
  readonly proof: "password" | "fresh" | readonly OAuthProvider[];
  readonly done: SecurityDone | null;
  readonly problem: SecurityProblem | null;
}

export interface SecurityPageProps {
  readonly view: SecurityView;
  readonly ui: Ui;
}

/** `/app/security`: sessions, password, second factor, data and the end of the account. */
export function SecurityPage({ view, ui }: SecurityPageProps) {
  const words = ui.t.people.security;
  const { done, problem } = view;
  return (
    <AppFrame ui={ui} current="security">
      <PageHead title={words.title} />
      {done && <Notice tone="good">{words.done[done]}</Notice>}
      {problem && <Notice tone="bad">{words.problems[problem]}</Notice>}
      {view.recoveryCodes.length > 0 && <RecoveryCodes codes={view.recoveryCodes} ui={ui} />}
      <div class="columns">
        <Sessions view={view} ui={ui} />
        {view.proof === "password" && <PasswordCard ui={ui} />}
        <FactorCard view={view} ui={ui} />
        <DataCard ui={ui} />
        <RemoveCard proof={view.proof} ui={ui} />
      </div>
    </AppFrame>
  );
}

function RecoveryCodes({ codes, ui }: { readonly codes: readonly string[]; readonly ui: Ui }) {
  const words = ui.t.people.security;
  return (
    <Notice tone="good">
      <p>{words.factorIsOn}</p>
      <ul class="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Sessions({ view: { sessions, currentId }, ui }: SecurityPageProps) {
  const { t, format } = ui;
  const words = t.people.security;
  return (
    <Card id="sessions" title={words.sessions} class="card--wide">
      <DataTable
        caption={words.sessions}
        scrollLabel={t.table.scroll(words.sessions)}
        rows={sessions}
        keyOf={({ sessionId }) => sessionId}
        columns={[
          {
            head: words.since,
            cell: ({ createdAt, address }) => (
              <>
                {format.shortDateTime(toIso(createdAt))}
                <small class="session__address">{address}</small>
              </>
            ),
          },
          { head: words.from, cell: ({ userAgent }) => userAgent.slice(0, 80), isMinor: true },
          {
            head: words.end,
            cell: ({ sessionId }) =>
              sessionId === currentId
                ? <Badge tone="good">{words.current}</Badge>
                : (
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
    <Card id="change-password" title={words.password}>
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
      {factor.state === "begun" && <Secret secret={factor.secret} uri={factor.uri} ui={ui} />}
      <ActionForm ui={ui} action={`/app/security/factor/${isOn ? "end" : "confirm"}`} class="form">
        <Field
          label={words.code}
          name="code"
          input={{
            type: "text",
            autoComplete: "one-time-code",
            required: true,
            maxLength: MAX_CODE_CHARS,
          }}
        />
        <button class="button" type="submit">{isOn ? words.turnOff : words.confirm}</button>
      </ActionForm>
    </Card>
  );
}

/** In groups of four, as it is typed. */
function Secret(
  { secret, uri, ui }: { readonly secret: string; readonly uri: string; readonly ui: Ui },
) {
  const words = ui.t.people.security;
  return (
    <p class="secret">
      <QrCode text={uri} label={words.picture} />
      <code>{secret.match(/.{1,4}/g)?.join(" ")}</code>
      <a class="link" href={uri}>{words.openApplication}</a>
    </p>
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

function RemoveCard({ proof, ui }: { readonly proof: SecurityView["proof"]; readonly ui: Ui }) {
  const words = ui.t.people.security;
  if (typeof proof !== "string") return <ProveFirst providers={proof} ui={ui} />;
  return (
    <Card id="remove" title={words.remove} hint={words.removeHint}>
      <ActionForm ui={ui} action="/app/security/remove" class="form">
        {proof === "password" && (
          <Field
            label={words.password}
            name="password"
            input={{ type: "password", autoComplete: "current-password", required: true }}
          />
        )}
        <button class="button" type="submit">
          <Icon name="alert" />
          {words.removeButton}
        </button>
      </ActionForm>
    </Card>
  );
}

/** Without a password somebody signs in anew, or has one set by a letter. */
function ProveFirst(
  { providers, ui }: { readonly providers: readonly OAuthProvider[]; readonly ui: Ui },
) {
  const { security: words, entry } = ui.t.people;
  return (
    <Card id="remove" title={words.remove} hint={words.proveFirst}>
      <p class="actions">
        {providers.map((provider) => (
          <a
            key={provider}
            class="button"
            href={`/app/oauth/${provider}/begin?next=/app/security`}
          >
            {entry.loginWith(HOUSES[provider])}
          </a>
        ))}
        <a class="button" href="/app/forgot">{words.setPassword}</a>
      </p>
    </Card>
  );
}
