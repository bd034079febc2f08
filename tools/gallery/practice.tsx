import {
  type Analysis,
  type Asked,
  judge,
  type Question,
  type Session,
  totalOf,
} from "../../lib/interviews/mod.ts";
import type { Ui } from "../../lib/ui/ui.ts";
import { AnswerPage } from "../../routes/app/practice/answer.tsx";
import { ProgressPage, type ProgressView } from "../../routes/app/practice/progress.tsx";
import { ReportPage } from "../../routes/app/practice/report.tsx";
import { SessionPage, type SessionView } from "../../routes/app/practice/session.tsx";
import { StartPage, type StartView } from "../../routes/app/practice/start.tsx";
import type { AnswerView, InterviewView } from "../../routes/app/practice/view.ts";
import { NOW } from "./missions.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export const QUESTION: Question = {
  questionId: "backend-1-ko",
  category: "backend",
  difficulty: "medium",
  type: "behavioral",
  language: "ko",
  question:
    "운영 중인 서비스의 응답 속도가 갑자기 느려졌을 때 원인을 찾아 해결한 경험을 말해 주세요.",
  tags: ["장애 대응", "성능"],
  expectedKeywords: ["지표", "로그", "원인", "캐시|cache"],
  sampleAnswer:
    "결제 조회 API의 p95가 300ms에서 2초로 늘어난 일이 있었습니다. 저는 먼저 지표와 로그로 어느 시점부터 느려졌는지 확인했고, 배포 직후 캐시 적중률이 떨어진 것을 찾았습니다. 키 이름이 바뀐 것이 원인이어서 되돌린 뒤 적중률을 다시 재어 95%로 회복했고, 이후 적중률 경보를 추가했습니다.",
  evaluationCriteria: {
    understanding: "느려진 원인을 찾는 과정을 말한다",
    logic: "상황, 과제, 행동, 결과의 순서로 이어진다",
    specificity: "지표를 숫자로 말한다",
    jobFit: "운영 중인 서비스에 맞는 판단이다",
  },
  isActive: true,
  draftOf: null,
  createdBy: "docent",
  createdAt: NOW - 90 * DAY_MS,
  updatedAt: NOW - 30 * DAY_MS,
};

const TEXT =
  "지난해 주문 조회가 갑자기 느려졌습니다. 먼저 지표와 로그를 확인했고, 그 결과 캐시 적중률이 90%에서 20%로 떨어진 것이 원인이었습니다. 저는 키를 고치고 경보를 추가해 응답 시간을 2초에서 200ms로 줄였습니다.";

const asked = (order: number, score: number | null): Asked => ({
  askedId: `asked_${order}`,
  questionId: QUESTION.questionId,
  order,
  startedAt: NOW - (12 - 3 * order) * MINUTE_MS,
  answeredAt: score === null ? null : NOW - (10 - 3 * order) * MINUTE_MS,
  analysisId: score === null ? null : `analysis_${order}`,
  totalScore: score,
  recordingId: null,
  isGivenUp: false,
});

export const SESSION: Session = {
  sessionId: "interview_1",
  userId: "user_1",
  category: "backend",
  customCategory: null,
  difficulty: "medium",
  language: "ko",
  userLevel: "mid",
  status: "active",
  maxQuestions: 5,
  asked: [asked(1, 74), asked(2, 51), asked(3, null)],
  startedAt: NOW - 12 * MINUTE_MS,
  deadlineAt: NOW + 108 * MINUTE_MS,
  warnedAt: null,
  endedAt: null,
  metadata: { userAgent: "", platform: "", sessionSource: "page" },
};

const verdict = judge({
  question: QUESTION,
  answer: TEXT,
  language: "ko",
  category: "backend",
  customCategory: null,
  userLevel: "mid",
  previousAnswers: [],
  sessionSec: 300,
});

const analysisOf = ({ askedId, questionId }: Asked): Analysis => ({
  analysisId: `analysis_${askedId}`,
  userId: "user_1",
  sessionId: SESSION.sessionId,
  askedId,
  questionId,
  status: "completed",
  answerHash: "",
  answerBytes: 300,
  isFlagged: askedId === "asked_2",
  createdAt: NOW,
  endedAt: NOW,
  processingMs: 12,
  verdict,
  failure: null,
  recordingId: null,
  transcribedAt: null,
});

const answers = SESSION.asked.map((it): AnswerView => ({
  asked: it,
  question: QUESTION,
  text: it.answeredAt === null ? "" : TEXT,
  analysis: it.answeredAt === null ? null : analysisOf(it),
  recording: null,
  isWorded: it.answeredAt !== null,
}));

const INTERVIEW: InterviewView = {
  session: SESSION,
  answers,
  open: answers[2],
  hasRoom: true,
  totalScore: totalOf(verdict.scores),
  durationSec: 720,
  now: NOW,
};
const COMPLETED: InterviewView = {
  ...INTERVIEW,
  session: { ...SESSION, status: "completed", endedAt: NOW },
  open: null,
};

const VIEW: SessionView = {
  interview: INTERVIEW,
  problem: null,
  news: null,
  text: null,
  warningSec: 300,
  maxRecordingBytes: 500_000_000,
};

const pending: AnswerView = {
  ...answers[0],
  analysis: { ...analysisOf(answers[0].asked), status: "processing", verdict: null },
};
const failed: AnswerView = {
  ...answers[0],
  analysis: {
    ...analysisOf(answers[0].asked),
    status: "failed",
    verdict: null,
    failure: {
      message: "Answer could not be analysed",
      isRetryable: true,
      isTranscriptMissing: false,
    },
  },
};

const START: StartView = {
  form: {
    category: "backend",
    customCategory: "",
    difficulty: "medium",
    language: "ko",
    userLevel: "entry",
    maxQuestions: 5,
  },
  counts: [1, 3, 5, 10, 15, 20],
  problem: null,
  sessions: [
    SESSION,
    { ...COMPLETED.session, sessionId: "interview_2", startedAt: NOW - DAY_MS },
    {
      ...SESSION,
      sessionId: "interview_3",
      category: "other",
      customCategory: "전시 해설사 겸 관람객 안내와 교육 프로그램 운영 담당자",
      status: "abandoned",
      asked: [],
      startedAt: NOW - 2 * DAY_MS,
    },
  ],
  total: 34,
  limit: 10,
  offset: 10,
};

const dayBefore = (days: number) => new Date(NOW - days * DAY_MS).toISOString().slice(0, 10);
const skill = (score: number, trend: "improving" | "stable" | "declining") => ({
  score,
  trend,
  questionsCount: 8,
});
const PROGRESS: ProgressView = {
  figures: {
    sessionsCompleted: 14,
    averageScore: 62.4,
    timeSpent: 20_520,
    questionsAnswered: 61,
    improvementRate: 7.6,
  },
  days: [41, 48, null, 55, 61, 58, 70, 74].map((averageScore, index, { length }) => ({
    date: dayBefore(length - index),
    sessions: 2,
    questionsAnswered: averageScore === null ? 0 : 6,
    averageScore,
  })),
  skills: {
    understanding: skill(68, "improving"),
    logic: skill(59.5, "stable"),
    specificity: skill(44, "declining"),
    jobFit: skill(71, "improving"),
    "장애 대응": skill(66, "stable"),
    "communication with people who are not engineers": skill(52, "improving"),
  },
};
const NO_PROGRESS: ProgressView = {
  figures: {
    sessionsCompleted: 0,
    averageScore: 0,
    timeSpent: 0,
    questionsAnswered: 0,
    improvementRate: 0,
  },
  days: [],
  skills: {},
};

type Body = (ui: Ui) => preact.VNode;

/** The pages under `/app/practice`, by their address in the gallery. */
export const PRACTICE_PAGES: readonly (readonly [string, Body])[] = [
  ["/app/practice", (ui) => <StartPage ui={ui} view={START} />],
  [
    "/empty/app/practice",
    (ui) => <StartPage ui={ui} view={{ ...START, sessions: [], total: 0, offset: 0 }} />,
  ],
  [
    "/error/app/practice",
    (ui) => <StartPage ui={ui} view={{ ...START, problem: { waitSec: 8_400 } }} />,
  ],
  ["/app/practice/progress", (ui) => <ProgressPage ui={ui} view={PROGRESS} />],
  ["/empty/app/practice/progress", (ui) => <ProgressPage ui={ui} view={NO_PROGRESS} />],
  ["/app/practice/interview_1", (ui) => <SessionPage ui={ui} view={VIEW} />],
  ["/error/app/practice/interview_1", (ui) => (
    <SessionPage
      ui={ui}
      view={{
        ...VIEW,
        problem: "length",
        text: "짧음",
        interview: { ...INTERVIEW, now: SESSION.deadlineAt - 2 * MINUTE_MS },
      }}
    />
  )],
  ["/left/app/practice/interview_1", (ui) => (
    <SessionPage
      ui={ui}
      view={{
        ...VIEW,
        news: "noneLeft",
        interview: { ...COMPLETED, session: { ...SESSION, status: "abandoned" } },
      }}
    />
  )],
  [
    "/app/practice/interview_1/answers/1",
    (ui) => <AnswerPage ui={ui} interview={INTERVIEW} answer={answers[1]} />,
  ],
  [
    "/pending/app/practice/interview_1/answers/1",
    (ui) => <AnswerPage ui={ui} interview={INTERVIEW} answer={pending} />,
  ],
  [
    "/error/app/practice/interview_1/answers/1",
    (ui) => <AnswerPage ui={ui} interview={INTERVIEW} answer={failed} />,
  ],
  [
    "/app/practice/interview_1/report",
    (ui) => <ReportPage ui={ui} interview={COMPLETED} />,
  ],
];
