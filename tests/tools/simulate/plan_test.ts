import assert from "node:assert/strict";
import { SHIPPED_MISSIONS } from "../../../lib/missions/definitions.ts";
import type { Ending, Persona } from "../../../tools/simulate/persona.ts";
import { planVisit, toVisit } from "../../../tools/simulate/plan.ts";
import { createRandom } from "../../../tools/simulate/random.ts";
import type { Visit } from "../../../tools/simulate/visit.ts";

const random = createRandom("plan test");
const visits = Array.from({ length: 600 }, (_, i) => planVisit(random, i + 1));

const persona: Persona = {
  mission: "portfolio",
  path: null,
  pace: 1,
  curiosity: 0,
  ending: { kind: "completed", rating: { value: 4, feedback: "좋아요", by: "both" }, reports: 1 },
  habits: { sendsOpenedVia: true, sendsRelevance: false, sendsQuitKind: true },
};

const visitOf = (changes: Partial<Persona>) =>
  toVisit({ ...persona, ...changes }, { random, number: 1 });
const typesOf = (visit: Visit) => visit.events.map((it) => it.eventType);
const dataOf = (visit: Visit, eventType: string) =>
  visit.events.find((it) => it.eventType === eventType)?.data ?? assert.fail(eventType);

Deno.test("planVisit() gives the same visits again for the same seed", () => {
  const again = Array.from({ length: 600 }, (_, i) => planVisit(createRandom("plan test"), i + 1));
  assert.deepEqual(again, visits);
  assert.notDeepEqual(planVisit(createRandom("other"), 1), visits[0]);
});

Deno.test("every mission event of the document is played", () => {
  const played = new Set(visits.flatMap(typesOf));
  for (const mission of SHIPPED_MISSIONS) {
    for (const eventType of mission.relevantEvents) assert.ok(played.has(eventType), eventType);
  }
});

Deno.test("every general event is played, and one that the document does not know", () => {
  const played = new Set(visits.flatMap(typesOf));
  const general = ["button_clicked", "navigation_clicked", "input_interaction", "card_clicked"];
  for (const it of [...general, "modal_interaction", "search_performed", "bookmark_toggled"]) {
    assert.ok(played.has(it), it);
  }
  assert.ok(played.has("content_viewed"));
});

Deno.test("seq counts from 1 and time moves on with every event", () => {
  for (const { events } of visits) {
    events.forEach((event, i) => {
      assert.equal(event.seq, i + 1);
      if (i > 0) assert.ok(event.offsetMs > events[i - 1].offsetMs);
    });
  }
});

Deno.test("the five portfolio steps carry the fields of real clients", () => {
  const visit = visitOf({});
  const steps = visit.events.filter((it) => it.eventType === "portfolio_creation_step");
  const common = ["step", "stepName", "timeOnStep"];
  const fields = [
    ["selectedValue", "selectedLabel"],
    ["selectedValue", "selectedLabel"],
    ["portfolioItems", "totalWeight", "adjustmentCount"],
    ["portfolioName", "nameLength", "inputTime"],
    ["initialPercentage", "finalPercentage", "wasAdjusted", "scrollCount"],
  ];
  assert.deepEqual(
    steps.map((it) => Object.keys(it.data).sort()),
    fields.map((own) => [...common, ...own].sort()),
  );
  assert.equal(steps[2].data.totalWeight, 100);
});

Deno.test("the portfolio's pages are those of the mission's definition", () => {
  const [portfolio] = SHIPPED_MISSIONS;
  const urls = visitOf({}).events.filter((it) => it.eventType === "page_view").map((it) =>
    it.data.url
  );
  assert.deepEqual(
    urls.filter((url) => String(url).includes("/create/auto")),
    portfolio.steps.map((it) => it.page),
  );
});

Deno.test("the word card is opened by the three paths in about their shares", () => {
  const paths = visits.flatMap((it) => it.persona.path ?? []);
  const share = (path: string) => paths.filter((it) => it === path).length / paths.length;
  assert.ok(Math.abs(share("path1_vocabulary") - 30 / 80) < 0.07);
  assert.ok(Math.abs(share("path2_search") - 45 / 80) < 0.07);
  assert.ok(Math.abs(share("path3_etfDetail") - 5 / 80) < 0.05);
});

Deno.test("an opened card names its path, or leaves it to the last page", () => {
  const habits = { ...persona.habits, sendsOpenedVia: false };
  const base = { mission: "vocabulary", path: "path3_etfDetail" } as const;
  assert.equal(dataOf(visitOf(base), "vocabulary_detail_viewed").openedVia, "etf_detail");
  const silent = visitOf({ ...base, habits });
  assert.equal("openedVia" in dataOf(silent, "vocabulary_detail_viewed"), false);
  const viewed = typesOf(silent).indexOf("vocabulary_detail_viewed");
  const pages = silent.events.slice(0, viewed).filter((it) => it.eventType === "page_view");
  assert.match(String(pages[pages.length - 1].data.url), /^\/etf\/\w+\/detail$/);
});

Deno.test("a client may report its completion more than once", () => {
  const visit = visitOf({ ending: { kind: "completed", rating: null, reports: 3 } });
  assert.deepEqual(typesOf(visit).slice(-3), Array(3).fill("mission_completed"));
  assert.deepEqual(visit.expectedStatuses, ["completed"]);
  assert.equal(visit.expectedReview, null);
});

Deno.test("a rating goes by REST, by the socket or by both, with one content", () => {
  const rated = (by: "rest" | "socket" | "both") =>
    visitOf({
      ending: { kind: "completed", rating: { value: 2, feedback: null, by }, reports: 1 },
    });
  const [rest, socket, both] = [rated("rest"), rated("socket"), rated("both")];
  assert.equal(rest.restReview?.rating, 2);
  assert.equal(typesOf(rest).includes("mission_rating_submitted"), false);
  assert.equal(socket.restReview, null);
  assert.equal(dataOf(socket, "mission_rating_submitted").ratingText, "어려움");
  assert.ok(both.restReview !== null && typesOf(both).includes("mission_rating_submitted"));
  for (const visit of [rest, socket, both]) {
    const expected = { rating: 2, ratingText: "어려움", feedback: null, hasFeedback: false };
    assert.deepEqual(visit.expectedReview, expected);
  }
});

interface LeavingCase {
  readonly name: string;
  readonly ending: Ending;
  readonly statuses: readonly string[];
  readonly quitKind?: string;
}

const LEAVINGS: readonly LeavingCase[] = [
  {
    name: "by the button",
    ending: { kind: "left", by: "user", at: 3, reason: "너무 어려워요" },
    statuses: ["quitted"],
    quitKind: "user",
  },
  {
    name: "by two minutes of silence",
    ending: { kind: "left", by: "idle", at: 1, reason: "자동 포기 (2분 비활동)" },
    statuses: ["quitted"],
    quitKind: "idle",
  },
  {
    name: "by a reset at the rating",
    ending: { kind: "left_at_rating", by: "reset" },
    statuses: ["completed"],
    quitKind: "reset",
  },
  {
    name: "without a word",
    ending: { kind: "left", by: "silent", at: 2, reason: "" },
    statuses: ["in_progress", "expired"],
  },
  {
    name: "without a word at the rating",
    ending: { kind: "left_at_rating", by: "silent" },
    statuses: ["in_progress", "completed"],
  },
];

for (const { name, ending, statuses, quitKind } of LEAVINGS) {
  Deno.test(`a visitor leaves ${name}`, () => {
    const visit = visitOf({ ending });
    assert.deepEqual(visit.expectedStatuses, statuses);
    const quit = visit.events.find((it) => it.eventType === "mission_quitted");
    assert.equal(quit?.data.quitKind, quitKind);
    if (ending.kind === "left") {
      const last = visit.events.filter((it) => it.eventType === "portfolio_creation_step").pop();
      assert.equal(last?.data.step ?? 0, ending.at - 1);
      assert.equal(quit?.data.quitAtStep, quit === undefined ? undefined : ending.at);
    }
  });
}
