import { createNumbers } from "../numbers.ts";
import type { Sentences } from "./sentences_en.ts";

const { number, shortDuration } = createNumbers("ko");

export const sentencesKo: Sentences = {
  mission_started: () => "미션 시작",
  page_view: ({ page }) => page ? `${page} 화면 열람` : "화면 열람",
  portfolio_creation_step: ({ step, seconds }) =>
    `${step === undefined ? "단계" : `${step}단계`} 완료${inBrackets(seconds)}`,
  portfolio_created: ({ count }) =>
    count === undefined ? "포트폴리오 저장" : `포트폴리오 저장 (ETF ${number(count)}개)`,
  vocabulary_card_clicked: ({ title, path }) => `${onPath(path)}카드${quoted(title)} 클릭`,
  vocabulary_detail_viewed: ({ title, path }) => `${onPath(path)}카드${quoted(title)} 열람`,
  vocabulary_countdown_tick: ({ count }) =>
    count === undefined ? "카운트다운 진행" : `카운트다운 ${number(count)}`,
  vocabulary_countdown_complete: ({ title }) =>
    title ? `카드 "${title}" 카운트다운 완료` : "카운트다운 완료",
  mission_complete_modal_shown: ({ seconds }) => `${within(seconds)}과제 달성`,
  mission_rating_submitted: ({ rating }) => rating === undefined ? "평가 제출" : `평가 ${rating}★`,
  mission_completed: ({ seconds }) => `${within(seconds)}미션 완료`,
  mission_quitted: ({ step, seconds }) => {
    const where = step === undefined ? "" : `${step}단계에서 `;
    return `${seconds === undefined ? "" : `${shortDuration(seconds)} 후 `}${where}포기`;
  },
  button_clicked: ({ title }) => `버튼${quoted(title)} 클릭`,
  navigation_clicked: ({ page }) => page ? `${page} 화면으로 이동` : "화면 이동",
  input_interaction: ({ title, action }) =>
    `입력란${quoted(title)} ${INPUT_ACTIONS.get(action) ?? "사용"}`,
  card_clicked: ({ title }) => `카드${quoted(title)} 클릭`,
  modal_interaction: ({ title, action }) =>
    `대화창${quoted(DIALOGS.get(title) ?? title)} ${DIALOG_ACTIONS.get(action) ?? "사용"}`,
  search_performed: ({ count }) => count === undefined ? "검색" : `검색, 결과 ${number(count)}건`,
  bookmark_toggled: ({ title, action }) =>
    `${BOOKMARKS.get(title) ?? "북마크"} ${BOOKMARK_ACTIONS.get(action) ?? "변경"}`,
  unknown: "그 밖의 이벤트",
};

type Known = ReadonlyMap<string | undefined, string>;

/** What clients send as codes (field notes A.1.0). */
const INPUT_ACTIONS: Known = new Map([["focus", "선택"], ["blur", "벗어남"], ["change", "변경"]]);
const DIALOG_ACTIONS: Known = new Map([["open", "열기"], ["close", "닫기"]]);
const DIALOGS: Known = new Map([
  ["vocabulary_detail", "단어 카드"],
  ["mission_complete", "미션 완료"],
  ["term", "용어"],
  ["portfolio_delete", "포트폴리오 삭제"],
]);
const BOOKMARKS: Known = new Map([
  ["portfolio", "포트폴리오 북마크"],
  ["etf", "ETF 북마크"],
  ["tip", "팁 북마크"],
]);
const BOOKMARK_ACTIONS: Known = new Map([["add", "추가"], ["remove", "해제"]]);

function within(seconds: number | undefined): string {
  return seconds === undefined ? "" : `${shortDuration(seconds)} 만에 `;
}

function inBrackets(seconds: number | undefined): string {
  return seconds === undefined ? "" : ` (${shortDuration(seconds)})`;
}

function quoted(title: string | undefined): string {
  return title === undefined ? "" : ` "${title}"`;
}

function onPath(path: number | undefined): string {
  return path === undefined ? "" : `경로 ${path}에서 `;
}
