import { toIso } from "../../../lib/clock.ts";
import { Card } from "../../../lib/ui/Card.tsx";
import { DataTable } from "../../../lib/ui/DataTable.tsx";
import { TextArea } from "../../../lib/ui/Field.tsx";
import { Notice } from "../../../lib/ui/Notice.tsx";
import { PageHead } from "../../../lib/ui/Shell.tsx";
import { NoValue } from "../../../lib/ui/Stat.tsx";
import type { Ui } from "../../../lib/ui/ui.ts";
import { AnswerRecorderIsland, AnswerTimerIsland } from "../../pages/islands.ts";
import { ActionForm, AppFrame } from "../frame.tsx";
import { categoryOf, StateBadge } from "./start.tsx";
import type { AnswerView, InterviewView } from "./view.ts";

/** What went wrong with what was sent. */
export type SessionProblem = "length" | "conflict" | "empty" | { readonly waitSec: number };

export interface SessionView {
  readonly interview: InterviewView;
  readonly problem: SessionProblem | null;
  readonly news: "kept" | "noneLeft" | null;
  /** Typed and refused; null shows what is kept. */
  readonly text: string | null;
  /** So long before the end its person is warned. */
  readonly warningSec: number;
  /** Null where recordings are not kept. */
  readonly maxRecordingBytes: number | null;
}

export interface SessionPageProps {
  readonly view: SessionView;
  readonly ui: Ui;
}

/** `/app/practice/:sessionId`: the question that waits, and what was answered before (P-38). */
export function SessionPage({ view, ui }: SessionPageProps) {
  const words = ui.t.practice;
  const { interview, problem, news } = view;
  const { session, open } = interview;
  return (
    <AppFrame ui={ui} current="practice">
      <PageHead
        title={categoryOf(session, ui)}
        lead={<StateBadge status={session.status} ui={ui} />}
        action={<a class="button" href="/app/practice">{words.back}</a>}
      />
      {problem && <Notice tone="bad">{problemText(problem, ui)}</Notice>}
      {news && <Notice tone={news === "kept" ? "good" : "warn"}>{words[news]}</Notice>}
      <div class="stack practice">
        {open === null
          ? <BetweenQuestions view={view} ui={ui} />
          : <QuestionCard view={view} open={open} ui={ui} />}
        {session.asked.length > 0 && <Answered interview={interview} ui={ui} />}
        <RemoveCard view={view} ui={ui} />
      </div>
    </AppFrame>
  );
}

/** What is wrong with what was sent, as it is said. */
export function problemText(problem: SessionProblem, { t, format }: Ui): string {
  const { problems } = t.practice;
  return typeof problem === "string"
    ? problems[problem]
    : problems.tooFast(format.shortDuration(problem.waitSec));
}

const pathOf = ({ interview }: SessionView) => `/app/practice/${interview.session.sessionId}`;

function QuestionCard({ view, open, ui }: SessionPageProps & { readonly open: AnswerView }) {
  const words = ui.t.practice;
  const path = pathOf(view);
  const isLong = view.problem === "length";
  const { session } = view.interview;
  return (
    <Card id="question" title={orderOf(open, view, ui)} hint={<Kind of={open} ui={ui} />}>
      <p class="practice__question" lang={session.language}>{open.question?.question}</p>
      <Timer view={view} open={open} ui={ui} />
      <ActionForm ui={ui} action={`${path}/answer`} class="form">
        <input type="hidden" name="questionId" value={open.asked.askedId} />
        <TextArea
          label={words.answer}
          name="answer"
          hint={words.answerHint}
          problem={isLong ? words.problems.length : undefined}
          area={{ rows: 10, lang: session.language, value: view.text ?? open.text }}
        />
        <div class="practice__deeds">
          <button class="button button--main" type="submit">{words.send}</button>
          <button class="button" type="submit" formaction={`${path}/keep`}>{words.keep}</button>
        </div>
      </ActionForm>
      {view.maxRecordingBytes !== null && (
        <AnswerRecorderIsland
          url={`/api/sessions/${session.sessionId}/recordings`}
          questionId={open.asked.askedId}
          next={`${path}/answers/${open.asked.order}`}
          csrf={ui.csrf}
          maxBytes={view.maxRecordingBytes}
          locale={ui.locale}
        />
      )}
      <div class="practice__deeds">
        {view.interview.hasRoom && <Deed {...{ ui, path }} name="skip" />}
        <Deed {...{ ui, path }} name="finish" />
        <Deed {...{ ui, path }} name="leave" />
      </div>
    </Card>
  );
}

function orderOf({ asked }: AnswerView, { interview }: SessionView, { t, format }: Ui): string {
  const order = format.number(asked.order);
  const { maxQuestions } = interview.session;
  return maxQuestions === null
    ? t.practice.question(order)
    : t.practice.questionOf(order, format.number(maxQuestions));
}

/** What a question is like: its type and its difficulty. */
export function Kind({ of: { question }, ui: { t } }: { of: AnswerView; ui: Ui }) {
  if (question === null) return null;
  const { difficulties } = t.people.settings;
  return <>{`${t.practice.types[question.type]} · ${difficulties[question.difficulty]}`}</>;
}

function Timer({ view, open, ui }: SessionPageProps & { readonly open: AnswerView }) {
  const { t, format, locale } = ui;
  const { session, now } = view.interview;
  return (
    <>
      <p class="card__hint">{t.practice.endsAt(format.time(toIso(session.deadlineAt)))}</p>
      <AnswerTimerIsland
        spentSec={Math.max(0, (now - open.asked.startedAt) / 1000)}
        leftSec={Math.max(0, (session.deadlineAt - now) / 1000)}
        warningSec={view.warningSec}
        locale={locale}
      />
    </>
  );
}

interface DeedProps {
  readonly ui: Ui;
  readonly path: string;
  readonly name: "skip" | "next" | "finish" | "leave" | "resume" | "remove";
  readonly isMain?: boolean;
}

/** A button that does one thing with the interview. */
export function Deed({ ui, path, name, isMain }: DeedProps) {
  return (
    <ActionForm ui={ui} action={`${path}/${name}`}>
      <button class={isMain ? "button button--main" : "button"} type="submit">
        {ui.t.practice[name]}
      </button>
    </ActionForm>
  );
}

function BetweenQuestions({ view, ui }: SessionPageProps) {
  const { t } = ui;
  const words = t.practice;
  const { session, hasRoom, now } = view.interview;
  const path = pathOf(view);
  const isActive = session.status === "active";
  const mayAsk = isActive && hasRoom && view.news !== "noneLeft";
  return (
    <Card id="question" title={isActive ? words.interview : words.ended}>
      {isActive && <p class="card__hint">{hasRoom ? words.waitsForNext : words.noneLeft}</p>}
      <div class="practice__deeds">
        {mayAsk && <Deed {...{ ui, path }} name="next" isMain />}
        {isActive && <Deed {...{ ui, path }} name="finish" />}
        {session.status === "abandoned" && now < session.deadlineAt && (
          <Deed {...{ ui, path }} name="resume" isMain />
        )}
        {!isActive && <a class="button" href={`${path}/report`}>{words.report}</a>}
      </div>
    </Card>
  );
}

function Answered({ interview, ui }: { readonly interview: InterviewView; readonly ui: Ui }) {
  const { t, format } = ui;
  const words = t.practice;
  const path = `/app/practice/${interview.session.sessionId}/answers`;
  return (
    <Card id="answered" title={words.answered}>
      <DataTable
        caption={words.answered}
        scrollLabel={t.table.scroll(words.answered)}
        rows={interview.answers}
        keyOf={({ asked }) => asked.askedId}
        columns={[
          {
            head: words.questions,
            cell: ({ asked, question }) => {
              const text = question?.question ?? words.question(format.number(asked.order));
              return asked.answeredAt === null
                ? <span class="practice__cut">{text}</span>
                : <a class="practice__cut" href={`${path}/${asked.order}`}>{text}</a>;
            },
          },
          {
            head: words.score,
            cell: ({ asked: { answeredAt, totalScore } }) =>
              answeredAt === null
                ? words.notAnswered
                : totalScore === null
                ? <NoValue t={t} />
                : format.number(totalScore),
            isNumber: true,
          },
        ]}
      />
    </Card>
  );
}

function RemoveCard({ view, ui }: SessionPageProps) {
  const words = ui.t.practice;
  return (
    <details class="numbers">
      <summary>{words.remove}</summary>
      <p class="card__hint">{words.removeHint}</p>
      <Deed ui={ui} path={pathOf(view)} name="remove" />
    </details>
  );
}
