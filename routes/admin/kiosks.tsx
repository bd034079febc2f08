import type { QueueReport } from "../../lib/kiosks/mod.ts";
import type { KioskView } from "../../lib/kiosks/view.ts";
import { Card } from "../../lib/ui/Card.tsx";
import { Field } from "../../lib/ui/Field.tsx";
import { Notice } from "../../lib/ui/Notice.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { CSRF_FIELD } from "../middleware/form_body.ts";
import { AdminFrame } from "./frame.tsx";
import { KioskListIsland } from "../pages/islands.ts";
import { QueueForm, QueueResult } from "./queue_form.tsx";

export type KioskProblem = "name" | "place" | "tooMany";

export type QueueProblem = "noFile" | "notAQueue" | "noKiosk" | "tooLarge" | "unavailable";

/** What became of a form. */
export type KioskNews = "delivered" | "waits" | "renamed" | "removed" | "noText" | "noName";

/** What was sent could not be taken. */
export function isProblem(news: KioskNews | null): boolean {
  return news === "noText" || news === "noName";
}

export interface KiosksView {
  readonly kiosks: readonly KioskView[];
  /** When they were read. */
  readonly asOf: string;
  readonly administers: boolean;
  /** What was sent, where it could not be taken. */
  readonly form: {
    readonly name: string;
    readonly place: string;
    readonly problem: KioskProblem | null;
  };
  /** Shown this once. */
  readonly code: {
    readonly name: string;
    readonly code: string;
    readonly expiresAt: number;
  } | null;
  readonly news: KioskNews | null;
  /** What became of a queue's file. */
  readonly report: QueueReport | null;
  readonly queueProblem: QueueProblem | null;
}

export interface KiosksPageProps {
  readonly view: KiosksView;
  readonly ui: Ui;
}

/** `/admin/kiosks`: the devices of the hall. */
export function KiosksPage({ view, ui }: KiosksPageProps) {
  const { t, locale, timeZone, csrf } = ui;
  const { kiosks, asOf, administers, code, news, report, queueProblem } = view;
  return (
    <AdminFrame ui={ui} current="kiosks" liveAsOf={asOf}>
      <PageHead title={t.kiosks.title} lead={t.kiosks.lead} />
      <div class="stack">
        {code && <Code code={code} ui={ui} />}
        {news && <News news={news} ui={ui} />}
        {queueProblem && <Notice tone="bad">{t.kiosks.queueProblems[queueProblem]}</Notice>}
        {report && <QueueResult report={report} ui={ui} />}
        <KioskListIsland {...{ kiosks, administers, csrf, locale, timeZone }} />
        {administers && <KioskForm form={view.form} ui={ui} />}
        <QueueForm ui={ui} />
      </div>
    </AdminFrame>
  );
}

function Code(
  { code: { name, code, expiresAt }, ui: { t, format } }: {
    readonly code: NonNullable<KiosksView["code"]>;
    readonly ui: Ui;
  },
) {
  return (
    <Notice tone="good">
      <p>{t.kiosks.codeFor(name)}</p>
      <code class="pairing-code">{code}</code>
      <p>{t.kiosks.codeUntil(format.time(expiresAt))}</p>
    </Notice>
  );
}

function News({ news, ui: { t } }: { readonly news: KioskNews; readonly ui: Ui }) {
  const tone = isProblem(news) ? "bad" : news === "waits" ? "warn" : "good";
  return <Notice tone={tone}>{t.kiosks.news[news]}</Notice>;
}

function KioskForm({ form, ui }: { readonly form: KiosksView["form"]; readonly ui: Ui }) {
  const { t, csrf } = ui;
  const problemOf = (problem: KioskProblem) =>
    form.problem === problem ? t.kiosks.problems[problem] : undefined;
  return (
    <Card id="new-kiosk" title={t.kiosks.add} hint={t.kiosks.addHint}>
      <form class="form" method="post" action="/admin/kiosks">
        <input type="hidden" name={CSRF_FIELD} value={csrf} />
        {problemOf("tooMany") && <Notice tone="bad">{problemOf("tooMany")}</Notice>}
        <Field
          label={t.kiosks.name}
          name="name"
          problem={problemOf("name")}
          input={{ type: "text", value: form.name, required: true, maxLength: 60 }}
        />
        <Field
          label={t.kiosks.place}
          name="place"
          hint={t.kiosks.placeHint}
          problem={problemOf("place")}
          input={{ type: "text", value: form.place, maxLength: 100 }}
        />
        <button class="button button--main" type="submit">{t.kiosks.submit}</button>
      </form>
    </Card>
  );
}
