import { MAX_CODE_CHARS } from "../../lib/auth/login.ts";
import { Field } from "../../lib/ui/Field.tsx";
import { Notice } from "../../lib/ui/Notice.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { EntryFrame } from "../pages/entry_frame.tsx";

export interface LoginView {
  /** Same-origin path to go to afterwards; the server has checked it. */
  readonly next: string;
  /** Typed before; the password never comes back. */
  readonly username: string;
  readonly problem:
    | { readonly kind: "credentials" }
    /** The password was right, the second factor's code missing or wrong. */
    | { readonly kind: "code" }
    | { readonly kind: "throttled"; readonly retryAfterSeconds: number }
    | null;
  readonly signedOut: boolean;
}

export interface LoginPageProps {
  readonly view: LoginView;
  readonly ui: Ui;
}

/** `/admin/login` (M-56). Which of name and password is wrong is not said. */
export function LoginPage({ view, ui }: LoginPageProps) {
  const { t } = ui;
  const asksCode = view.problem?.kind === "code";
  return (
    <EntryFrame ui={ui} title={t.login.title} lead={t.login.lead}>
      {view.signedOut && <Notice tone="good">{t.login.signedOut}</Notice>}
      {view.problem && <Notice tone="bad">{problemText(view.problem, ui)}</Notice>}
      <form class="form" method="post" action="/admin/login">
        <input type="hidden" name="next" value={view.next} />
        <Field
          label={t.login.username}
          name="username"
          input={{
            type: "text",
            value: view.username,
            autoComplete: "username",
            autoFocus: !asksCode,
            required: true,
            maxLength: 100,
          }}
        />
        <Field
          label={t.login.password}
          name="password"
          input={{ type: "password", autoComplete: "current-password", required: true }}
        />
        <CodeField isAsked={asksCode} ui={ui} />
        <button class="button button--main button--wide" type="submit">{t.login.submit}</button>
      </form>
    </EntryFrame>
  );
}

/** Folded away until it is asked for: most accounts have no second factor. */
function CodeField({ isAsked, ui: { t } }: { readonly isAsked: boolean; readonly ui: Ui }) {
  return (
    <details class="unfold" open={isAsked}>
      <summary>{t.login.secondFactor}</summary>
      <Field
        label={t.login.code}
        name="code"
        hint={t.login.codeHint}
        input={{
          type: "text",
          autoComplete: "one-time-code",
          autoFocus: isAsked,
          maxLength: MAX_CODE_CHARS,
        }}
      />
    </details>
  );
}

function problemText(problem: NonNullable<LoginView["problem"]>, { t }: Ui): string {
  return problem.kind === "throttled"
    ? t.login.throttled(problem.retryAfterSeconds)
    : t.login.problems[problem.kind];
}
