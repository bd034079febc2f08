import type { Clock } from "../../../lib/clock.ts";
import type { InterviewSettings } from "../../../lib/config/interviews.ts";
import {
  type Analysis,
  type Asked,
  durationSec,
  hasRoom,
  type Interviews,
  isWorded,
  openQuestion,
  type Question,
  type Recording,
  type Session,
  totalScoreOf,
} from "../../../lib/interviews/mod.ts";
import type { CountedPages } from "../counted_pages.tsx";

/** A question of an interview with what was answered, and what is said of that. */
export interface AnswerView {
  readonly asked: Asked;
  /** Null for one that is no longer there. */
  readonly question: Question | null;
  /** Also one that is kept and not sent yet; empty without any. */
  readonly text: string;
  /** Null before it is sent. */
  readonly analysis: Analysis | null;
  /** Null for one that was not spoken. */
  readonly recording: Recording | null;
  /** Its words are there: what an ideal answer would be is no secret any more (T-P07). */
  readonly isWorded: boolean;
}

/** An interview with all that is in it. */
export interface InterviewView {
  readonly session: Session;
  readonly answers: readonly AnswerView[];
  /** The one that waits for an answer; null at its end and between two questions. */
  readonly open: AnswerView | null;
  readonly hasRoom: boolean;
  /** From 0 to 100; null before anything is judged. */
  readonly totalScore: number | null;
  readonly durationSec: number;
  /** Epoch milliseconds of this reading. */
  readonly now: number;
}

/** What all pages of practice stand on. */
export interface InterviewPagesDeps {
  readonly clock: Clock;
  readonly pages: CountedPages;
  readonly interviews: Interviews;
  readonly settings: InterviewSettings;
}

/** Gathers what the pages show of an interview. */
export function createInterviewViews({ clock, interviews, settings }: InterviewPagesDeps) {
  const { sessions, catalogue, analyses } = interviews;

  return async function viewOf(session: Session): Promise<InterviewView> {
    const judged = new Map(
      (await analyses.ofSession(session)).map((analysis) => [analysis.askedId, analysis]),
    );
    const answers = await Promise.all(session.asked.map(async (asked): Promise<AnswerView> => {
      const analysis = judged.get(asked.askedId) ?? null;
      return {
        asked,
        question: catalogue.find(asked.questionId),
        text: (await sessions.findAnswer(session, asked.askedId))?.text ?? "",
        analysis,
        recording: asked.recordingId === null
          ? null
          : await interviews.recordings.find({ ...session, recordingId: asked.recordingId }),
        isWorded: analysis !== null && isWorded(analysis),
      };
    }));
    const open = session.status === "active" ? openQuestion(session) : null;
    const now = clock.now();
    return {
      session,
      answers,
      open: answers.find(({ asked }) => asked.askedId === open?.askedId) ?? null,
      hasRoom: hasRoom(session, settings.free.maxQuestions),
      totalScore: totalScoreOf(session),
      durationSec: durationSec(session, now),
      now,
    };
  };
}
