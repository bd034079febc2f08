import { createNumbers } from "../numbers.ts";
import type { Words } from "../words.ts";

const { shortDuration } = createNumbers("ko");

/** 로그인 전 페이지와 오류 페이지의 말. */
export const loginKo: Words["login"] = {
  title: "로그인",
  lead: "전시 운영자 전용입니다.",
  username: "사용자 이름",
  password: "비밀번호",
  secondFactor: "인증 코드로 로그인",
  code: "인증 코드",
  codeHint: "2단계 인증을 켠 계정이면 인증 앱의 숫자 6자리",
  submit: "로그인",
  problems: {
    credentials: "사용자 이름 또는 비밀번호가 맞지 않습니다.",
    code: "비밀번호를 다시 입력하고, 인증 앱에 지금 표시된 코드를 입력해 주세요.",
  },
  throttled: (seconds) =>
    `시도가 너무 많습니다. ${shortDuration(seconds)} 뒤에 다시 시도해 주세요.`,
  signedOut: "로그아웃했습니다.",
};

export const setupKo: Words["setup"] = {
  title: "첫 관리자 만들기",
  lead: "이 링크는 한 번만 쓸 수 있습니다. 전시 화면을 운영할 관리자를 정하세요.",
  username: "사용자 이름",
  usernameHint: "영문 소문자, 숫자, 점, 붙임표, 밑줄 3–40자",
  password: "비밀번호",
  passwordHint: "12자 이상, 128자 이하",
  again: "비밀번호 확인",
  submit: "만들고 로그인",
  problems: {
    username: "영문 소문자, 숫자, 점, 붙임표, 밑줄로 3–40자를 입력하세요.",
    tooShort: "12자 이상 입력하세요.",
    tooLong: "128자 이하로 입력하세요.",
    common: "누구나 먼저 시도하는 비밀번호입니다. 다른 비밀번호를 입력하세요.",
    mismatch: "두 비밀번호가 다릅니다.",
  },
  deadTitle: "더 이상 쓸 수 없는 링크입니다",
  dead: "이미 썼거나 30분이 지났습니다. 서버를 다시 시작하면 새 링크가 나옵니다.",
  toLogin: "로그인으로 가기",
};

export const errorKo: Words["error"] = {
  titles: {
    400: "이해할 수 없는 요청입니다",
    401: "로그인이 필요합니다",
    403: "권한이 없습니다",
    404: "찾을 수 없습니다",
    409: "지금은 할 수 없습니다",
    413: "너무 큽니다",
    429: "요청이 너무 많습니다",
    500: "문제가 생겼습니다",
    503: "지금은 이용할 수 없습니다",
  },
  hints: {
    400: "보낸 내용을 읽을 수 없습니다. 뒤로 돌아가 다시 시도해 주세요.",
    401: "로그인 시간이 끝났습니다.",
    403: "이 화면을 열 권한이 없거나 양식이 만료되었습니다.",
    404: "없는 화면이거나 내용이 사라졌습니다.",
    409: "그사이 바뀌었거나 이미 처리되었습니다. 화면을 다시 열어 주세요.",
    413: "받을 수 있는 크기를 넘었습니다.",
    429: "잠시 뒤에 다시 열어 주세요.",
    500: "기록해 두었습니다. 문의할 때 아래 번호를 알려 주세요.",
    503: "서버가 시작 중이거나 바쁩니다. 잠시 뒤에 다시 열어 주세요.",
  },
  request: "요청 번호",
  home: "현황으로 돌아가기",
  signIn: "로그인",
  reload: "다시 시도",
};
