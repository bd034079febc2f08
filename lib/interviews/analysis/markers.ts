import type { QuestionType } from "../schema.ts";

/**
 * What the local analyser looks for, in both languages: an answer may mix them. Words are stems, as
 * `matching.ts` finds them.
 */

const SITUATION = [
  ...["당시", "상황", "작년", "지난", "예전", "이전", "처음", "때 ", "년 전", "개월 전", "학기"],
  ...["when ", "while ", "last year", "last spring", "years ago", "at the time", "once ", "in my"],
];
const TASK = [
  ...["목표", "과제", "문제", "맡", "담당", "해야", "필요", "역할", "모자", "걱정"],
  ...["goal", "problem", "task", "responsible", "had to", "need", "role", "asked to", "missing"],
];
const ACTION = [
  ...[
    "제가",
    "저는",
    "제안",
    "도입",
    "만들",
    "바꾸",
    "바꿨",
    "분석",
    "조사",
    "나누",
    "고쳤",
    "수정",
  ],
  ...[
    "i proposed",
    "i introduced",
    "i built",
    "i changed",
    "i wrote",
    "i made",
    "i fixed",
    "i led",
  ],
  ...["i moved", "i split", "i asked", "i analysed", "i analyzed", "i measured", "i added", "so i"],
  ...["i created", "i designed", "i set", "i tested", "i sorted", "i found", "i replaced", "i ran"],
];
const RESULT = [
  ...[
    "결과",
    "덕분",
    "줄었",
    "줄어",
    "줄고",
    "올랐",
    "늘었",
    "늘어",
    "감소",
    "증가",
    "달성",
    "성공",
  ],
  ...["되었", "성과", "절감", "회복"],
  ...["as a result", "result", "fell", "rose", "increas", "reduc", "grew", "improved", "saved"],
  ...["achiev", "outcome", "went from", "dropped"],
];
const REASON = [
  ...["때문", "이유", "원인", "왜냐", "따라서", "그래서", "므로", "위해", "보다"],
  ...[
    "because",
    "reason",
    "cause",
    "therefore",
    "so that",
    "which means",
    "instead",
    "rather than",
  ],
];
const EXAMPLE = [
  ...["예를 들", "예로", "실제로", "사례", "경험", "프로젝트"],
  ...["for example", "for instance", "in my last", "in a project", "such as", "once ", "last year"],
];
const ORDER = [
  ...["먼저", "우선", "그다음", "다음으로", "이후", "마지막", "첫째", "둘째", "단계", "동시에"],
  ...["first", "then", "next", "after", "finally", "second", "step", "at the same time", "before"],
];
const PLAN = [
  ...["하겠", "합니다", "확인", "협의", "공유", "제안", "결정"],
  ...[
    "i would",
    "i will",
    "i'd",
    "i'll",
    "i check",
    "i ask",
    "i tell",
    "i look",
    "i share",
    "i sit",
  ],
  ...["i confirm", "i revoke", "i help", "i drop", "i group"],
];

/** The four parts that an answer to a question of a type should have. */
export const PARTS: Record<QuestionType, readonly (readonly [name: PartName, string[]])[]> = {
  behavioral: [["situation", SITUATION], ["task", TASK], ["action", ACTION], ["result", RESULT]],
  technical: [["reason", REASON], ["example", EXAMPLE], ["action", ACTION], ["result", RESULT]],
  situational: [["order", ORDER], ["plan", PLAN], ["example", EXAMPLE], ["result", RESULT]],
};
export type PartName =
  | "situation"
  | "task"
  | "action"
  | "result"
  | "reason"
  | "example"
  | "order"
  | "plan";

export const CONNECTIVES = [
  ...[
    "먼저",
    "그다음",
    "그래서",
    "따라서",
    "하지만",
    "반면",
    "때문",
    "이후",
    "마지막",
    "대신",
    "그 결과",
  ],
  ...["그러나", "또한", "만약", "예를 들", "다만"],
  ...["first", "then", "because", "so ", "therefore", "however", "after", "finally", "instead"],
  ...["as a result", "but ", "although", "since", "for example", "while", "rather than", "if "],
];
export const EXAMPLES = EXAMPLE;
export const RESULTS = RESULT;
export const OWN_ACTIONS = ACTION;

/** Said by everybody of themselves, and telling nothing. */
export const EMPTY_PHRASES = [
  ...["열심히 하겠", "열심히 노력", "최선을 다하", "최선을 다해", "무엇이든", "뭐든지", "성실하게"],
  ...[
    "책임감이 강",
    "책임감 있게",
    "노력하겠",
    "잘할 자신",
    "자신 있습니다",
    "배우는 자세",
    "열정을 가지고",
  ],
  ...[
    "긍정적인 마인드",
    "소통을 중요",
    "꼭 필요한 인재",
    "뽑아만 주",
    "뼈를 묻",
    "잘 모르겠",
    "최고의",
  ],
  ...["hard worker", "hard-working", "hardworking", "team player", "110%", "do my best", "my best"],
  ...["passionate about everything", "very passionate", "fast learner", "quick learner"],
  ...["outside the box", "people person", "detail-oriented", "go-getter", "whatever it takes"],
  ...[
    "best candidate",
    "perfectionist",
    "synerg",
    "dynamic",
    "i don't know",
    "not sure",
    "very good at",
  ],
];

/** Small words that make a list of nouns a sentence. */
export const FUNCTION_WORDS = new Set(
  ("a an the i we you it they he she my our his her their this that these those to of in on at by " +
    "for with from as and or but so if when while because than then was were is are be been had " +
    "have has do did not no would will can could which who what how why into over after before " +
    "about only also each all both more less up out me them us its there").split(" "),
);
/** Endings of verbs, and those particles of nouns that nouns themselves seldom end in. */
export const KOREAN_ENDING =
  /(은|는|을|를|에|에서|에게|로|부터|까지|보다|처럼|고|며|면|서|니|데|지만|다|어요|아요|해요|던|할|될|된|게|므로|려고)$/;
