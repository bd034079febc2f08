import { AUDIT_ACTIONS, type AuditEntry } from "../../lib/audit/mod.ts";
import { DataTable } from "../../lib/ui/DataTable.tsx";
import { EmptyState } from "../../lib/ui/Notice.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { AdminFrame } from "./frame.tsx";
import { ShortTime } from "./short_time.tsx";

export interface AuditView {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** Address of older ones; null at the end. */
  readonly olderHref: string | null;
  readonly isNewest: boolean;
  /** What all of them are about; null for entries of any kind. */
  readonly target: string | null;
}

export interface AuditPageProps {
  readonly view: AuditView;
  readonly ui: Ui;
}

/** `/admin/audit`: who changed what. */
export function AuditPage({ view, ui }: AuditPageProps) {
  const { t } = ui;
  const { entries, olderHref, isNewest, target } = view;
  return (
    <AdminFrame ui={ui} current={null}>
      <PageHead title={t.audit.title} lead={t.audit.lead} />
      {target !== null && (
        <p class="about">
          {t.audit.about} <code>{target}</code> <a href="/admin/audit">{t.audit.all}</a>
        </p>
      )}
      <div class="card card--flush">
        {entries.length === 0
          ? <EmptyState icon="list" title={t.audit.empty} hint={t.audit.emptyHint} />
          : <AuditTable entries={entries} ui={ui} />}
        {(olderHref !== null || !isNewest) && (
          <nav class="pager" aria-label={t.table.pages}>
            {!isNewest && <a class="button" href="/admin/audit">{t.audit.newest}</a>}
            {olderHref && <a class="button" href={olderHref} rel="next">{t.audit.older}</a>}
          </nav>
        )}
      </div>
    </AdminFrame>
  );
}

interface AuditTableProps {
  readonly entries: readonly AuditEntry[];
  readonly ui: Ui;
}

export function AuditTable({ entries, ui }: AuditTableProps) {
  const { t } = ui;
  return (
    <DataTable
      caption={t.audit.caption}
      scrollLabel={t.table.scroll(t.audit.caption)}
      columns={[
        { head: t.audit.at, cell: ({ at }) => <ShortTime at={at} ui={ui} /> },
        { head: t.audit.by, cell: ({ by }) => by },
        { head: t.audit.action, cell: (entry) => deedText(entry, ui), isText: true },
        { head: t.audit.target, cell: ({ target }) => <Target target={target} />, isMinor: true },
      ]}
      rows={entries}
      keyOf={({ auditId }) => auditId}
    />
  );
}

/** An account has a page of its own. */
function Target({ target }: { readonly target: string }) {
  const code = <code>{target}</code>;
  return target.startsWith("user_") ? <a href={`/admin/users/${target}`}>{code}</a> : code;
}

/** An action of another version is shown as it is stored. */
function deedText({ action, detail }: AuditEntry, { t }: Ui): string {
  const known = AUDIT_ACTIONS.find((it) => it === action);
  const text = known === undefined ? action : t.audit.actions[known];
  return detail === undefined ? text : `${text}: ${detail}`;
}
