import { equal, match } from "node:assert/strict";
import { type LiveEvent, NO_LIVE_FILTER } from "../../../lib/missions/view.ts";
import { LivePage } from "../../../routes/admin/live.tsx";
import { aLiveEvent } from "../../support/live_events.ts";
import { aUi, renderPage } from "../../support/page.ts";

const MISSION = {
  missionType: "portfolio",
  name: { ko: "포트폴리오 제작 미션", en: "Build a portfolio" },
};

function live(events: readonly LiveEvent[], filter = NO_LIVE_FILTER) {
  const ui = aUi("en", "/admin/missions/live");
  const view = { asOf: "2025-01-19T01:40:00.000Z", missions: [MISSION], filter, events };
  return renderPage(<LivePage ui={ui} view={view} />, ui);
}

Deno.test("[M-48] a line has mark, time, sentence, mission, event type and the attempt's link", () => {
  const { text, html } = live([aLiveEvent(1)]);
  match(
    text,
    /Mission event 10:35:45 Step 3 completed in 12\.5s Build a portfolio portfolio_creation_step …456789/,
  );
  match(html, /href="\/admin\/attempts\/attempt_1737285000000123456789"/);
});

Deno.test("[M-48] a quit has another mark than what goes well", () => {
  const quit = aLiveEvent(1, { eventType: "mission_quitted", facts: { step: 2, seconds: 45 } });
  const { text, html } = live([quit]);
  match(text, /Ended early 10:35:45 Quit at step 2 after 45s/);
  match(html, /mark--bad/);
});

Deno.test("[M-48] without script the filter is a form, and the page says that it stands still", () => {
  const { html, text } = live([], { ...NO_LIVE_FILTER, relevance: "general" });
  match(html, /<form[^>]*action="\/admin\/missions\/live" method="get"/);
  match(html, /<button class="button" type="submit">Apply/);
  match(text, /No event passes this filter/);
  match(text, /As of 10:40:00\. Shown as it was when the page was loaded\. Reload/);
});

Deno.test("[M-48] a mission that is gone from the definitions is named by its type", () => {
  match(live([aLiveEvent(1, { missionType: "old_one" })]).text, /old_one/);
  equal(live([aLiveEvent(1)]).text.includes("undefined"), false);
});
