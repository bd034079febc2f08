import { deepEqual, equal } from "node:assert/strict";
import { eventFacts } from "../../../lib/missions/event_facts.ts";
import {
  describeEvent,
  EVENT_TYPES,
  NO_LIVE_FILTER,
  parseLiveFilter,
  toLiveQuery,
} from "../../../lib/missions/view.ts";
import { LOCALES } from "../../../lib/ui/locale.ts";

interface Case {
  readonly eventType: string;
  readonly data: Record<string, unknown>;
  readonly path?: number;
  readonly en: string;
  readonly ko: string;
}

const CASES: readonly Case[] = [
  {
    eventType: "portfolio_creation_step",
    data: { step: 3, timeOnStep: 12.5 },
    en: "Step 3 completed in 12.5s",
    ko: "3단계 완료 (12.5초)",
  },
  {
    eventType: "vocabulary_card_clicked",
    data: { cardTitle: "ETF" },
    path: 2,
    en: 'Card "ETF" clicked on path 2',
    ko: '경로 2에서 카드 "ETF" 클릭',
  },
  {
    eventType: "mission_quitted",
    data: { quitAtStep: 2, timeBeforeQuit: 45, feedback: "너무 어려워요" },
    en: "Quit at step 2 after 45s",
    ko: "45초 후 2단계에서 포기",
  },
  {
    eventType: "vocabulary_card_clicked",
    data: { cardTitle: "ETF" },
    en: 'Card "ETF" clicked',
    ko: '카드 "ETF" 클릭',
  },
  {
    eventType: "page_view",
    data: { url: "/portfolio/create/auto?token=secret#x" },
    en: "Viewed /portfolio/create/auto",
    ko: "/portfolio/create/auto 화면 열람",
  },
  {
    eventType: "search_performed",
    data: { searchQuery: "my own name", resultCount: 1 },
    en: "Searched, 1 result",
    ko: "검색, 결과 1건",
  },
  {
    eventType: "mission_rating_submitted",
    data: { rating: 4, feedback: "private" },
    en: "Rated 4★",
    ko: "평가 4★",
  },
  { eventType: "mission_quitted", data: {}, en: "Quit", ko: "포기" },
  {
    eventType: "mission_completed",
    data: { totalDuration: 390 },
    en: "Mission completed in 6m 30s",
    ko: "6분 30초 만에 미션 완료",
  },
  {
    eventType: "input_interaction",
    data: { inputId: "portfolio-name", action: "focus" },
    en: 'Input "portfolio-name" selected',
    ko: '입력란 "portfolio-name" 선택',
  },
  {
    eventType: "modal_interaction",
    data: { modalType: "mission_complete", action: "close" },
    en: 'Dialog "Mission complete" closed',
    ko: '대화창 "미션 완료" 닫기',
  },
  {
    eventType: "modal_interaction",
    data: { modalType: "settings", action: "swiped_away" },
    en: 'Dialog "settings" used',
    ko: '대화창 "settings" 사용',
  },
  {
    eventType: "bookmark_toggled",
    data: { itemType: "etf", action: "add" },
    en: "ETF bookmark added",
    ko: "ETF 북마크 추가",
  },
  {
    eventType: "bookmark_toggled",
    data: { itemType: "constructor", action: "toString" },
    en: "Bookmark changed",
    ko: "북마크 변경",
  },
  {
    eventType: "navigation_clicked",
    data: { from: "/home", to: "/search" },
    en: "Went to /search",
    ko: "/search 화면으로 이동",
  },
  {
    eventType: "constructor",
    data: {},
    en: "An event of another kind",
    ko: "그 밖의 이벤트",
  },
];

for (const { eventType, data, path, en, ko } of CASES) {
  Deno.test(`[M-48] describeEvent() says "${en}"`, () => {
    const facts = eventFacts({ eventType, data, path });
    equal(describeEvent({ eventType, facts }, "en"), en);
    equal(describeEvent({ eventType, facts }, "ko"), ko);
  });
}

Deno.test("[M-31][M-32] every event type of the document has a sentence in both languages", () => {
  for (const eventType of EVENT_TYPES) {
    for (const locale of LOCALES) {
      const sentence = describeEvent({ eventType, facts: {} }, locale);
      equal(/undefined|NaN/.test(sentence), false, sentence);
      equal(sentence.length > 0, true);
    }
  }
});

Deno.test("[M-48] no sentence shows a code of the client as it is", () => {
  for (const eventType of ["input_interaction", "modal_interaction", "bookmark_toggled"]) {
    for (const action of ["focus", "blur", "change", "open", "close", "add", "remove", "other"]) {
      for (const locale of LOCALES) {
        const sentence = describeEvent({ eventType, facts: { action } }, locale);
        equal(new RegExp(`\\b${action}\\b`).test(sentence), false, sentence);
      }
    }
  }
});

Deno.test("[T-M30] eventFacts() leaves out what visitors typed", () => {
  const data = {
    feedback: "my phone is 010-1234-5678",
    searchQuery: "my name",
    portfolioName: "Kim's plan",
    rating: 4,
    resultCount: 2,
    etfCount: 5,
  };
  for (const eventType of EVENT_TYPES) {
    const text = JSON.stringify(eventFacts({ eventType, data }));
    equal(/010|name|Kim/.test(text), false, text);
  }
});

Deno.test("[M-48] eventFacts() takes no value of a wrong kind, and shortens long text", () => {
  deepEqual(
    eventFacts({
      eventType: "portfolio_creation_step",
      data: { step: { a: 1 }, timeOnStep: "soon" },
    }),
    {},
  );
  deepEqual(
    eventFacts({ eventType: "portfolio_creation_step", data: { step: 1.5, timeOnStep: -3 } }),
    {},
  );
  deepEqual(
    eventFacts({ eventType: "portfolio_creation_step", data: { step: "2", timeOnStep: "8.5" } }),
    { step: 2, seconds: 8.5 },
  );
  const { title } = eventFacts({
    eventType: "card_clicked",
    data: { cardTitle: "가".repeat(500) },
  });
  equal(title?.length, 60);
});

Deno.test("[M-48] eventFacts() takes out marks that turn the text around them", () => {
  const { title } = eventFacts({
    eventType: "card_clicked",
    data: { cardTitle: "a\u202Egnp.exe\u0007\n" },
  });
  equal(title, "agnp.exe");
});

Deno.test("[M-48] a filter of the live stream survives its address", () => {
  for (
    const query of ["", "?mission=portfolio", "?mission=portfolio&type=page_view&relevant=false"]
  ) {
    equal(toLiveQuery(parseLiveFilter(new URLSearchParams(query))), query);
  }
  deepEqual(parseLiveFilter(new URLSearchParams("relevant=maybe&mission=")), NO_LIVE_FILTER);
});
