import { AUDIT_ACTIONS, type AuditEntry } from "../../lib/audit/mod.ts";
import { toIso } from "../../lib/clock.ts";
import { DataTable } from "../../lib/ui/DataTable.tsx";
import { EmptyState } from "../../lib/ui/Notice.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { AdminFrame } from "./frame.tsx";

export interface AuditView {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** Address of older ones; null at the end. */
  readonly olderHref: string | null;
  readonly isNewest: boolean;
}

export interface AuditPageProps {
  readonly view: AuditView;
  readonly ui: Ui;
}

/** `/admin/audit`: who changed what. */
export function AuditPage({ view: { entries, olderHref, isNewest }, ui }: AuditPageProps) {
  const { t } = ui;
  return (
    <AdminFrame ui={ui} current={null}>
      <PageHead title={t.audit.title} lead={t.audit.lead} />
      <div class="card card--flush">
        {entries.length === 0
          ? <EmptyState icon="list" title={t.audit.empty} hint={t.audit.emptyHint} />
          : (
            <DataTable
              caption={t.audit.caption}
              scrollLabel={t.table.scroll(t.audit.caption)}
              columns={[
                { head: t.audit.at, cell: (entry) => <EntryTime entry={entry} ui={ui} /> },
                { head: t.audit.by, cell: ({ by }) => by },
                { head: t.audit.action, cell: ({ action }) => actionText(action, ui) },
                {
                  head: t.audit.target,
                  cell: ({ target }) => <code>{target}</code>,
                  isMinor: true,
                },
              ]}
              rows={entries}
              keyOf={({ auditId }) => auditId}
            />
          )}
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

function EntryTime(
  { entry: { at }, ui: { format } }: { readonly entry: AuditEntry; readonly ui: Ui },
) {
  return <time dateTime={toIso(at)} title={format.dateTime(at)}>{format.shortDateTime(at)}</time>;
}

/** An action of another version is shown as it is stored. */
function actionText(action: string, { t }: Ui): string {
  const known = AUDIT_ACTIONS.find((it) => it === action);
  return known === undefined ? action : t.audit.actions[known];
}
