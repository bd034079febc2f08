import { Field } from "../../lib/ui/Field.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import type { Words } from "../../lib/ui/words.ts";
import { EntryFrame } from "../pages/entry_frame.tsx";

type Problem = keyof Words["setup"]["problems"];

export type SetupView =
  | { readonly kind: "dead" }
  | {
    readonly kind: "form";
    /** Of the link; it dies on use. */
    readonly token: string;
    readonly username: string;
    readonly problems: readonly Problem[];
  };

export interface SetupPageProps {
  readonly view: SetupView;
  readonly ui: Ui;
}

/** `/admin/setup`: the first administrator, made by whoever has the link of the first start. */
export function SetupPage({ view, ui }: SetupPageProps) {
  const { t } = ui;
  if (view.kind === "dead") {
    return (
      <EntryFrame ui={ui} title={t.setup.deadTitle} lead={t.setup.dead}>
        <a class="button button--wide" href="/admin/login">{t.setup.toLogin}</a>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame ui={ui} title={t.setup.title} lead={t.setup.lead}>
      <SetupForm view={view} ui={ui} />
    </EntryFrame>
  );
}

interface SetupFormProps {
  readonly view: SetupView & { readonly kind: "form" };
  readonly ui: Ui;
}

function SetupForm({ view, ui: { t } }: SetupFormProps) {
  const firstOf = (...problems: Problem[]) => {
    const found = problems.find((problem) => view.problems.includes(problem));
    return found && t.setup.problems[found];
  };
  const newPassword = { type: "password", autoComplete: "new-password", required: true } as const;
  return (
    <form class="form" method="post" action="/admin/setup">
      <input type="hidden" name="token" value={view.token} />
      <Field
        label={t.setup.username}
        name="username"
        hint={t.setup.usernameHint}
        problem={firstOf("username")}
        input={{
          type: "text",
          value: view.username,
          autoComplete: "username",
          autoFocus: true,
          required: true,
          maxLength: 40,
        }}
      />
      <Field
        label={t.setup.password}
        name="password"
        hint={t.setup.passwordHint}
        problem={firstOf("tooShort", "tooLong", "common")}
        input={{ ...newPassword, minLength: 12 }}
      />
      <Field
        label={t.setup.again}
        name="passwordAgain"
        problem={firstOf("mismatch")}
        input={newPassword}
      />
      <button class="button button--main button--wide" type="submit">{t.setup.submit}</button>
    </form>
  );
}
