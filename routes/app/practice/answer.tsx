import type { Analysis, Recording } from "../../../lib/interviews/mod.ts";
import { Card } from "../../../lib/ui/Card.tsx";
import { TextArea } from "../../../lib/ui/Field.tsx";
import { Notice } from "../../../lib/ui/Notice.tsx";
import { PageHead } from "../../../lib/ui/Shell.tsx";
import type { Ui } from "../../../lib/ui/ui.ts";
import { AnalysisProgressIsland } from "../../pages/islands.ts";
import { recordingPath } from "../../api/interviews/recording_shapes.ts";
import { ActionForm, AppFrame } from "../frame.tsx";
import { Deed, Kind, problemText, type SessionProblem } from "./session.tsx";
import { FlagNotice, Ideal, ScoreCard, VerdictCards } from "./verdict.tsx";
import type { AnswerView, InterviewView } from "./view.ts";

export interface AnswerPageProps {
  readonly interview: InterviewView;
  readonly answer: AnswerView;
  /** What was sent for it last, and why that was not taken. */
  readonly refused?: { readonly problem: SessionProblem; readonly text: string };
  readonly ui: Ui;
}

/** `/app/practice/:sessionId/answers/:order`: an answer and what is said of it (P-18, P-38). */
export function AnswerPage({ interview, answer, refused, ui }: AnswerPageProps) {
  const { t, format } = ui;
  const words = t.practice;
  const { session } = interview;
  const path = `/app/practice/${session.sessionId}`;
  const { analysis, question } = answer;
  return (
    <AppFrame ui={ui} current="practice">
      <PageHead
        title={words.question(format.number(answer.asked.order))}
        lead={<Kind of={answer} ui={ui} />}
        action={<a class="button" href={path}>{words.toSession}</a>}
      />
      {refused && <Notice tone="bad">{problemText(refused.problem, ui)}</Notice>}
      <p class="practice__question" lang={session.language}>{question?.question}</p>
      <FlagNotice isFlagged={analysis?.isFlagged ?? false} ui={ui} />
      {session.status === "active" && (
        <div class="practice__deeds">
          {interview.hasRoom && <Deed {...{ ui, path }} name="next" isMain />}
          <Deed {...{ ui, path }} name="finish" />
        </div>
      )}
      <div class="columns">
        {analysis !== null && <Outcome {...{ interview, answer, refused, analysis, ui }} />}
        {answer.recording !== null && <Player recording={answer.recording} ui={ui} />}
        {answer.text !== "" && (
          <Card id="answer" title={words.answer}>
            <p class="prose" lang={session.language}>{answer.text}</p>
          </Card>
        )}
        {answer.isWorded && (
          <Card id="ideal" title={words.ideal}>
            <Ideal answer={answer} language={session.language} ui={ui} />
          </Card>
        )}
        {analysis !== null && analysis.verdict !== null && (
          <VerdictCards verdict={analysis.verdict} language={session.language} ui={ui} />
        )}
      </div>
    </AppFrame>
  );
}

function Outcome(
  { interview, answer, refused, analysis, ui }: AnswerPageProps & { analysis: Analysis },
) {
  const words = ui.t.practice;
  const { session } = interview;
  const { verdict, failure } = analysis;
  if (verdict !== null) return <ScoreCard {...{ verdict, ui }} language={session.language} />;
  const path = `/app/practice/${session.sessionId}`;
  if (failure?.isTranscriptMissing) return <WriteDown {...{ interview, answer, refused, ui }} />;
  if (failure !== null) {
    return (
      <Card id="scores" title={words.scores}>
        <Notice tone="bad">{failure.isRetryable ? words.failed : words.failedForGood}</Notice>
        {failure.isRetryable && session.status === "active" && (
          <ActionForm ui={ui} action={`${path}/answer`}>
            <input type="hidden" name="questionId" value={answer.asked.askedId} />
            <input type="hidden" name="answer" value={answer.text} />
            <button class="button button--main" type="submit">{words.send}</button>
          </ActionForm>
        )}
      </Card>
    );
  }
  return (
    <Card id="scores" title={words.analysing} hint={words.analysingHint}>
      <AnalysisProgressIsland
        url={`${path}/answers/${answer.asked.order}/events`}
        locale={ui.locale}
      />
    </Card>
  );
}

/** Without a transcript, who spoke writes it down; also after the end of the interview. */
function WriteDown({ interview: { session }, answer, refused, ui }: AnswerPageProps) {
  const words = ui.t.practice;
  return (
    <Card id="scores" title={words.recorder.written}>
      <Notice tone="warn">{words.recorder.noTranscript}</Notice>
      <ActionForm ui={ui} action={`/app/practice/${session.sessionId}/answer`} class="form">
        <input type="hidden" name="questionId" value={answer.asked.askedId} />
        <TextArea
          label={words.answer}
          name="answer"
          hint={words.answerHint}
          problem={refused?.problem === "length" ? words.problems.length : undefined}
          area={{ rows: 8, lang: session.language, value: refused?.text ?? answer.text }}
        />
        <button class="button button--main" type="submit">{words.send}</button>
      </ActionForm>
    </Card>
  );
}

function Player({ recording, ui }: { readonly recording: Recording; readonly ui: Ui }) {
  const { recorder } = ui.t.practice;
  const { media } = recording;
  if (media === null) return null;
  const source = {
    class: "recorder__media",
    src: `${recordingPath(recording)}/content`,
    controls: true,
    preload: "metadata",
    "aria-label": recorder.own,
  } as const;
  return (
    <Card id="recording" title={recorder.own} hint={ui.format.shortDuration(media.durationSec)}>
      {media.mediaType.startsWith("video/")
        ? <video {...source} playsInline />
        : <audio {...source} />}
    </Card>
  );
}

/** Whether something is still to come, so that a page without script looks again. */
export function isPending({ analysis }: AnswerView): boolean {
  return analysis !== null && analysis.verdict === null && analysis.failure === null;
}
