import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import type { Words } from "../../lib/ui/words.ts";
import { AppFrame } from "../app/frame.tsx";
import { AdminFrame } from "../admin/frame.tsx";
import { EntryFrame } from "./entry_frame.tsx";

export interface ErrorView {
  readonly status: number;
  /** Found again in the log. */
  readonly requestId: string;
  /** On a person's own page, or to somebody who may open no others. */
  readonly isPersonal: boolean;
}

export interface ErrorPageProps {
  readonly view: ErrorView;
  readonly ui: Ui;
}

/** What a failed request shows: what it means, what to do, and no word of the error itself. */
export function ErrorPage({ view, ui }: ErrorPageProps) {
  const { status, requestId, isPersonal } = view;
  const known = knownStatus(status, ui.t);
  const title = errorTitle(status, ui.t);
  const hint = ui.t.error.hints[known];
  const foot = (
    <>
      <Way status={known} isPersonal={isPersonal} ui={ui} />
      <p class="error__request">
        {ui.t.error.request} <code>{requestId}</code>
      </p>
    </>
  );
  if (ui.user === null) return <EntryFrame ui={ui} title={title} lead={hint}>{foot}</EntryFrame>;
  const Frame = isPersonal ? AppFrame : AdminFrame;
  return (
    <Frame ui={ui} current={null}>
      <div class="error">
        <p class="error__status" aria-hidden="true">{status}</p>
        <PageHead title={title} lead={hint} />
        {foot}
      </div>
    </Frame>
  );
}

interface WayProps extends Pick<ErrorView, "isPersonal"> {
  readonly status: KnownStatus;
  readonly ui: Ui;
}

/** The way on: another try where it may help, else a page that exists. */
function Way({ status, isPersonal, ui: { t, user, path } }: WayProps) {
  if (status === 429 || status === 500 || status === 503) {
    return <a class="button button--main" href={path}>{t.error.reload}</a>;
  }
  const [login, home, back] = isPersonal
    ? ["/app/login", "/app/feed", t.people.nav.back]
    : ["/admin/login", "/admin/dashboard", t.error.home];
  return user === null
    ? <a class="button button--main" href={login}>{t.error.signIn}</a>
    : <a class="button button--main" href={home}>{back}</a>;
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
