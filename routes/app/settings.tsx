import { JOB_CATEGORIES } from "../../lib/job_categories.ts";
import type { Profile } from "../../lib/people/mod.ts";
import { Card } from "../../lib/ui/Card.tsx";
import { Field, Select } from "../../lib/ui/Field.tsx";
import { LOCALES } from "../../lib/ui/locale.ts";
import { Notice } from "../../lib/ui/Notice.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { ActionForm, AppFrame } from "./frame.tsx";

export interface SettingsView {
  readonly name: string;
  readonly profile: Profile;
  /** Address of the picture; null without one. */
  readonly picture: string | null;
  readonly news: "saved" | "nameRefused" | "pictureRefused" | null;
}

export interface SettingsPageProps {
  readonly view: SettingsView;
  readonly ui: Ui;
}

/** `/app/settings`: name, preferences and picture (P-05, P-08). */
export function SettingsPage({ view, ui }: SettingsPageProps) {
  const words = ui.t.people.settings;
  const { news } = view;
  return (
    <AppFrame ui={ui} current="settings">
      <PageHead title={words.title} />
      {news && <Notice tone={news === "saved" ? "good" : "bad"}>{words[news]}</Notice>}
      <div class="columns">
        <Card id="profile" title={words.profile}>
          <ActionForm ui={ui} action="/app/settings" class="form">
            <ProfileFields view={view} ui={ui} />
            <button class="button button--main" type="submit">{words.save}</button>
          </ActionForm>
        </Card>
        <Card id="picture" title={words.picture} hint={words.pictureHint}>
          <form
            class="form"
            method="post"
            action="/app/settings/picture"
            encType="multipart/form-data"
          >
            <input type="hidden" name="_csrf" value={ui.csrf} />
            {view.picture && <img class="portrait" src={view.picture} alt="" />}
            <div class="field">
              <label class="field__label" for="picture-file">{words.choose}</label>
              <input
                class="input input--file"
                id="picture-file"
                type="file"
                name="picture"
                accept="image/png,image/jpeg,image/webp"
                required
              />
            </div>
            <button class="button" type="submit">{words.upload}</button>
          </form>
        </Card>
      </div>
    </AppFrame>
  );
}

function ProfileFields({ view: { name, profile }, ui }: SettingsPageProps) {
  const { t } = ui;
  const words = t.people.settings;
  const { preferences, settings } = profile;
  return (
    <>
      <Field
        label={words.name}
        name="name"
        input={{ type: "text", value: name, autoComplete: "name", required: true, maxLength: 80 }}
      />
      <Select
        label={words.language}
        name="language"
        value={preferences.language}
        options={LOCALES.map((value) => ({ value, label: t.languages[value] }))}
      />
      <Select
        label={words.category}
        name="jobCategory"
        value={preferences.jobCategory}
        options={JOB_CATEGORIES.map((value) => ({ value, label: words.categories[value] }))}
      />
      <Select
        label={words.difficulty}
        name="difficulty"
        value={preferences.difficulty}
        options={(["easy", "medium", "hard"] as const).map((value) => ({
          value,
          label: words.difficulties[value],
        }))}
      />
      <Check name="notifications" label={words.notifications} isOn={preferences.notifications} />
      <Check name="showOnLeaderboard" label={words.leaderboard} isOn={settings.showOnLeaderboard} />
    </>
  );
}

function Check(
  { name, label, isOn }: { readonly name: string; readonly label: string; readonly isOn: boolean },
) {
  return (
    <label class="check">
      <input type="checkbox" name={name} value="true" checked={isOn} />
      {label}
    </label>
  );
}
