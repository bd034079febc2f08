import type { PracticeDay } from "../../lib/interviews/mod.ts";
import type { Ui } from "../../lib/ui/ui.ts";
import { GeneratePage, type GenerateView } from "../../routes/admin/interviews/generate.tsx";
import { InterviewsPage, type InterviewsView } from "../../routes/admin/interviews/overview.tsx";
import { QuestionPage } from "../../routes/admin/interviews/question.tsx";
import { NEW_QUESTION, toForm } from "../../routes/admin/interviews/question_form.ts";
import { QuestionsPage, type QuestionsView } from "../../routes/admin/interviews/questions.tsx";
import { NOW } from "./missions.ts";
import { QUESTION, SESSION } from "./practice.tsx";

const DAY_MS = 24 * 3_600_000;
const dayBefore = (days: number) => new Date(NOW - days * DAY_MS).toISOString().slice(0, 10);

const DAYS: readonly PracticeDay[] = Array.from({ length: 30 }, (_, index) => ({
  date: dayBefore(29 - index),
  sessionsStarted: 3 + (index * 7) % 11,
  sessionsCompleted: 2 + (index * 5) % 7,
  questionsAnswered: 14 + (index * 9) % 23,
  answersJudged: index % 8 === 3 ? 0 : 12 + (index * 9) % 21,
  averageScore: index % 8 === 3 ? null : 48 + (index * 3) % 26,
}));

const VIEW: InterviewsView = {
  days: DAYS,
  waiting: 2,
  sessions: [
    SESSION,
    { ...SESSION, sessionId: "interview_2", status: "completed", startedAt: NOW - DAY_MS },
    { ...SESSION, sessionId: "interview_3", status: "abandoned", asked: [] },
  ],
  newerHref: null,
  olderHref: "/admin/interviews?skip=25",
  mayEdit: true,
};
const NOTHING: InterviewsView = {
  ...VIEW,
  days: DAYS.map(({ date }) => ({
    date,
    sessionsStarted: 0,
    sessionsCompleted: 0,
    questionsAnswered: 0,
    answersJudged: 0,
    averageScore: null,
  })),
  waiting: 0,
  sessions: [],
  olderHref: null,
};

const QUESTIONS: QuestionsView = {
  filter: { category: "backend", language: null, state: null },
  questions: [
    { question: QUESTION, use: { usageCount: 1_204, averageScore: 61.5 } },
    {
      question: { ...QUESTION, questionId: "question_7", isActive: false },
      use: { usageCount: 0, averageScore: 0 },
    },
    {
      question: { ...QUESTION, questionId: "question_8", draftOf: "user_1" },
      use: { usageCount: 0, averageScore: 0 },
    },
  ],
  total: 176,
  limit: 25,
  offset: 25,
  news: null,
  canWrite: true,
  problem: null,
};

const GENERATE: GenerateView = {
  form: {
    category: "other",
    customCategory: "",
    difficulty: "medium",
    language: "ko",
    type: "",
    count: "3",
  },
  canWrite: true,
  problem: null,
};

const NEW = { questionId: null, form: NEW_QUESTION, problems: [], isSaved: false };
const WRITTEN = {
  questionId: QUESTION.questionId,
  form: toForm(QUESTION),
  problems: [],
  isSaved: true,
};

type Body = (ui: Ui) => preact.VNode;

/** The pages under `/admin/interviews`, by their address in the gallery. */
export const INTERVIEW_PAGES: readonly (readonly [string, Body])[] = [
  ["/admin/interviews", (ui) => <InterviewsPage ui={ui} view={VIEW} />],
  ["/empty/interviews", (ui) => <InterviewsPage ui={ui} view={NOTHING} />],
  ["/admin/interviews/questions", (ui) => <QuestionsPage ui={ui} view={QUESTIONS} />],
  [
    "/error/interviews/questions",
    (ui) => <QuestionsPage ui={ui} view={{ ...QUESTIONS, questions: [], problem: "unknownId" }} />,
  ],
  ["/admin/interviews/questions/generate", (ui) => <GeneratePage ui={ui} view={GENERATE} />],
  [
    "/error/interviews/questions/generate",
    (ui) => <GeneratePage ui={ui} view={{ ...GENERATE, problem: "service" }} />,
  ],
  ["/admin/interviews/questions/new", (ui) => <QuestionPage ui={ui} view={NEW} />],
  ["/admin/interviews/questions/backend-1-ko", (ui) => <QuestionPage ui={ui} view={WRITTEN} />],
  [
    "/error/interviews/questions/new",
    (ui) => <QuestionPage ui={ui} view={{ ...NEW, problems: ["question", "tags", "jobFit"] }} />,
  ],
];
