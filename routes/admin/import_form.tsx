import type { ImportReport } from "../../lib/missions/mod.ts";
import { Card } from "../../lib/ui/Card.tsx";
import { DataTable } from "../../lib/ui/DataTable.tsx";
import { Notice } from "../../lib/ui/Notice.tsx";
import { Stat } from "../../lib/ui/Stat.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import type { Words } from "../../lib/ui/words.ts";
import { CSRF_FIELD } from "../middleware/form_body.ts";

export type ImportProblem = "noFile" | "conflict" | "unavailable";

/** The token stands before the file: it is checked before the file is read. */
export function ImportForm({ ui: { t, csrf } }: { readonly ui: Ui }) {
  return (
    <form class="form" method="post" action="/admin/export/import" encType="multipart/form-data">
      <input type="hidden" name={CSRF_FIELD} value={csrf} />
      <div class="field">
        <label class="field__label" for="facts">{t.export.importFile}</label>
        <input
          class="input input--file"
          id="facts"
          name="facts"
          type="file"
          accept=".ndjson"
          required
          aria-describedby="facts-hint"
        />
        <p class="field__hint" id="facts-hint">{t.export.importLead}</p>
      </div>
      <button class="button" type="submit">{t.export.importSubmit}</button>
    </form>
  );
}

export interface ImportResultProps {
  readonly report: ImportReport | null;
  readonly problem: ImportProblem | null;
  readonly ui: Ui;
}

/** What became of a file; nothing where none was sent. */
export function ImportResult({ report, problem, ui }: ImportResultProps) {
  const { t, format } = ui;
  if (problem !== null) return <Notice tone="bad">{t.export.problems[problem]}</Notice>;
  if (report === null) return null;
  const numbers = ["lines", "imported", "known", "refused", "attempts"] as const;
  return (
    <div class="stack stack--report">
      <Notice tone={report.refused > 0 ? "warn" : "good"}>{t.export.imported}</Notice>
      <dl class="stats">
        {numbers.map((name) => (
          <Stat
            key={name}
            t={t}
            label={t.export.report[name]}
            value={format.number(report[name])}
          />
        ))}
      </dl>
      {report.faults.length > 0 && <Faults faults={report.faults} ui={ui} />}
    </div>
  );
}

interface FaultsProps {
  readonly faults: ImportReport["faults"];
  readonly ui: Ui;
}

function Faults({ faults, ui: { t, format } }: FaultsProps) {
  return (
    <Card id="faults" title={t.export.faults} hint={t.export.faultsHint}>
      <DataTable
        caption={t.export.faults}
        scrollLabel={t.table.scroll(t.export.faults)}
        rows={faults}
        keyOf={(fault) => String(fault.line)}
        columns={[
          { head: t.export.line, isNumber: true, cell: ({ line }) => format.number(line) },
          { head: t.export.why, cell: (fault) => whyOf(fault, t), isText: true },
        ]}
      />
    </Card>
  );
}

function whyOf({ message, field, expected }: ImportReport["faults"][number], t: Words): string {
  const where = field === undefined ? "" : ` (${field})`;
  return `${message}${where}${expected === undefined ? "" : `, ${t.export.expected(expected)}`}`;
}
