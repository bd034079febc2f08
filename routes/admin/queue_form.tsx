import type { QueueReport } from "../../lib/kiosks/mod.ts";
import { Card } from "../../lib/ui/Card.tsx";
import { DataTable } from "../../lib/ui/DataTable.tsx";
import { Notice } from "../../lib/ui/Notice.tsx";
import { Stat } from "../../lib/ui/Stat.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { CSRF_FIELD } from "../middleware/form_body.ts";

/** The token stands before the file: it is checked before the file is read. */
export function QueueForm({ ui: { t, csrf } }: { readonly ui: Ui }) {
  return (
    <Card id="queue" title={t.kiosks.queueTitle} hint={t.kiosks.queueHint}>
      <form class="form" method="post" action="/admin/kiosks/import" encType="multipart/form-data">
        <input type="hidden" name={CSRF_FIELD} value={csrf} />
        <div class="field">
          <label class="field__label" for="queue-file">{t.kiosks.queueFile}</label>
          <input
            class="input input--file"
            id="queue-file"
            name="queue"
            type="file"
            accept=".ndjson"
            required
            aria-describedby="queue-file-hint"
          />
          <p class="field__hint" id="queue-file-hint">{t.kiosks.queueFileHint}</p>
        </div>
        <button class="button" type="submit">{t.kiosks.queueSubmit}</button>
      </form>
    </Card>
  );
}

/** What became of a file. */
export function QueueResult({ report, ui }: { readonly report: QueueReport; readonly ui: Ui }) {
  const { t, format } = ui;
  const numbers = ["attempts", "events", "stored", "known", "refused"] as const;
  return (
    <div class="stack stack--report">
      <Notice tone={report.refused > 0 ? "warn" : "good"}>
        {t.kiosks.queueRead(report.kioskId, format.shortDateTime(report.exportedAt))}
      </Notice>
      <dl class="stats">
        {numbers.map((name) => (
          <Stat
            key={name}
            t={t}
            label={t.kiosks.report[name]}
            value={format.number(report[name])}
          />
        ))}
      </dl>
      {report.faults.length > 0 && <Faults faults={report.faults} ui={ui} />}
    </div>
  );
}

interface FaultsProps {
  readonly faults: QueueReport["faults"];
  readonly ui: Ui;
}

function Faults({ faults, ui: { t } }: FaultsProps) {
  return (
    <Card id="queue-faults" title={t.kiosks.faults} hint={t.kiosks.faultsHint}>
      <DataTable
        caption={t.kiosks.faults}
        scrollLabel={t.table.scroll(t.kiosks.faults)}
        rows={faults.map((fault, index) => ({ ...fault, index }))}
        keyOf={({ index }) => String(index)}
        columns={[
          { head: t.kiosks.attempt, cell: ({ attemptId }) => attemptId ?? "" },
          {
            head: t.kiosks.why,
            isText: true,
            cell: ({ message, field }) => field === undefined ? message : `${message} (${field})`,
          },
        ]}
      />
    </Card>
  );
}
