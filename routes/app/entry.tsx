import { MAX_CODE_CHARS } from "../../lib/auth/login.ts";
import type { OAuthProvider } from "../../lib/auth/oauth.ts";
import { Field } from "../../lib/ui/Field.tsx";
import { Notice } from "../../lib/ui/Notice.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import type { Words } from "../../lib/ui/words.ts";
import { EntryFrame } from "../pages/entry_frame.tsx";

type EntryWords = Words["people"]["entry"];

/** What went wrong with a form before sign-in. */
export type EntryProblem =
  | Exclude<keyof EntryWords["problems"], "throttled">
  | { readonly throttledSec: number };

/** What a page says above its form. */
export type EntryNews = "registered" | "sent" | "wasReset" | "verified" | "signedOut" | "deleted";

export interface EntryView {
  readonly problem: EntryProblem | null;
  readonly news: EntryNews | null;
  /** Typed before; passwords never come back. */
  readonly email: string;
  readonly name: string;
  /** Of a link, or the page to go to afterwards. */
  readonly hidden: Readonly<Record<string, string>>;
  /** Other houses by which people may sign in. */
  readonly providers: readonly OAuthProvider[];
  /** Whether the code of the second factor is asked for. */
  readonly asksCode: boolean;
}

export interface EntryPageProps {
  readonly view: EntryView;
  readonly ui: Ui;
}

export function SignInPage({ view, ui }: EntryPageProps) {
  const words = ui.t.people.entry;
  return (
    <EntryFrame ui={ui} title={words.login} lead={words.loginLead}>
      <EntryForm view={view} ui={ui} action="/app/login" submit={words.login}>
        <EmailField view={view} ui={ui} />
        <Field
          label={words.password}
          name="password"
          input={{ type: "password", autoComplete: "current-password", required: true }}
        />
        {view.asksCode && <CodeField ui={ui} />}
      </EntryForm>
      {view.providers.length > 0 && <Houses view={view} ui={ui} />}
      <nav class="entry__ways">
        <a class="link" href="/app/register">{words.registerLink}</a>
        <a class="link" href="/app/forgot">{words.forgotLink}</a>
      </nav>
    </EntryFrame>
  );
}

export interface CodePageProps extends EntryPageProps {
  /** Where the form goes: back to the provider's page of ours. */
  readonly action: string;
}

/** Where another house has signed in somebody whose account has a second factor. */
export function CodePage({ view, ui, action }: CodePageProps) {
  const words = ui.t.people.entry;
  return (
    <EntryFrame ui={ui} title={words.login} lead={words.codeLead}>
      <EntryForm view={view} ui={ui} action={action} submit={words.login}>
        <CodeField ui={ui} />
      </EntryForm>
      <BackToLogin ui={ui} />
    </EntryFrame>
  );
}

function CodeField({ ui }: { readonly ui: Ui }) {
  const words = ui.t.people.entry;
  return (
    <Field
      label={words.code}
      name="code"
      hint={words.codeHint}
      input={{
        type: "text",
        autoComplete: "one-time-code",
        autoFocus: true,
        maxLength: MAX_CODE_CHARS,
      }}
    />
  );
}

/** As they write their own names. */
export const HOUSES: Readonly<Record<OAuthProvider, string>> = {
  google: "Google",
  linkedin: "LinkedIn",
};

/** Links, and no form: pages may send forms nowhere but here. */
function Houses({ view, ui }: EntryPageProps) {
  const words = ui.t.people.entry;
  const { next = "" } = view.hidden;
  return (
    <nav class="entry__houses" aria-label={words.houses}>
      {view.providers.map((provider) => (
        <a
          key={provider}
          class="button button--wide"
          href={`/app/oauth/${provider}/begin?${new URLSearchParams({ next })}`}
        >
          {words.loginWith(HOUSES[provider])}
        </a>
      ))}
    </nav>
  );
}

export function RegisterPage({ view, ui }: EntryPageProps) {
  const words = ui.t.people.entry;
  return (
    <EntryFrame ui={ui} title={words.register} lead={words.registerLead}>
      <EntryForm view={view} ui={ui} action="/app/register" submit={words.make}>
        <Field
          label={words.name}
          name="name"
          input={{
            type: "text",
            value: view.name,
            autoComplete: "name",
            required: true,
            maxLength: 80,
          }}
        />
        <EmailField view={view} ui={ui} />
        <NewPasswordField label={words.password} hint={words.passwordHint} />
      </EntryForm>
      <BackToLogin ui={ui} />
    </EntryFrame>
  );
}

export function ForgotPage({ view, ui }: EntryPageProps) {
  const words = ui.t.people.entry;
  return (
    <EntryFrame ui={ui} title={words.forgot} lead={words.forgotLead}>
      <EntryForm view={view} ui={ui} action="/app/forgot" submit={words.sendLink}>
        <EmailField view={view} ui={ui} />
      </EntryForm>
      <BackToLogin ui={ui} />
    </EntryFrame>
  );
}

export function ResetPage({ view, ui }: EntryPageProps) {
  const words = ui.t.people.entry;
  return (
    <EntryFrame ui={ui} title={words.reset} lead={words.resetLead}>
      <EntryForm view={view} ui={ui} action="/app/reset" submit={words.set}>
        <NewPasswordField label={words.newPassword} hint={words.passwordHint} />
      </EntryForm>
      <BackToLogin ui={ui} />
    </EntryFrame>
  );
}

interface EntryFormProps extends EntryPageProps {
  readonly action: string;
  readonly submit: string;
  readonly children: preact.ComponentChildren;
}

function EntryForm({ view, ui, action, submit, children }: EntryFormProps) {
  const words = ui.t.people.entry;
  return (
    <>
      {view.news && <Notice tone="good">{words[view.news]}</Notice>}
      {view.problem && <Notice tone="bad">{problemText(view.problem, ui)}</Notice>}
      <form class="form" method="post" action={action}>
        {Object.entries(view.hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        <button class="button button--main button--wide" type="submit">{submit}</button>
      </form>
    </>
  );
}

function EmailField({ view, ui }: EntryPageProps) {
  return (
    <Field
      label={ui.t.people.entry.email}
      name="email"
      input={{
        type: "email",
        value: view.email,
        autoComplete: "username",
        required: true,
        maxLength: 254,
      }}
    />
  );
}

function NewPasswordField({ label, hint }: { readonly label: string; readonly hint: string }) {
  return (
    <Field
      label={label}
      name="password"
      hint={hint}
      input={{ type: "password", autoComplete: "new-password", required: true, minLength: 8 }}
    />
  );
}

function BackToLogin({ ui }: { readonly ui: Ui }) {
  return (
    <nav class="entry__ways">
      <a class="link" href="/app/login">{ui.t.people.entry.loginLink}</a>
    </nav>
  );
}

function problemText(problem: EntryProblem, { t, format }: Ui): string {
  const { problems } = t.people.entry;
  return typeof problem === "string"
    ? problems[problem]
    : problems.throttled(format.number(problem.throttledSec));
}
