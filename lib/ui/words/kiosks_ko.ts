import { createNumbers } from "../numbers.ts";
import type { Words } from "../words.ts";

const { number } = createNumbers("ko");

/** `/admin/kiosks`의 말. */
export const kiosksKo: Words["kiosks"] = {
  title: "키오스크",
  lead: "전시장 기기의 상태입니다. 45초 동안 응답이 없으면 확인 필요, 3분이면 연결 끊김입니다.",
  states: {
    online: "연결됨",
    unknown: "확인 필요",
    offline: "연결 끊김",
    unpaired: "기기 없음",
  },
  fixed: "KIOSK_KEYS에 등록됨",
  lastSeen: "마지막 응답",
  queue: "전송 대기",
  events: (count) => `이벤트 ${number(count)}개`,
  page: "화면",
  lastTouch: "마지막 터치",
  battery: "배터리",
  charging: (level) => `${level}, 충전 중`,
  clock: "시계",
  inStep: "정확함",
  ahead: (time) => `${time} 빠름`,
  behind: (time) => `${time} 느림`,
  version: "버전",
  commands: { reload: "새로고침", message: "메시지" },
  told: (command, by) => `${command} (${by}):`,
  delivered: (time) => `${time}에 전달했습니다.`,
  waiting: "키오스크의 응답을 기다리고 있습니다.",
  expired: "키오스크가 오래 응답하지 않아 전달하지 못했습니다.",
  codeOpen: (time) => `페어링 코드를 ${time}까지 쓸 수 있습니다.`,
  actions: "작업",
  message: "화면에 띄울 메시지",
  send: "보내기",
  reload: "새로고침",
  newCode: "새 코드",
  replace: "기기 교체",
  remove: "삭제",
  add: "새 키오스크",
  addHint: "기기는 코드로 연결하며, 기기마다 자기 키를 받습니다.",
  name: "이름",
  place: "위치",
  placeHint: "놓인 곳, 예: 1층 입구",
  submit: "추가하고 코드 보기",
  problems: {
    name: "키오스크 이름을 60자 이내로 입력해 주세요.",
    place: "위치를 100자 이내로 입력해 주세요.",
    tooMany: "키오스크가 너무 많습니다. 쓰지 않는 키오스크를 삭제해 주세요.",
  },
  codeFor: (name) => `${name}(으)로 쓸 기기에 이 코드를 입력해 주세요.`,
  codeUntil: (time) =>
    `${time}까지 한 번만 쓸 수 있습니다. 기존 기기는 새 기기를 연결할 때까지 그대로 작동합니다.`,
  news: {
    delivered: "키오스크에 전달했습니다.",
    waits: "10분 안에 키오스크가 응답하면 바로 전달합니다.",
    removed: "키오스크를 삭제했습니다. 키는 더 이상 쓸 수 없고, 시도 기록은 남습니다.",
    noText: "메시지를 200자 이내로 입력해 주세요.",
  },
  empty: "아직 키오스크가 없습니다",
  emptyHint: "아래에서 추가하고 기기에 코드를 입력해 주세요.",
};
