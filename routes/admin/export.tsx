import type { MissionLabel } from "../../lib/missions/view.ts";
import { Card } from "../../lib/ui/Card.tsx";
import { Field, Select } from "../../lib/ui/Field.tsx";
import { Icon } from "../../lib/ui/Icon.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import type { Words } from "../../lib/ui/words.ts";
import { AdminFrame } from "./frame.tsx";

export interface ExportView {
  readonly missions: readonly MissionLabel[];
}

export interface ExportPageProps {
  readonly view: ExportView;
  readonly ui: Ui;
}

const ENTITIES = ["attempts", "events", "reviews"] as const;
const FORMATS = ["csv", "json"] as const;

/** `/admin/export` (M-18): a form of the export's address, so the browser does the download. */
export function ExportPage({ view, ui }: ExportPageProps) {
  const { t } = ui;
  return (
    <AdminFrame ui={ui} current="export">
      <PageHead title={t.export.title} lead={t.export.lead} />
      <div class="export">
        <form class="card form" action="/api/admin/export" method="get">
          <Choice
            legend={t.export.what}
            name="entity"
            options={ENTITIES.map((value) => ({ value, ...t.export.entities[value] }))}
          />
          <Choice
            legend={t.export.format}
            name="format"
            options={FORMATS.map((value) => ({ value, ...t.export.formats[value] }))}
          />
          <Scope view={view} ui={ui} />
          <button class="button button--main" type="submit">
            <Icon name="download" />
            {t.export.download}
          </button>
        </form>
        <Card id="privacy" title={t.export.privacyTitle}>
          <ul class="advice">{privacyOf(t).map((advice) => <li key={advice}>{advice}</li>)}</ul>
        </Card>
      </div>
    </AdminFrame>
  );
}

function privacyOf(t: Words): readonly string[] {
  return [t.export.privacyWords, t.export.privacyFormulas];
}

interface ChoiceProps {
  readonly legend: string;
  readonly name: string;
  /** The first one is chosen. */
  readonly options: readonly { value: string; name: string; hint: string }[];
}

function Choice({ legend, name, options }: ChoiceProps) {
  return (
    <fieldset class="choice">
      <legend class="field__label">{legend}</legend>
      <div class="choice__options">
        {options.map((option, index) => (
          <label class="choice__option" key={option.value}>
            <input type="radio" name={name} value={option.value} checked={index === 0} />
            <span>
              <strong>{option.name}</strong>
              <small>{option.hint}</small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Scope({ view: { missions }, ui: { t, locale, timeZone } }: ExportPageProps) {
  return (
    <fieldset class="choice">
      <legend class="field__label">{t.export.scope}</legend>
      <div class="filters">
        <Select
          label={t.export.mission}
          name="missionType"
          value="all"
          options={[
            { value: "all", label: t.export.allMissions },
            ...missions.map((it) => ({ value: it.missionType, label: it.name[locale] })),
          ]}
        />
        <Field label={t.export.from} name="startDate" input={{ type: "date" }} />
        <Field label={t.export.to} name="endDate" input={{ type: "date" }} />
      </div>
      <p class="field__hint">{t.export.periodHint(timeZone)}</p>
    </fieldset>
  );
}
