import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type Analyser, localAnalyser } from "../../../../lib/interviews/mod.ts";
import { ANSWER } from "../../../support/analysing.ts";
import { eventually } from "../../../support/eventually.ts";
import { readEvents } from "../../../support/event_stream.ts";
import { practising } from "../../../support/practising.ts";

/** Judges when it is told to. */
function waiting(): { readonly analyser: Analyser; readonly go: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    analyser: {
      async analyse(submission, signal) {
        await promise;
        return await localAnalyser.analyse(submission, signal);
      },
    },
    go: resolve,
  };
}

Deno.test("[P-38][V-08] a page that waits for feedback is told each step, and looks again without script", async () => {
  const { analyser, go } = waiting();
  await using it = await practising({ parts: { analyser } });
  const { kim } = it;
  const interview = await kim.start();
  const path = (await kim.answer(interview)).headers.get("location")!;
  const pending = await kim.read(path);
  match(pending, /<noscript><meta http-equiv="refresh" content="3"\s*\/?><\/noscript>/);
  match(pending, /Your answer is being looked at/);
  const head = await it.app.request(`${path}/events`, {
    method: "HEAD",
    headers: { cookie: `docent=${kim.cookies.get("docent")}` },
  });
  equal(head.headers.get("content-type"), "text/event-stream");
  await using events = readEvents(await kim.open(`${path}/events`));
  go();
  deepEqual((await events.next("end")).data, { status: "completed" });
  deepEqual(await events.rest(), []);
  const done = await kim.read(path);
  match(done, /of 100/);
  equal(done.includes("http-equiv"), false);
  await using late = readEvents(await kim.open(`${path}/events`));
  equal((await late.next("end")).data.status, "completed", "who comes late is told at once");
});

Deno.test("[P-38] an analysis that is given up can be asked for again on its page", async () => {
  let isBroken = true;
  const analyser: Analyser = {
    analyse: (submission, signal) =>
      isBroken ? Promise.reject(new Error("Broken")) : localAnalyser.analyse(submission, signal),
  };
  await using it = await practising({ parts: { analyser } });
  const { kim } = it;
  const interview = await kim.start();
  const path = (await kim.answer(interview)).headers.get("location")!;
  await eventually(async () => {
    it.clock.advance(120_000);
    it.app.docent.interviews.queue.pump();
    return /could not be analysed/.test(await kim.read(path));
  }, "the analysis is given up");
  isBroken = false;
  const page = await kim.read(path);
  const questionId = /name="questionId" value="([^"]+)"/.exec(page)![1];
  await kim.submit(`${interview}/answer`, { questionId, answer: ANSWER });
  await eventually(async () => /of 100/.test(await kim.read(path)), "the answer is judged");
});

Deno.test("[P-19][P-38] progress and skills stand on their page, in charts and tables", async () => {
  await using it = await practising();
  const { kim } = it;
  match(await kim.read("/app/practice/progress"), /Interviews completed[^]*Nothing to draw yet/);
  const interview = await kim.start();
  await kim.judged(interview);
  await kim.submit(`${interview}/finish`);
  const html = await kim.read("/app/practice/progress");
  match(html, /Interviews completed[^]*1[^]*Score by day[^]*Understanding[^]*Steady/);
  const lee = await it.join("Lee");
  match(await lee.read("/app/practice/progress"), /Nothing to draw yet/);
});

Deno.test("[P-29][T-P15] what a person writes is text on every page", async () => {
  await using it = await practising();
  const { kim } = it;
  const interview = await kim.start({ customCategory: "<script>alert(1)</script>" });
  const path = await kim.judged(interview, `${ANSWER} <img src=x onerror="alert(1)">`);
  for (const page of [path, interview, `${interview}/report`, "/app/practice"]) {
    equal(/<img src=x|<script>alert/.test(await kim.read(page)), false, page);
  }
  ok((await kim.read(path)).includes("&lt;img src=x"));
});

Deno.test("[P-38] the pages speak Korean", async () => {
  await using it = await practising();
  const interview = await it.kim.start({ language: "ko" });
  const korean = { "accept-language": "ko" };
  for (const [path, said] of [["/app/practice", "면접 시작하기"], [interview, "답변 보내기"]]) {
    ok((await (await it.kim.open(path, korean)).text()).includes(said), path);
  }
});
