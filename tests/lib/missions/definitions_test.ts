import assert from "node:assert/strict";
import {
  createMissions,
  type MissionDefinition,
  missionDefinitionSchema,
  SHIPPED_MISSIONS,
} from "../../../lib/missions/definitions.ts";
import { PORTFOLIO, VOCABULARY } from "../../support/mission_facts.ts";

const PORTFOLIO_2: MissionDefinition = { ...PORTFOLIO, version: 2 };

Deno.test("[M-03][T-M27] two missions are shipped, with the names of the document", () => {
  const names = SHIPPED_MISSIONS.map(({ missionType, version, name }) => [
    missionType,
    version,
    name.ko,
  ]);
  assert.deepEqual(names, [
    ["portfolio", 1, "포트폴리오 제작 미션"],
    ["vocabulary", 1, "단어카드 열람 미션"],
  ]);
});

Deno.test("[M-45] types and names of the shipped missions keep their lengths", () => {
  for (const { missionType, name } of SHIPPED_MISSIONS) {
    assert.ok(missionType.length <= 20);
    assert.ok(name.ko.length <= 100);
  }
});

Deno.test("the portfolio mission has the five steps of the field notes", () => {
  assert.deepEqual(PORTFOLIO.steps.map(({ step, name, page }) => [step, name, page]), [
    [1, "risk_type_selection", "/portfolio/create/auto"],
    [2, "style_selection", "/portfolio/create/auto/step2"],
    [3, "weight_adjustment", "/portfolio/create/auto/step3"],
    [4, "portfolio_naming", "/portfolio/create/auto/step4"],
    [5, "target_profit_selection", "/portfolio/create/auto/step5"],
  ]);
});

Deno.test("[T-M23] the vocabulary mission has three paths and a wait of three seconds", () => {
  const paths = VOCABULARY.paths.map(({ path }) => path);
  assert.deepEqual(paths, ["path1_vocabulary", "path2_search", "path3_etfDetail"]);
  assert.deepEqual(VOCABULARY.compulsoryWaits, [
    { until: "vocabulary_countdown_complete", seconds: 3 },
  ]);
});

Deno.test("[T-M06] both missions expire after a quarter of an hour without events", () => {
  assert.deepEqual(SHIPPED_MISSIONS.map(({ idleExpireSec }) => idleExpireSec), [900, 900]);
});

Deno.test("[T-M27] a mission is found in any letter case, and null when it is not defined", () => {
  const missions = createMissions(SHIPPED_MISSIONS);
  for (const asked of ["portfolio", "PORTFOLIO", "Portfolio"]) {
    assert.equal(missions.find(asked), PORTFOLIO);
  }
  for (const asked of ["", "portfolio ", "all", "constructor", "__proto__"]) {
    assert.equal(missions.find(asked), null, asked);
  }
});

Deno.test("[T-M27] missions are named once each, however many versions there are", () => {
  const missions = createMissions([PORTFOLIO, PORTFOLIO_2, VOCABULARY]);
  assert.deepEqual(missions.types, ["portfolio", "vocabulary"]);
});

Deno.test("new attempts get the newest version, old ones keep theirs while it is there", () => {
  const missions = createMissions([PORTFOLIO, PORTFOLIO_2]);
  assert.equal(missions.find("portfolio"), PORTFOLIO_2);
  assert.equal(missions.version("portfolio", 1), PORTFOLIO);
  assert.equal(missions.version("portfolio", 7), PORTFOLIO_2);
});

Deno.test("an attempt of a mission that is gone can still be read, under its bare type", () => {
  const bare = createMissions([VOCABULARY]).version("portfolio", 1);
  assert.equal(bare.name.ko, "portfolio");
  assert.deepEqual([bare.steps, bare.paths, bare.success], [[], [], []]);
});

const BAD: readonly [name: string, change: Record<string, unknown>][] = [
  ["a type with capital letters", { missionType: "Portfolio" }],
  ["a type over 20 characters", { missionType: `m${"x".repeat(20)}` }],
  ["a name over 100 characters", { name: { ko: "x".repeat(101), en: "x" } }],
  ["no way to succeed", { success: [] }],
  ["an idle cap of nothing", { idleAfterSec: 0 }],
  ["a key that nothing reads", { idleExpire: 900 }],
  ["a rule with a key that nothing reads", { success: [{ event: "done", when: {} }] }],
];

for (const [name, change] of BAD) {
  Deno.test(`a definition with ${name} is refused`, () => {
    assert.equal(missionDefinitionSchema.safeParse(PORTFOLIO).success, true);
    assert.equal(missionDefinitionSchema.safeParse({ ...PORTFOLIO, ...change }).success, false);
  });
}
