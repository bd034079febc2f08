/**
 * `deno run -A --unstable-kv bench/interviews.ts`: whether interview practice keeps the times that
 * document 5 asks for (P-32). Prints a table and writes it to `bench/results/interviews.md`.
 */
import { judge } from "../lib/interviews/mod.ts";
import { SHIPPED_QUESTIONS } from "../lib/interviews/questions/shipped.ts";
import { TARGETS_SEC } from "../lib/targets.ts";
import { startChild } from "./child.ts";
import { machineName, table } from "./machine.ts";
import { type Candidate, fillPeople, signInAs } from "./practice.ts";

/** What a keen person has behind them: their figures, and their export, are made of it. */
const SESSIONS = 300;
const ANSWERS_EACH = 3;
const OTHERS = 20;
const QUEUED = 100;
const REPEATS = 200;
const SIGN_INS = 30;
const POLL_MS = 5;
const LOCAL_TARGET_MS = 20;

const report = (line: string) => console.error(line);
const rows: string[][] = [];

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const shown = (time: number) => time.toFixed(time < 10 ? 1 : 0);

/** Adds a row of the table. */
function note(what: string, targetMs: number, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const figures = [0.5, 0.95, 1].map((share) => shown(at(sorted, share)));
  const inTime = times.filter((time) => time < targetMs).length;
  rows.push([what, String(targetMs), String(times.length), ...figures, `${inTime}`]);
  report(`${what}: ${figures} ms`);
}

async function repeated(what: string, targetSec: number, once: () => Promise<number>) {
  const times: number[] = [];
  for (let count = 0; count < REPEATS; count++) times.push(await once());
  note(what, targetSec * 1000, times);
}

function benchRubric(): void {
  for (const [language, name] of [["ko", "Korean"], ["en", "English"]] as const) {
    const question = SHIPPED_QUESTIONS.find(({ questionId }) =>
      questionId === `backend-1-${language}`
    )!;
    const answer = question.sampleAnswer.repeat(40).slice(0, 5_000);
    const times = Array.from({ length: REPEATS }, () => {
      const from = performance.now();
      judge({
        ...{ question, answer, language, category: "backend", customCategory: null },
        ...{ userLevel: "mid", previousAnswers: [], sessionSec: 60 },
      });
      return performance.now() - from;
    });
    note(`rubric, 5 000 characters of ${name}`, LOCAL_TARGET_MS, times);
  }
}

const answerTo = (questionId: string) =>
  SHIPPED_QUESTIONS.find((question) => question.questionId === questionId)!.sampleAnswer;

/** A session with so many answers, not waited for; gives the ids of their analyses. */
async function practise(who: Candidate, answers: number, started?: (ms: number) => void) {
  const begun = await who.ask("POST", "/api/sessions", { category: "backend", language: "en" });
  started?.(begun.ms);
  const sessionId = begun.data.id;
  let question = begun.data.currentQuestion;
  const analysisIds: string[] = [];
  for (let count = 0; count < answers; count++) {
    const { questionId } = question;
    const body = { sessionId, questionId, answer: answerTo(questionId) };
    analysisIds.push((await who.ask("POST", "/api/analysis/answer", body)).data.id);
    const next = await who.ask("POST", `/api/sessions/${sessionId}/next`, {});
    question = next.data.question;
  }
  return analysisIds;
}

/** Until an analysis is completed. */
async function judged(who: Candidate, analysisId: string): Promise<void> {
  while ((await who.ask("GET", `/api/analysis/${analysisId}`)).data.status !== "completed") {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function benchSignIn(url: string, emails: readonly string[]): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < SIGN_INS; n++) times.push((await signInAs(url, emails[n % OTHERS])).ms);
  note("sign-in", TARGETS_SEC.auth * 1000, times);
}

async function benchQuestions(who: Candidate): Promise<void> {
  const { questions, auth } = TARGETS_SEC;
  await repeated("own profile", auth, async () => (await who.ask("GET", "/api/auth/profile")).ms);
  const path = "/api/questions?category=backend&language=en";
  await repeated("list of questions", questions, async () => (await who.ask("GET", path)).ms);
  const one = "/api/questions/backend-1-en";
  await repeated("one question", questions, async () => (await who.ask("GET", one)).ms);
  await repeated("a session and its first question", questions, async () => {
    const begun = await who.ask("POST", "/api/sessions", { category: "backend" });
    return begun.ms;
  });
  let id = "";
  let left = 0;
  await repeated("next question", questions, async () => {
    if (left-- === 0) {
      id = (await who.ask("POST", "/api/sessions", { category: "backend" })).data.id;
      left = 10;
    }
    return (await who.ask("POST", `/api/sessions/${id}/next`, { skip: true })).ms;
  });
}

/** Answers that are sent at once, each until it is judged. */
async function benchQueue(who: Candidate): Promise<string> {
  const inputs = [];
  for (let count = 0; count < QUEUED; count++) {
    const begun = await who.ask("POST", "/api/sessions", { category: "backend", language: "en" });
    const { questionId } = begun.data.currentQuestion;
    inputs.push({ sessionId: begun.data.id, questionId, answer: answerTo(questionId) });
  }
  const from = performance.now();
  const sent = await Promise.all(
    inputs.map((body) => who.ask("POST", "/api/analysis/answer", body)),
  );
  // One asks, and not a hundred: they would be the load that is measured.
  const times: number[] = [];
  for (const { data } of sent) {
    await judged(who, data.id);
    times.push(performance.now() - from);
  }
  note(`an answer of ${QUEUED} sent at once, to its result`, TARGETS_SEC.analysis * 1000, times);
  return shown(Math.max(...times));
}

async function benchAnalysis(who: Candidate): Promise<void> {
  await repeated("an answer, to its result", TARGETS_SEC.analysis, async () => {
    const begun = await who.ask("POST", "/api/sessions", { category: "backend", language: "en" });
    const { questionId } = begun.data.currentQuestion;
    const from = performance.now();
    const body = { sessionId: begun.data.id, questionId, answer: answerTo(questionId) };
    await judged(who, (await who.ask("POST", "/api/analysis/answer", body)).data.id);
    return performance.now() - from;
  });
}

async function benchFigures(who: Candidate): Promise<number> {
  for (const name of ["user-stats", "progress", "skills", "benchmarks"]) {
    await repeated(
      name,
      TARGETS_SEC.analytics,
      async () => (await who.ask("GET", `/api/analytics/${name}`)).ms,
    );
  }
  let size = 0;
  for (const format of ["json", "csv"] as const) {
    const times: number[] = [];
    for (let count = 0; count < 5; count++) {
      const { ms, bytes } = await who.download(format);
      times.push(ms);
      size = Math.max(size, bytes);
    }
    note(`export, ${format.toUpperCase()}`, TARGETS_SEC.export * 1000, times);
  }
  return size;
}

async function fill(url: string, emails: readonly string[]): Promise<Candidate> {
  const [first, ...others] = emails;
  for (const email of others.slice(0, OTHERS)) {
    const { candidate } = await signInAs(url, email);
    for (const id of await practise(candidate, 1)) await judged(candidate, id);
  }
  const { candidate } = await signInAs(url, first);
  for (let n = 0; n < SESSIONS; n++) {
    const ids = await practise(candidate, ANSWERS_EACH);
    await judged(candidate, ids.at(-1)!);
  }
  return candidate;
}

const folder = await Deno.makeTempDir({ prefix: "docent-bench-" });
try {
  const kvPath = `${folder}/bench.kv`;
  const kv = await Deno.openKv(kvPath);
  const emails = await fillPeople(kv, OTHERS + 2);
  kv.close();
  const args = ["run", "-A", "bench/server.ts"];
  const server = await startChild(Deno.execPath(), args, { KV_PATH: kvPath });
  benchRubric();
  await benchSignIn(server.url, emails);
  const { candidate } = await signInAs(server.url, emails.at(-1)!);
  await benchQuestions(candidate);
  await benchAnalysis(candidate);
  const queueMs = await benchQueue(candidate);
  const keen = await fill(server.url, emails);
  report("Filled");
  const bytes = await benchFigures(keen);
  await server.stop();
  const head = ["", "target ms", "times", "p50 ms", "p95 ms", "max ms", "in time"];
  const text = `# Interviews

Measured ${new Date().toISOString().slice(0, 10)} on ${machineName()}, by
\`deno run -A --unstable-kv bench/interviews.ts\`.

Requests over HTTP from another process, one after the other, by the analyser that works offline; the
rubric alone is measured without a server. Figures and exports are of somebody with ${SESSIONS}
interviews of ${ANSWERS_EACH} answers each, beside ${OTHERS} others of the same category; the export as JSON
has ${
    (bytes / 2 ** 20).toFixed(1)
  } MiB. ${QUEUED} answers that are sent at once are all judged after ${queueMs} ms.

${table(head, rows)}
`;
  console.log(text);
  await Deno.writeTextFile(new URL("results/interviews.md", import.meta.url), text);
} finally {
  await Deno.remove(folder, { recursive: true });
}
