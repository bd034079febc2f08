import type { AttemptDetailView } from "../../lib/missions/view.ts";
import { Card } from "../../lib/ui/Card.tsx";
import { shortId } from "../../lib/ui/EventRow.tsx";
import { Icon } from "../../lib/ui/Icon.tsx";
import { EmptyState } from "../../lib/ui/Notice.tsx";
import { ratingText } from "../../lib/ui/rating.ts";
import { PageHead } from "../../lib/ui/Shell.tsx";
import { StatusBadge } from "../../lib/ui/StatusBadge.tsx";
import { Timeline } from "../../lib/ui/Timeline.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { AdminFrame } from "./frame.tsx";

export interface AttemptPageProps {
  readonly view: AttemptDetailView;
  readonly ui: Ui;
}

/** `/admin/attempts/{attemptId}` (M-49). */
export function AttemptPage({ view, ui }: AttemptPageProps) {
  const { t, locale } = ui;
  return (
    <AdminFrame ui={ui} current="attempts">
      <a class="link" href="/admin/attempts">
        <Icon name="left" />
        {t.attempt.back}
      </a>
      <PageHead
        title={
          <>
            {t.attempt.title} <span class="head__id">{shortId(view.attemptId)}</span>
          </>
        }
        lead={
          <>
            <StatusBadge status={view.status} t={t} /> {view.mission.name[locale]}
          </>
        }
      />
      <div class="attempt">
        <div class="stack">
          <Card id="facts" title={t.attempt.facts}>
            <dl class="facts">
              {factsOf(view, ui).map(({ name, value, isCode }) => (
                <div class="fact" key={name}>
                  <dt>{name}</dt>
                  <dd>{isCode ? <code>{value}</code> : value}</dd>
                </div>
              ))}
            </dl>
            <Remarks view={view} ui={ui} />
          </Card>
          <ReviewCard view={view} ui={ui} />
        </div>
        <Card id="timeline" title={t.attempt.timeline} hint={t.attempt.events(view.eventCount)}>
          {view.timeline.length === 0
            ? <NoEvents view={view} ui={ui} />
            : <Timeline items={view.timeline} speech={ui} />}
          {view.moreHref && <a class="button button--wide" href={view.moreHref}>{t.attempt.more}
          </a>}
        </Card>
      </div>
    </AdminFrame>
  );
}

function NoEvents({ view: { eventsRemovedAt }, ui: { t, format } }: AttemptPageProps) {
  if (eventsRemovedAt === null) {
    return <EmptyState title={t.attempt.empty} hint={t.attempt.emptyHint} />;
  }
  const hint = t.attempt.removedHint(format.date(eventsRemovedAt));
  return <EmptyState icon="clock" title={t.attempt.removed} hint={hint} />;
}

interface Fact {
  readonly name: string;
  readonly value: string | null;
  readonly isCode?: boolean;
}

/** Those that are known. */
function factsOf(view: AttemptDetailView, { t, format, locale }: Ui): readonly Fact[] {
  const { path, review, endTime } = view;
  const duration = (seconds: number | null) => seconds === null ? null : format.duration(seconds);
  const facts: Fact[] = [
    { name: t.attempt.title, value: view.attemptId, isCode: true },
    { name: t.attempt.type, value: view.mission.name[locale] },
    { name: t.attempt.status, value: t.status[view.status] },
    { name: t.attempt.start, value: format.dateTime(view.startTime) },
    { name: t.attempt.end, value: endTime && format.dateTime(endTime) },
    { name: t.attempt.duration, value: duration(view.totalSeconds) },
    { name: t.attempt.task, value: duration(view.taskSeconds) },
    { name: t.attempt.active, value: duration(view.activeSeconds) },
    { name: t.attempt.reported, value: duration(view.reportedSeconds) },
    { name: t.attempt.path, value: path && t.attempt.pathName(path.number, path.title[locale]) },
    { name: t.attempt.rating, value: review && ratingText(review.rating, t) },
    { name: t.attempt.kiosk, value: view.kioskId, isCode: true },
    { name: t.attempt.session, value: view.sessionId, isCode: true },
  ];
  return facts.filter(({ value }) => value !== null);
}

/** What sets this attempt apart, for whoever reads its numbers. */
function Remarks({ view, ui: { t } }: AttemptPageProps) {
  const remarks = [
    view.leftAtRating && t.attempt.leftAtRating,
    view.duplicateTerminals > 0 && t.attempt.duplicates(view.duplicateTerminals),
  ].filter((remark) => remark !== false);
  if (remarks.length === 0) return null;
  return (
    <ul class="remarks">
      {remarks.map((remark) => (
        <li key={remark}>
          <Icon name="alert" />
          {remark}
        </li>
      ))}
    </ul>
  );
}

/** The visitor's own words, as text and nothing else. */
function ReviewCard({ view: { review }, ui: { t, format } }: AttemptPageProps) {
  return (
    <Card
      id="review"
      title={t.attempt.review}
      hint={review && format.dateTime(review.submittedAt)}
    >
      {review === null ? <p class="none">{t.attempt.noReview}</p> : (
        <>
          <p class="review__rating">{ratingText(review.rating, t)}</p>
          {review.feedback === null
            ? <p class="none">{t.attempt.noFeedback}</p>
            : <blockquote class="review__text">{review.feedback}</blockquote>}
        </>
      )}
    </Card>
  );
}
