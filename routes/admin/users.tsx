import type { Person } from "../../lib/auth/directory.ts";
import { type Role, ROLES } from "../../lib/auth/roles.ts";
import { Badge, type Tone } from "../../lib/ui/Badge.tsx";
import { type Column, DataTable } from "../../lib/ui/DataTable.tsx";
import { Field, FilterBar, Select } from "../../lib/ui/Field.tsx";
import { EmptyState } from "../../lib/ui/Notice.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { AdminFrame } from "./frame.tsx";
import { ShortTime } from "./short_time.tsx";

export interface UsersView {
  readonly text: string;
  readonly role: Role | null;
  /** Newest first. */
  readonly people: readonly Person[];
  /** Address of further ones; null at the end. */
  readonly olderHref: string | null;
  readonly isNewest: boolean;
}

export interface UsersPageProps {
  readonly view: UsersView;
  readonly ui: Ui;
}

/** `/admin/users`: who can sign in. */
export function UsersPage({ view, ui }: UsersPageProps) {
  const { t } = ui;
  const { people, olderHref, isNewest } = view;
  return (
    <AdminFrame ui={ui} current={null}>
      <PageHead title={t.users.title} lead={t.users.lead} />
      <div class="toolbar">
        <Search view={view} ui={ui} />
      </div>
      <div class="card card--flush">
        {people.length === 0
          ? <EmptyState icon="user" title={t.users.empty} hint={t.users.emptyHint} />
          : (
            <DataTable
              caption={t.users.caption}
              scrollLabel={t.table.scroll(t.users.caption)}
              columns={columnsOf(ui)}
              rows={people}
              keyOf={({ userId }) => userId}
            />
          )}
        {(olderHref !== null || !isNewest) && (
          <nav class="pager" aria-label={t.table.pages}>
            {!isNewest && <a class="button" href="/admin/users">{t.users.newest}</a>}
            {olderHref && <a class="button" href={olderHref} rel="next">{t.users.older}</a>}
          </nav>
        )}
      </div>
    </AdminFrame>
  );
}

function Search({ view: { text, role }, ui: { t } }: UsersPageProps) {
  return (
    <FilterBar label={t.users.title} action="/admin/users" apply={t.users.apply}>
      <Field
        label={t.users.search}
        name="q"
        input={{ type: "text", value: text, maxLength: 100 }}
      />
      <Select
        label={t.users.role}
        name="role"
        value={role ?? ""}
        options={[
          { value: "", label: t.users.allRoles },
          ...ROLES.map((value) => ({ value, label: t.users.roles[value].name })),
        ]}
      />
    </FilterBar>
  );
}

const TONES: Readonly<Record<Role, Tone>> = {
  user: "quiet",
  kiosk: "quiet",
  viewer: "active",
  operator: "active",
  researcher: "active",
  admin: "warn",
};

export function RoleBadge({ role, t }: { readonly role: Role; readonly t: Ui["t"] }) {
  return <Badge tone={TONES[role]}>{t.users.roles[role].name}</Badge>;
}

function columnsOf(ui: Ui): Column<Person>[] {
  const { t } = ui;
  return [
    {
      head: t.users.name,
      cell: ({ userId, name }) => (
        <a class="cut" href={`/admin/users/${userId}`} title={name}>{name}</a>
      ),
    },
    { head: t.users.role, cell: ({ role }) => <RoleBadge role={role} t={t} /> },
    // People sign in by their address, staff by a name.
    {
      head: t.users.username,
      cell: ({ username }) => <span class="cut" title={username}>{username}</span>,
    },
    {
      head: t.users.lastLogin,
      cell: ({ lastLoginAt }) =>
        lastLoginAt === null ? t.users.never : <ShortTime at={lastLoginAt} ui={ui} />,
    },
    {
      head: t.users.secondFactor,
      cell: ({ hasSecondFactor }) => hasSecondFactor ? t.users.on : t.users.off,
      isMinor: true,
    },
    {
      head: t.users.created,
      cell: ({ createdAt }) => <ShortTime at={createdAt} ui={ui} />,
      isMinor: true,
    },
  ];
}
