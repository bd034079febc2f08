import { toIso } from "../../../lib/clock.ts";
import { timeSpentSec } from "../../../lib/interviews/mod.ts";
import { Card } from "../../../lib/ui/Card.tsx";
import { Notice } from "../../../lib/ui/Notice.tsx";
import { PageHead } from "../../../lib/ui/Shell.tsx";
import { Stat } from "../../../lib/ui/Stat.tsx";
import type { Ui } from "../../../lib/ui/ui.ts";
import { PrintButtonIsland } from "../../pages/islands.ts";
import { AppFrame } from "../frame.tsx";
import { Kind } from "./session.tsx";
import { categoryOf } from "./start.tsx";
import { FlagNotice, Ideal, Said, ScoreBars } from "./verdict.tsx";
import type { AnswerView, InterviewView } from "./view.ts";

export interface ReportPageProps {
  readonly interview: InterviewView;
  readonly ui: Ui;
}

/** `/app/practice/:sessionId/report`: an interview as a whole, made to be printed (P-22, P-38). */
export function ReportPage({ interview, ui }: ReportPageProps) {
  const { t, format, locale } = ui;
  const words = t.practice;
  const { session, answers } = interview;
  const given = answers.filter(({ asked }) => asked.answeredAt !== null);
  return (
    <AppFrame ui={ui} current="practice">
      <PageHead
        title={words.reportOf(categoryOf(session, ui))}
        lead={format.dateTime(toIso(session.startedAt))}
        action={
          <div class="practice__deeds">
            <PrintButtonIsland locale={locale} />
            <a class="button" href={`/app/practice/${session.sessionId}`}>{words.toSession}</a>
          </div>
        }
      />
      <div class="stack report">
        <Figures interview={interview} ui={ui} />
        {given.length === 0 && <Notice tone="warn">{words.notAnswered}</Notice>}
        {given.map((answer) => (
          <ReportedAnswer key={answer.asked.askedId} {...{ answer, interview, ui }} />
        ))}
      </div>
    </AppFrame>
  );
}

function Figures({ interview, ui }: ReportPageProps) {
  const { t, format } = ui;
  const words = t.practice;
  const { session, totalScore, durationSec, answers } = interview;
  const answered = answers.filter(({ asked }) => asked.answeredAt !== null).length;
  return (
    <dl class="stats">
      <Stat
        label={words.score}
        value={totalScore === null ? null : format.number(totalScore)}
        t={t}
      />
      <Stat label={words.status} value={words.statuses[session.status]} t={t} />
      <Stat
        label={words.questions}
        value={words.ofPoints(format.number(answered), format.number(answers.length))}
        t={t}
      />
      <Stat label={words.duration} value={format.shortDuration(durationSec)} t={t} />
    </dl>
  );
}

function ReportedAnswer({ answer, interview, ui }: ReportPageProps & { answer: AnswerView }) {
  const { t, format } = ui;
  const words = t.practice;
  const { asked, question, analysis, text } = answer;
  const { language } = interview.session;
  const verdict = analysis?.verdict ?? null;
  return (
    <Card
      id={`question-${asked.order}`}
      title={words.question(format.number(asked.order))}
      hint={
        <>
          <Kind of={answer} ui={ui} /> · {format.shortDuration(timeSpentSec(asked))}
        </>
      }
      class="report__answer"
    >
      <p class="practice__question" lang={language}>{question?.question}</p>
      <FlagNotice isFlagged={analysis?.isFlagged ?? false} ui={ui} />
      {verdict === null
        ? <Notice tone="warn">{unjudgedText(answer, ui)}</Notice>
        : <ScoreBars {...{ verdict, language, ui }} />}
      {text !== "" && (
        <>
          <h3 class="said__title">{words.answer}</h3>
          <p class="prose" lang={language}>{text}</p>
        </>
      )}
      {verdict && <Said {...{ verdict, language, ui }} />}
      {answer.isWorded && (
        <>
          <h3 class="said__title">{words.ideal}</h3>
          <Ideal {...{ answer, language, ui }} />
        </>
      )}
    </Card>
  );
}

/** Why there are no bars. */
function unjudgedText({ analysis }: AnswerView, { t: { practice } }: Ui): string {
  if (!analysis?.failure) return practice.analysing;
  const { isTranscriptMissing } = analysis.failure;
  return isTranscriptMissing ? practice.recorder.noTranscript : practice.failedForGood;
}
