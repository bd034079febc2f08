import type { ComponentChildren } from "preact";
import type { AuditEntry } from "../../lib/audit/mod.ts";
import type { Person } from "../../lib/auth/directory.ts";
import { ROLES } from "../../lib/auth/roles.ts";
import type { Session } from "../../lib/auth/sessions.ts";
import { Card } from "../../lib/ui/Card.tsx";
import { type Column, DataTable } from "../../lib/ui/DataTable.tsx";
import { Select } from "../../lib/ui/Field.tsx";
import { Icon } from "../../lib/ui/Icon.tsx";
import { EmptyState, Notice } from "../../lib/ui/Notice.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { AuditTable } from "./audit.tsx";
import { AdminFrame } from "./frame.tsx";
import { ShortTime } from "./short_time.tsx";
import { RoleBadge } from "./users.tsx";

/** What was just done to an account. */
export const USER_DEEDS = ["role", "session", "sessions"] as const;
export type UserDeed = (typeof USER_DEEDS)[number];

export interface UserView {
  readonly person: Person;
  /** Newest first. */
  readonly sessions: readonly Pick<
    Session,
    "sessionId" | "userAgent" | "address" | "createdAt" | "expiresAt"
  >[];
  /** Of who looks; it may be one of these. */
  readonly currentSessionId: string;
  /** Whether who looks sees their own account. */
  readonly isSelf: boolean;
  /** The newest that are about this account. */
  readonly entries: readonly AuditEntry[];
  readonly done: UserDeed | null;
}

export interface UserPageProps {
  readonly view: UserView;
  readonly ui: Ui;
}

/** `/admin/users/:userId`: one account, its role, its sessions, and what was done to it. */
export function UserPage({ view, ui }: UserPageProps) {
  const { t } = ui;
  const { person, done, entries } = view;
  return (
    <AdminFrame ui={ui} current={null}>
      <a class="link" href="/admin/users">
        <Icon name="left" />
        {t.users.title}
      </a>
      <PageHead title={person.name} lead={<RoleBadge role={person.role} t={t} />} />
      <div class="stack stack--report">
        {done !== null && <Notice tone="good">{t.users.done[done]}</Notice>}
        <div class="halves">
          <Card id="account" title={t.users.facts}>
            <Facts person={person} ui={ui} />
          </Card>
          <Card id="role-of" title={t.users.roleTitle}>
            <RoleForm view={view} ui={ui} />
          </Card>
        </div>
        <Sessions view={view} ui={ui} />
        <Card
          id="changes"
          title={t.users.audit}
          action={entries.length > 0 && (
            <a class="button" href={`/admin/audit?target=${person.userId}`}>{t.users.auditAll}</a>
          )}
        >
          {entries.length === 0
            ? <EmptyState icon="list" title={t.users.auditEmpty} />
            : <AuditTable entries={entries} ui={ui} />}
        </Card>
      </div>
    </AdminFrame>
  );
}

function Facts({ person, ui }: { readonly person: Person; readonly ui: Ui }) {
  const { t, format } = ui;
  const { email, emailVerifiedAt } = person;
  const confirmed = emailVerifiedAt === null
    ? t.users.notConfirmed
    : t.users.confirmed(format.shortDateTime(emailVerifiedAt));
  const facts: readonly [name: string, value: ComponentChildren][] = [
    [t.users.username, person.username],
    [t.users.email, email === null ? t.users.noEmail : `${email} (${confirmed})`],
    [t.users.secondFactor, person.hasSecondFactor ? t.users.on : t.users.off],
    [
      t.users.lastLogin,
      person.lastLoginAt === null ? t.users.never : format.dateTime(person.lastLoginAt),
    ],
    [t.users.created, format.dateTime(person.createdAt)],
    [t.users.id, <code key="id">{person.userId}</code>],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div class="fact" key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function RoleForm({ view: { person, isSelf }, ui: { t, csrf } }: UserPageProps) {
  if (isSelf) return <p>{t.users.ownRole}</p>;
  if (person.isFromSettings) return <p>{t.users.settingsRole}</p>;
  return (
    <form class="form" method="post" action={`/admin/users/${person.userId}/role`}>
      <input type="hidden" name="_csrf" value={csrf} />
      <Select
        label={t.users.role}
        name="role"
        value={person.role}
        options={ROLES.map((value) => {
          const { name, hint } = t.users.roles[value];
          return { value, label: t.users.roleOption(name, hint) };
        })}
      />
      <button class="button button--main" type="submit">{t.users.change}</button>
    </form>
  );
}

function Sessions({ view, ui }: UserPageProps) {
  const { t } = ui;
  const { sessions } = view;
  const hasOthers = sessions.some(({ sessionId }) => sessionId !== view.currentSessionId);
  return (
    <Card
      id="sessions"
      title={t.users.sessions}
      hint={t.users.sessionsHint}
      action={hasOthers && <EndAll view={view} ui={ui} />}
    >
      {sessions.length === 0 ? <EmptyState icon="screen" title={t.users.noSessions} /> : (
        <DataTable
          caption={t.users.sessionsCaption}
          scrollLabel={t.table.scroll(t.users.sessionsCaption)}
          columns={columnsOf(view, ui)}
          rows={sessions}
          keyOf={({ sessionId }) => sessionId}
        />
      )}
    </Card>
  );
}

function EndAll({ view: { person, isSelf }, ui: { t, csrf } }: UserPageProps) {
  return (
    <form method="post" action={`/admin/users/${person.userId}/sessions/end`}>
      <input type="hidden" name="_csrf" value={csrf} />
      <button class="button" type="submit">{isSelf ? t.users.endOthers : t.users.endAll}</button>
    </form>
  );
}

function columnsOf(
  { person, currentSessionId }: UserView,
  ui: Ui,
): Column<UserView["sessions"][number]>[] {
  const { t, csrf } = ui;
  return [
    {
      head: t.users.agent,
      cell: ({ userAgent }) => (
        <span class="cut" title={userAgent}>{userAgent || t.users.unknownAgent}</span>
      ),
    },
    {
      head: t.users.end,
      cell: ({ sessionId, userAgent }) =>
        sessionId === currentSessionId ? t.users.current : (
          <form
            method="post"
            action={`/admin/users/${person.userId}/sessions/${sessionId}/end`}
          >
            <input type="hidden" name="_csrf" value={csrf} />
            <button
              class="button"
              type="submit"
              aria-label={t.users.endLabel(userAgent || t.users.unknownAgent)}
            >
              {t.users.end}
            </button>
          </form>
        ),
    },
    { head: t.users.address, cell: ({ address }) => <code>{address}</code> },
    { head: t.users.started, cell: ({ createdAt }) => <ShortTime at={createdAt} ui={ui} /> },
    { head: t.users.ends, cell: ({ expiresAt }) => <ShortTime at={expiresAt} ui={ui} /> },
  ];
}
