import { useState } from "preact/hooks";
import type { MissionLabel } from "../lib/missions/view.ts";
import { Choice } from "../lib/ui/Choice.tsx";
import { Field, Select } from "../lib/ui/Field.tsx";
import { Icon } from "../lib/ui/Icon.tsx";
import { Notice } from "../lib/ui/Notice.tsx";
import { type Place, speak, type Speech } from "../lib/ui/ui.ts";
import { download, type Downloaded, NoFileError, type Progress } from "./download.ts";

export interface ExportFormProps extends Place {
  readonly missions: readonly MissionLabel[];
}

const ENTITIES = ["attempts", "events", "reviews"] as const;
const FORMATS = ["csv", "json", "ndjson"] as const;

type State =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly progress: Progress; stop(): void }
  | { readonly kind: "done"; readonly downloaded: Downloaded }
  | { readonly kind: "failed"; readonly status: number | null };

/**
 * A form of the export's address (M-18). Without script the browser does the download; with one the
 * page tells how far it is, and a file that breaks off is not kept.
 */
export function ExportForm({ missions, ...place }: ExportFormProps) {
  const speech = speak(place);
  const { t } = speech;
  const [state, setState] = useState<State>({ kind: "idle" });
  const isRunning = state.kind === "running";
  const submit = (event: Event) => {
    event.preventDefault();
    if (!isRunning && event.currentTarget instanceof HTMLFormElement) {
      run(event.currentTarget, setState);
    }
  };
  return (
    <form class="card form" action="/api/admin/export" method="get" onSubmit={submit}>
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
      <Scope missions={missions} place={place} speech={speech} />
      <button class="button button--main" type="submit" disabled={isRunning}>
        <Icon name="download" />
        {t.export.download}
      </button>
      {state.kind === "running" && <Running {...state} speech={speech} />}
      <div class="download__outcome" role="status">
        <Outcome state={state} speech={speech} />
      </div>
    </form>
  );
}

async function run(form: HTMLFormElement, show: (state: State) => void): Promise<void> {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) query.append(name, String(value));
  const stopping = new AbortController();
  try {
    const downloaded = await download(`${form.action}?${query}`, {
      fetch: (url, init) => fetch(url, init),
      signal: stopping.signal,
      onProgress: (progress) => show({ kind: "running", progress, stop: () => stopping.abort() }),
    });
    save(downloaded);
    show({ kind: "done", downloaded });
  } catch (error) {
    const status = error instanceof NoFileError ? error.status : null;
    show(stopping.signal.aborted ? { kind: "idle" } : { kind: "failed", status });
  }
}

const KEPT_MS = 60_000;

/** Hands the file over as a link would. */
function save({ name, file }: Downloaded): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Some browsers read it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

interface ScopeProps {
  readonly missions: readonly MissionLabel[];
  readonly place: Place;
  readonly speech: Speech;
}

function Scope({ missions, place, speech: { t, locale } }: ScopeProps) {
  const [mission, chooseMission] = useState("all");
  return (
    <fieldset class="choice">
      <legend class="field__label">{t.export.scope}</legend>
      <div class="filters">
        <Select
          label={t.export.mission}
          name="missionType"
          value={mission}
          onChange={chooseMission}
          options={[
            { value: "all", label: t.export.allMissions },
            ...missions.map((it) => ({ value: it.missionType, label: it.name[locale] })),
          ]}
        />
        <Field label={t.export.from} name="startDate" input={{ type: "date" }} />
        <Field label={t.export.to} name="endDate" input={{ type: "date" }} />
      </div>
      <p class="field__hint">{t.export.periodHint(place.timeZone)}</p>
    </fieldset>
  );
}

interface OutcomeProps {
  readonly state: State;
  readonly speech: Speech;
}

/** Read out when it comes; the steps on the way are not. */
function Outcome({ state, speech: { t, format } }: OutcomeProps) {
  if (state.kind === "failed") return <Notice tone="bad">{t.export.failed(state.status)}</Notice>;
  if (state.kind !== "done") return null;
  const { name, withoutEvents } = state.downloaded;
  return (
    <Notice tone="good">
      <p>{t.export.saved(name)}</p>
      {withoutEvents > 0 && <p>{t.export.withoutEvents(format.number(withoutEvents))}</p>}
    </Notice>
  );
}

interface RunningProps {
  readonly progress: Progress;
  readonly stop: () => void;
  readonly speech: Speech;
}

function Running({ progress: { bytes, lines, total }, stop, speech }: RunningProps) {
  const { t, format } = speech;
  // A head and an end are lines too, and so are those in a quoted cell.
  const records = total === null ? null : Math.min(lines, total);
  const size = t.export.size(format.fixed(bytes / 1e6, 1));
  return (
    <div class="download">
      <progress
        class="download__bar"
        aria-label={t.export.progress}
        max={total ?? undefined}
        value={records ?? undefined}
      />
      <p class="download__text">
        {records === null || total === null
          ? size
          : t.export.records(format.number(records), format.number(total), size)}
      </p>
      <button class="button" type="button" onClick={stop}>{t.export.stop}</button>
    </div>
  );
}
