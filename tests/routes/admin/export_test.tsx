import { deepEqual, equal, match, ok } from "node:assert/strict";
import { ExportPage, type ExportView } from "../../../routes/admin/export.tsx";
import { openBrowser } from "../../support/browser.ts";
import { exportFacts } from "../../support/facts_file.ts";
import { aUi, renderPage } from "../../support/page.ts";
import { person } from "../../support/person.ts";
import { testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";
import { playVisit } from "../../support/visits.ts";

const VIEW: ExportView = {
  missions: [{ missionType: "portfolio", name: { ko: "포트폴리오 제작", en: "Build" } }],
  mayImport: true,
  report: null,
  problem: null,
};

function page(change: Partial<ExportView> = {}, locale: "ko" | "en" = "en") {
  const ui = aUi(locale, "/admin/export");
  return renderPage(<ExportPage ui={ui} view={{ ...VIEW, ...change }} />, ui);
}

Deno.test("[M-18][M-55] the export page is a form of the export's address, useful without script", () => {
  const { html, text } = page();
  match(html, /<form[^>]*action="\/api\/admin\/export" method="get"/);
  for (const name of ["entity", "format", "missionType", "startDate", "endDate"]) {
    ok(html.includes(`name="${name}"`), name);
  }
  for (const value of ["attempts", "events", "reviews", "csv", "json", "ndjson", "portfolio"]) {
    ok(html.includes(`value="${value}"`), value);
  }
  match(html, /name="entity" value="attempts" checked/);
  match(html, /name="format" value="csv" checked/);
  match(html, /href="\/api\/admin\/export\?entity=facts"/);
  match(html, /href="\/api\/admin\/export\/codebook\?format=csv"/);
  match(text, /Whole days in Asia\/Seoul/);
  match(page({}, "ko").text, /Asia\/Seoul 기준/);
});

Deno.test("[M-18] the import form is there for who may import, its token before its file", () => {
  const { html } = page();
  match(html, /<form[^>]*action="\/admin\/export\/import" enctype="multipart\/form-data"/i);
  ok(html.indexOf('name="_csrf"') < html.indexOf('type="file"'));
  equal(page({ mayImport: false }).html.includes('type="file"'), false);
});

Deno.test("[M-18] the page tells what became of a file, refused lines with their reasons", () => {
  const faults = [{ line: 7, message: "Line is not a fact", expected: "a JSON object" }];
  const report = { lines: 1_204, imported: 1_203, known: 0, refused: 1, attempts: 30, faults };
  const { text } = page({ report });
  match(text, /Lines 1,204 Stored now 1,203 Were here before 0 Refused 1 Attempts that are new 30/);
  match(text, /7 Line is not a fact, expected: a JSON object/);
  match(page({ problem: "conflict" }, "ko").text, /다른 가져오기가 진행 중/);
});

/** The import form as a browser sends it. */
function formWith(csrf: string, file: string | null): FormData {
  const form = new FormData();
  form.append("_csrf", csrf);
  form.append("facts", new Blob(file === null ? [] : [file]), file === null ? "" : "facts.ndjson");
  return form;
}

const PATH = "/admin/export/import";

async function factsFile(): Promise<string> {
  await using source = await testApp({ parts: { clock: testClock() } });
  await playVisit(source.docent.missions);
  const facts = await exportFacts(source.docent.missions);
  return facts.map((fact) => JSON.stringify(fact)).join("\n");
}

Deno.test("[M-18] a file of facts is imported by the form without script, twice to the same end", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const browser = openBrowser(app);
  await browser.signIn();
  const csrf = await browser.csrfToken();
  const file = await factsFile();
  const lines = file.split("\n").length;
  const counts = [];
  for (const text of [`${file}\nnot a fact\n`, file]) {
    const answer = await browser.send(PATH, formWith(csrf, text));
    equal(answer.status, 200);
    const html = await answer.text();
    counts.push([...html.matchAll(/<dd[^>]*>(?:<[^>]+>)*([\d,]+)/g)].map(([, n]) => Number(n)));
    // Numbered as in the file, whatever stands before it in the form.
    equal(html.includes(`>${lines + 1}</th>`), text !== file);
  }
  deepEqual(counts, [[lines + 1, lines, 0, 1, 1], [lines, 0, lines, 0, 0]]);
  equal((await exportFacts(app.docent.missions)).length, lines);
  const audit = await (await browser.open("/admin/audit?lang=en")).text();
  equal(audit.split("Imported facts").length, 3, "both are noted down");
});

Deno.test("[M-18][T-M16] an import needs the session's token, and a role that administers", async () => {
  await using app = await testApp();
  const file = await factsFile();
  const stranger = openBrowser(app);
  const sent = await stranger.send(PATH, formWith("", file));
  deepEqual([sent.status, sent.headers.get("location")?.split("?")[0]], [303, "/admin/login"]);
  const browser = openBrowser(app);
  await browser.signIn();
  const csrf = await browser.csrfToken();
  for (const wrong of ["", `${csrf}x`]) {
    equal((await browser.send(PATH, formWith(wrong, file))).status, 403);
  }
  const late = new FormData();
  late.append("facts", new Blob([file]), "facts.ndjson");
  late.append("_csrf", csrf);
  equal((await browser.send(PATH, late)).status, 403, "the token must come before the file");
  const foreign = { origin: "https://evil.example" };
  equal((await browser.send(PATH, formWith(csrf, file), foreign)).status, 403);
  const researcher = await person(app, "researcher");
  equal((await researcher.send("POST", PATH, {})).status, 403);
  equal((await (await person(app, "viewer")).get("/admin/export")).status, 403);
  const page = (await researcher.get("/admin/export")).body;
  deepEqual([page.includes('name="entity"'), page.includes('type="file"')], [true, false]);
  equal((await exportFacts(app.docent.missions)).length, 0);
});

Deno.test("[M-18] a form without a file, or that is none, is told apart from a good one", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  await browser.signIn();
  const csrf = await browser.csrfToken();
  const empty = await browser.send(PATH, formWith(csrf, null));
  equal(empty.status, 400);
  match(await empty.text(), /먼저 파일을 고르세요|Choose a file first/);
  const other = await browser.send(PATH, { _csrf: csrf });
  equal(other.status, 415);
});
