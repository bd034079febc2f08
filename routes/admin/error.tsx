import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import type { Words } from "../../lib/ui/words.ts";
import { AdminFrame, EntryFrame } from "./frame.tsx";

export interface ErrorView {
  readonly status: number;
  /** Found again in the log. */
  readonly requestId: string;
}

export interface ErrorPageProps {
  readonly view: ErrorView;
  readonly ui: Ui;
}

/** What a failed request shows: what it means, what to do, and no word of the error itself. */
export function ErrorPage({ view: { status, requestId }, ui }: ErrorPageProps) {
  const known = knownStatus(status, ui.t);
  const title = errorTitle(status, ui.t);
  const hint = ui.t.error.hints[known];
  const foot = (
    <>
      <Way status={known} ui={ui} />
      <p class="error__request">
        {ui.t.error.request} <code>{requestId}</code>
      </p>
    </>
  );
  if (ui.user === null) return <EntryFrame ui={ui} title={title} lead={hint}>{foot}</EntryFrame>;
  return (
    <AdminFrame ui={ui} current={null}>
      <div class="error">
        <p class="error__status" aria-hidden="true">{status}</p>
        <PageHead title={title} lead={hint} />
        {foot}
      </div>
    </AdminFrame>
  );
}

/** The way on: another try where it may help, else a page that exists. */
function Way({ status, ui: { t, user, path } }: { readonly status: KnownStatus; readonly ui: Ui }) {
  if (status === 429 || status === 500 || status === 503) {
    return <a class="button button--main" href={path}>{t.error.reload}</a>;
  }
  return user === null
    ? <a class="button button--main" href="/admin/login">{t.error.signIn}</a>
    : <a class="button button--main" href="/admin/dashboard">{t.error.home}</a>;
}

/** The title of the error page of a status. */
export function errorTitle(status: number, t: Words): string {
  return t.error.titles[knownStatus(status, t)];
}

type KnownStatus = keyof Words["error"]["titles"];

/** The status itself where there are words for it, else those of its class. */
function knownStatus(status: number, t: Words): KnownStatus {
  const isKnown = (it: number): it is KnownStatus => Object.hasOwn(t.error.titles, it);
  if (isKnown(status)) return status;
  return status >= 500 ? 500 : 404;
}
