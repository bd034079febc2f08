import type { Sentences } from "./sentences_en.ts";

export const sentencesKo: Sentences = {
  mission_started: () => "미션 시작",
  page_view: ({ page }) => page ? `${page} 화면 열람` : "화면 열람",
  portfolio_creation_step: ({ step, seconds }) =>
    `${step === undefined ? "단계" : `${step}단계`} 완료${inBrackets(seconds)}`,
  portfolio_created: ({ count }) =>
    count === undefined ? "포트폴리오 저장" : `포트폴리오 저장 (ETF ${count}개)`,
  vocabulary_card_clicked: ({ title, path }) => `${onPath(path)}카드${quoted(title)} 클릭`,
  vocabulary_detail_viewed: ({ title, path }) => `${onPath(path)}카드${quoted(title)} 열람`,
  vocabulary_countdown_tick: ({ count }) =>
    count === undefined ? "카운트다운 진행" : `카운트다운 ${count}`,
  vocabulary_countdown_complete: ({ title }) =>
    title ? `카드 "${title}" 카운트다운 완료` : "카운트다운 완료",
  mission_complete_modal_shown: ({ seconds }) =>
    seconds === undefined ? "과제 달성" : `${short(seconds)} 만에 과제 달성`,
  mission_rating_submitted: ({ rating }) => rating === undefined ? "평가 제출" : `평가 ${rating}★`,
  mission_completed: ({ seconds }) =>
    seconds === undefined ? "미션 완료" : `${short(seconds)} 만에 미션 완료`,
  mission_quitted: ({ step, seconds }) => {
    const where = step === undefined ? "" : `${step}단계에서 `;
    return `${seconds === undefined ? "" : `${short(seconds)} 후 `}${where}포기`;
  },
  button_clicked: ({ title }) => `버튼${quoted(title)} 클릭`,
  navigation_clicked: ({ page }) => page ? `${page}(으)로 이동` : "화면 이동",
  input_interaction: ({ title, action }) => `입력란${quoted(title)}: ${action ?? "사용"}`,
  card_clicked: ({ title }) => `카드${quoted(title)} 클릭`,
  modal_interaction: ({ title, action }) => `대화창${quoted(title)}: ${action ?? "사용"}`,
  search_performed: ({ count }) => count === undefined ? "검색" : `검색, 결과 ${count}건`,
  bookmark_toggled: ({ title, action }) => `북마크${quoted(title)}: ${action ?? "변경"}`,
  unknown: "그 밖의 이벤트",
};

/** At most one decimal, and none for whole seconds. */
function short(seconds: number): string {
  return `${Math.round(seconds * 10) / 10}초`;
}

function inBrackets(seconds: number | undefined): string {
  return seconds === undefined ? "" : ` (${short(seconds)})`;
}

function quoted(title: string | undefined): string {
  return title === undefined ? "" : ` "${title}"`;
}

function onPath(path: number | undefined): string {
  return path === undefined ? "" : `경로 ${path}에서 `;
}
