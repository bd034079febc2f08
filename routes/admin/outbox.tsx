import type { SentMail } from "../../lib/mail/mod.ts";
import { Badge, type Tone } from "../../lib/ui/Badge.tsx";
import { EmptyState, Notice } from "../../lib/ui/Notice.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { AdminFrame } from "./frame.tsx";

export interface OutboxView {
  /** Newest first. */
  readonly mails: readonly SentMail[];
  /** Whether letters leave the house by themselves. */
  readonly isConnected: boolean;
}

export interface OutboxPageProps {
  readonly view: OutboxView;
  readonly ui: Ui;
}

const TONES: Readonly<Record<SentMail["state"], Tone>> = {
  sent: "good",
  kept: "warn",
  failed: "bad",
};

/** `/admin/outbox`: letters to people, with their text where somebody has to pass them on. */
export function OutboxPage({ view: { mails, isConnected }, ui }: OutboxPageProps) {
  const { t } = ui;
  return (
    <AdminFrame ui={ui} current={null}>
      <PageHead title={t.outbox.title} lead={t.outbox.lead} />
      {!isConnected && <Notice tone="warn">{t.outbox.notConnected}</Notice>}
      <div class="card card--flush">
        {mails.length === 0
          ? <EmptyState icon="inbox" title={t.outbox.empty} hint={t.outbox.emptyHint} />
          : (
            <ol class="letters" aria-label={t.outbox.list}>
              {mails.map((mail) => <Letter key={mail.mailId} mail={mail} ui={ui} />)}
            </ol>
          )}
      </div>
    </AdminFrame>
  );
}

function Letter({ mail, ui: { t, format } }: { readonly mail: SentMail; readonly ui: Ui }) {
  const { to, subject, text, at, state } = mail;
  return (
    <li class="letter">
      <p class="letter__head">
        <strong>{subject}</strong>
        <Badge tone={TONES[state]}>{t.outbox.states[state]}</Badge>
      </p>
      <p class="letter__meta">{t.outbox.meta(to, format.dateTime(at))}</p>
      {text !== "" && (
        <details class="unfold">
          <summary>{t.outbox.show}</summary>
          <pre class="letter__text">{text}</pre>
        </details>
      )}
    </li>
  );
}
