import type { ImportReport } from "../../lib/missions/mod.ts";
import type { MissionLabel } from "../../lib/missions/view.ts";
import { Card } from "../../lib/ui/Card.tsx";
import { Icon } from "../../lib/ui/Icon.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { AdminFrame } from "./frame.tsx";
import { ImportForm, type ImportProblem, ImportResult } from "./import_form.tsx";
import { ExportFormIsland } from "../pages/islands.ts";

export type { ImportProblem } from "./import_form.tsx";

export interface ExportView {
  readonly missions: readonly MissionLabel[];
  readonly mayImport: boolean;
  /** Of the import that was asked for. */
  readonly report: ImportReport | null;
  /** Why it was not done. */
  readonly problem: ImportProblem | null;
}

export interface ExportPageProps {
  readonly view: ExportView;
  readonly ui: Ui;
}

/** `/admin/export` (M-18): downloads, and copies from server to server. */
export function ExportPage({ view, ui }: ExportPageProps) {
  const { t, locale, timeZone } = ui;
  return (
    <AdminFrame ui={ui} current="export">
      <PageHead title={t.export.title} lead={t.export.lead} />
      <ImportResult report={view.report} problem={view.problem} ui={ui} />
      <div class="export">
        <ExportFormIsland missions={view.missions} locale={locale} timeZone={timeZone} />
        <div class="stack">
          <Card id="privacy" title={t.export.privacyTitle}>
            <ul class="advice">
              <li>{t.export.privacyWords}</li>
              <li>{t.export.privacyFormulas}</li>
            </ul>
            <a class="link" href="/api/admin/export/codebook?format=csv">
              <Icon name="download" />
              {t.export.codebook}
            </a>
          </Card>
          <Card id="copy" title={t.export.copyTitle} hint={t.export.copyLead}>
            <div class="stack">
              <a class="button" href="/api/admin/export?entity=facts" download>
                <Icon name="download" />
                {t.export.copyDownload}
              </a>
              {view.mayImport && <ImportForm ui={ui} />}
            </div>
          </Card>
        </div>
      </div>
    </AdminFrame>
  );
}
