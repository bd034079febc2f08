import type { Words } from "../words.ts";
import { createNumbers } from "../numbers.ts";
import { analyticsKo, attemptKo, attemptsKo, dashboardKo, streamKo } from "./missions_ko.ts";
import { errorKo, loginKo, setupKo } from "./entry_ko.ts";
import { exportKo } from "./export_ko.ts";
import { kiosksKo } from "./kiosks_ko.ts";
import { auditKo, keysKo } from "./keys_ko.ts";
import { outboxKo } from "./outbox_ko.ts";
import { metricsKo } from "./metrics_ko.ts";
import { peopleKo } from "./people_ko.ts";
import { interviewsKo } from "./interviews_ko.ts";
import { practiceKo } from "./practice_ko.ts";
import { sentencesKo } from "./sentences_ko.ts";
import { usersKo } from "./users_ko.ts";

const { number } = createNumbers("ko");

export const ko: Words = {
  product: "Docent",
  skip: "본문으로 건너뛰기",
  nav: {
    label: "주 메뉴",
    dashboard: "현황",
    live: "실시간",
    attempts: "시도 목록",
    analytics: "분석",
    metrics: "지표",
    kiosks: "키오스크",
    export: "내보내기",
  },
  menu: {
    open: "설정 및 계정",
    language: "언어",
    theme: "화면 모드",
    administration: "관리",
    signedInAs: "로그인 계정",
    signOut: "로그아웃",
  },
  themes: { auto: "시스템", light: "밝게", dark: "어둡게" },
  languages: { ko: "한국어", en: "English" },
  live: {
    connecting: "연결 중",
    connected: "실시간",
    reconnecting: "다시 연결 중",
    stale: "갱신 멈춤",
    since: (time) => `${time} 이후`,
    asOf: (time) => `${time} 기준`,
    reload: "새로 고침",
    still: "화면을 연 시점의 내용입니다.",
  },
  status: {
    pending: "대기",
    in_progress: "진행 중",
    completed: "완료",
    quitted: "포기",
    expired: "만료",
  },
  ratings: { 1: "아주 어려움", 2: "어려움", 3: "보통", 4: "쉬움", 5: "아주 쉬움" },
  figures: {
    connections: "현재 접속",
    inProgress: "진행 중",
    completedToday: "오늘 완료",
    quitToday: "오늘 포기",
    load: "서버 부하",
    loads: { low: "낮음", medium: "보통", high: "높음" },
    completed: "완료",
    quit: "포기",
    expired: "만료",
    avgTime: "평균 시간",
    avgRating: "평균 평점",
    completionRate: "완료율",
    none: "–",
    noneLabel: "아직 값 없음",
    of: (part, whole) => `${number(whole)}건 중 ${number(part)}건`,
  },
  dashboard: dashboardKo,
  stream: streamKo,
  attempts: attemptsKo,
  table: {
    pages: "페이지 이동",
    previous: "이전",
    next: "다음",
    range: (from, to, total) => `${number(total)}건 중 ${number(from)}–${number(to)}`,
    scroll: (caption) => `${caption}, 표, 옆으로 이동`,
  },
  attempt: attemptKo,
  analytics: analyticsKo,
  export: exportKo,
  login: loginKo,
  setup: setupKo,
  error: errorKo,
  metrics: metricsKo,
  kiosks: kiosksKo,
  keys: keysKo,
  audit: auditKo,
  outbox: outboxKo,
  users: usersKo,
  sentences: sentencesKo,
  people: peopleKo,
  practice: practiceKo,
  interviews: interviewsKo,
};
