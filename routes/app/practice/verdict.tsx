import { CRITERIA, totalOf, type Verdict } from "../../../lib/interviews/mod.ts";
import { BarList } from "../../../lib/ui/BarList.tsx";
import { Card } from "../../../lib/ui/Card.tsx";
import { DataTable } from "../../../lib/ui/DataTable.tsx";
import { Notice } from "../../../lib/ui/Notice.tsx";
import type { Ui } from "../../../lib/ui/ui.ts";
import type { AnswerView } from "./view.ts";

const WHOLE = 25;

export interface VerdictProps {
  readonly verdict: Verdict;
  /** Of the interview: what an analyser writes is in it. */
  readonly language: string;
  readonly ui: Ui;
}

/** The four bars, and the sum of them. */
export function ScoreBars({ verdict: { scores }, ui }: VerdictProps) {
  const { t, format } = ui;
  const words = t.practice;
  return (
    <>
      <p class="practice__total">{words.total(format.number(totalOf(scores)))}</p>
      <BarList
        label={words.scores}
        whole={WHOLE}
        bars={CRITERIA.map((criterion) => ({
          name: words.criteria[criterion],
          value: scores[criterion],
          text: words.ofPoints(format.number(scores[criterion]), format.number(WHOLE)),
        }))}
      />
    </>
  );
}

/** The four bars and who judged. */
export function ScoreCard({ verdict, language, ui }: VerdictProps) {
  const words = ui.t.practice;
  return (
    <Card id="scores" title={words.scores} hint={words.scoresHint}>
      <ScoreBars {...{ verdict, language, ui }} />
      <p class="card__hint practice__model">{words.judgedBy(verdict.model)}</p>
    </Card>
  );
}

/** What is said of an answer, and every point of it. */
export function VerdictCards({ verdict, language, ui }: VerdictProps) {
  const words = ui.t.practice;
  return (
    <>
      <Card id="said" title={words.feedback} class="card--wide">
        <Said {...{ verdict, language, ui }} />
      </Card>
      {verdict.points.length > 0 && (
        <Card id="points" title={words.points} class="card--wide">
          <Points {...{ verdict, language, ui }} />
        </Card>
      )}
    </>
  );
}

/** What was good, what to improve, and both in detail. */
export function Said({ verdict, language, ui }: VerdictProps) {
  const words = ui.t.practice;
  const { strengths, improvements, detailedFeedback: detail } = verdict;
  return (
    <div class="said">
      <Lines title={words.strengths} lines={strengths} lang={language} />
      <Lines title={words.improvements} lines={improvements} lang={language} />
      <Lines title={words.structure} lines={[detail.structure]} lang={language} />
      <Lines title={words.content} lines={[detail.content]} lang={language} />
      <Lines title={words.grammar} lines={[detail.grammar]} lang={language} />
      <Lines title={words.suggestions} lines={detail.suggestions} lang={language} />
    </div>
  );
}

interface LinesProps {
  readonly title: string;
  readonly lines: readonly string[];
  readonly lang: string;
}

function Lines({ title, lines, lang }: LinesProps) {
  const said = lines.filter((line) => line !== "");
  if (said.length === 0) return null;
  return (
    <section>
      <h3 class="said__title">{title}</h3>
      <ul class="said__lines" lang={lang}>{said.map((line) => <li key={line}>{line}</li>)}</ul>
    </section>
  );
}

function Points({ verdict: { points }, language, ui }: VerdictProps) {
  const { t, format } = ui;
  const words = t.practice;
  return (
    <DataTable
      caption={words.points}
      scrollLabel={t.table.scroll(words.points)}
      rows={points.map((point, index) => ({ ...point, index }))}
      keyOf={({ index }) => String(index)}
      columns={[
        { head: words.point, cell: ({ reason }) => <span lang={language}>{reason}</span> },
        { head: words.criterion, cell: ({ criterion }) => words.criteria[criterion] },
        {
          head: words.given,
          cell: ({ given, of }) =>
            of === 0
              ? format.number(given)
              : words.ofPoints(format.number(given), format.number(of)),
          isNumber: true,
        },
      ]}
    />
  );
}

/** The ideal answer of who judged, where that writes one, else the sample answer (P-20). */
export function Ideal(
  { answer: { analysis, question }, language, ui }: {
    readonly answer: AnswerView;
    readonly language: string;
    readonly ui: Ui;
  },
) {
  const verdict = analysis?.verdict ?? null;
  const isWritten = verdict !== null && verdict.idealAnswer !== null;
  return (
    <>
      <p class="prose" lang={language}>
        {isWritten ? verdict.idealAnswer : question?.sampleAnswer}
      </p>
      {isWritten && (
        <p class="card__hint practice__model">{ui.t.practice.writtenBy(verdict.model)}</p>
      )}
    </>
  );
}

/** That an answer holds words of the list (T-P20). */
export function FlagNotice({ isFlagged, ui: { t } }: { isFlagged: boolean; ui: Ui }) {
  return isFlagged ? <Notice tone="warn">{t.practice.flagged}</Notice> : null;
}
