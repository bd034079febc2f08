import { DIFFICULTIES, LANGUAGES, QUESTION_TYPES } from "../../../lib/interviews/mod.ts";
import { JOB_CATEGORIES } from "../../../lib/job_categories.ts";
import { Card } from "../../../lib/ui/Card.tsx";
import { Field, Select } from "../../../lib/ui/Field.tsx";
import { Notice } from "../../../lib/ui/Notice.tsx";
import { PageHead } from "../../../lib/ui/Shell.tsx";
import type { Ui } from "../../../lib/ui/ui.ts";
import { ActionForm } from "../../app/frame.tsx";
import { AdminFrame } from "../frame.tsx";

/** The form as it was sent. */
export interface GenerateForm {
  readonly category: string;
  readonly customCategory: string;
  readonly difficulty: string;
  readonly language: string;
  /** Empty for any. */
  readonly type: string;
  readonly count: string;
}

export interface GenerateView {
  readonly form: GenerateForm;
  /** Whether a service is set. */
  readonly canWrite: boolean;
  readonly problem: "form" | "service" | null;
}

export interface GeneratePageProps {
  readonly view: GenerateView;
  readonly ui: Ui;
}

const COUNTS = ["1", "2", "3", "4", "5"];

/** `/admin/interviews/questions/generate`: a service writes drafts for the bank (P-10, P-38). */
export function GeneratePage({ view, ui }: GeneratePageProps) {
  const words = ui.t.interviews;
  return (
    <AdminFrame ui={ui} current={null}>
      <PageHead
        title={words.generate}
        lead={words.generateLead}
        action={<a class="button" href="/admin/interviews/questions">{words.back}</a>}
      />
      {view.problem && <Notice tone="bad">{words.generateProblems[view.problem]}</Notice>}
      {!view.canWrite && <Notice tone="warn">{words.noService}</Notice>}
      {view.canWrite && (
        <div class="stack practice">
          <Card id="wish" title={words.wish} hint={words.wishHint}>
            <ActionForm ui={ui} action="/admin/interviews/questions/generate" class="form">
              <Choices form={view.form} ui={ui} />
              <button class="button button--main" type="submit">{words.generateNow}</button>
            </ActionForm>
          </Card>
        </div>
      )}
    </AdminFrame>
  );
}

function Choices({ form, ui: { t } }: { readonly form: GenerateForm; readonly ui: Ui }) {
  const words = t.interviews;
  const { settings } = t.people;
  const any = { value: "", label: words.all };
  return (
    <>
      <div class="field-row">
        <Select
          label={t.interviews.category}
          name="category"
          value={form.category}
          options={JOB_CATEGORIES.map((value) => ({ value, label: settings.categories[value] }))}
        />
        <Select
          label={settings.difficulty}
          name="difficulty"
          value={form.difficulty}
          options={DIFFICULTIES.map((value) => ({ value, label: settings.difficulties[value] }))}
        />
        <Select
          label={words.type}
          name="type"
          value={form.type}
          options={[
            any,
            ...QUESTION_TYPES.map((value) => ({ value, label: t.practice.types[value] })),
          ]}
        />
        <Select
          label={t.interviews.language}
          name="language"
          value={form.language}
          options={LANGUAGES.map((value) => ({ value, label: t.languages[value] }))}
        />
        <Select
          label={words.count}
          name="count"
          value={form.count}
          options={COUNTS.map((value) => ({ value, label: value }))}
        />
      </div>
      <Field
        label={t.practice.customCategory}
        name="customCategory"
        hint={t.practice.customCategoryHint}
        input={{ type: "text", value: form.customCategory, maxLength: 100 }}
      />
    </>
  );
}
