import { equal, match, ok } from "node:assert/strict";
import type { Overview } from "../../../lib/missions/view.ts";
import { DashboardPage } from "../../../routes/admin/dashboard.tsx";
import { aLiveEvent, EMPTY_OVERVIEW } from "../../support/live_events.ts";
import { aUi, renderPage } from "../../support/page.ts";

const OVERVIEW: Overview = {
  ...EMPTY_OVERVIEW,
  activeConnections: 5,
  inProgress: 3,
  completedToday: 25,
  quitToday: 3,
  missions: [{
    missionType: "portfolio",
    name: { ko: "포트폴리오 제작 미션", en: "Build a portfolio" },
    inProgress: 2,
    completed: 15,
    quit: 2,
    expired: 1,
    avgSeconds: 85.4,
    avgRating: 3.8,
  }],
};

function dashboard(locale: "ko" | "en", overview = OVERVIEW) {
  const ui = aUi(locale);
  return renderPage(<DashboardPage ui={ui} view={{ overview, recent: [aLiveEvent(1)] }} />, ui);
}

Deno.test("[M-47] the dashboard shows the figures of the hall and of each mission", () => {
  const { text } = dashboard("en");
  match(text, /Active connections 5 In progress 3 Completed today 25 Quit today 3/);
  match(text, /Build a portfolio/);
  match(text, /83\.3% completed of 18 that ended/);
  match(text, /Completed 15 Quit 2 and 1 expired Avg time 85\.4s Avg ease 3\.8★/);
});

Deno.test("[M-47][T-M21] the dashboard speaks Korean, and says the exhibition's day", () => {
  const { text, html } = dashboard("ko");
  match(html, /<html lang="ko">/);
  match(text, /현재 접속 5/);
  match(text, /포트폴리오 제작 미션/);
  match(text, /2025년 1월 19일/);
});

Deno.test("[M-47] under five ended attempts counts stand in the place of a percentage", () => {
  const [mission] = OVERVIEW.missions;
  const few = { ...OVERVIEW, missions: [{ ...mission, completed: 3, quit: 1, expired: 0 }] };
  match(dashboard("en", few).text, /3 of 4/);
  const none = {
    ...OVERVIEW,
    missions: [{
      ...mission,
      completed: 0,
      quit: 0,
      expired: 0,
      avgSeconds: null,
      avgRating: null,
    }],
  };
  const { text } = dashboard("en", none);
  match(text, /No attempt has ended today/);
  equal(/NaN|null|undefined/.test(text), false);
});

Deno.test("[M-46] nothing in a page is inline, so that the CSP can forbid it", () => {
  const { html } = dashboard("en");
  equal(/\sstyle=|<style|\son[a-z]+=|javascript:/i.test(html), false);
  for (const [, attributes] of html.matchAll(/<script([^>]*)>/g)) {
    ok(/type="application\/json"|src="/.test(attributes), attributes);
  }
});

Deno.test("[M-46][T-M30] props of islands cannot close their element", () => {
  const ui = aUi();
  const event = aLiveEvent(1, {
    eventType: "card_clicked",
    facts: { title: "</script><img src=x onerror=alert(1)>" },
  });
  const { html } = renderPage(
    <DashboardPage ui={ui} view={{ overview: OVERVIEW, recent: [event] }} />,
    ui,
  );
  equal(html.includes("<img"), false);
  equal(html.match(/<\/script>/g)?.length, 2);
});

Deno.test("[T-M16] signing out is a form with the token, not a link", () => {
  const { html } = dashboard("en");
  match(
    html,
    /<form[^>]*method="post" action="\/admin\/logout"[^]*?name="_csrf" value="csrf-token"/,
  );
});
