import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { lookAtAll } from "./looks.ts";
import { openOperator } from "./operator.ts";
import { makeAccount, removeAccount } from "./people.ts";
import type { Scene } from "./scene.ts";

const ANSWER =
  "Last year visitors missed the third room. My task was to change that. First I asked 20 of them, " +
  "then I moved the sign and measured again; as a result 85% found it within 2 minutes.";

/** From sign-in over two answers to the report on paper. */
export async function practise({ server, browser, operator }: Scene): Promise<void> {
  await using visitor = await openOperator(browser, { locale: "en", theme: "dark" });
  const { page, context } = visitor;
  const look = (name: string) =>
    lookAtAll(browser, context, [{ name, path: page.url(), alsoNarrow: true }]);
  await makeAccount(page, server.origin);
  await page.getByRole("link", { name: "Practice" }).click();
  await begin(page);
  await look("app-practice-question");

  await page.getByLabel("Your answer").fill("Too few");
  await page.getByRole("button", { name: "Send the answer" }).click();
  await page.getByRole("alert").getByText("Write 10 to 5,000 characters").waitFor();
  equal(await page.getByLabel("Your answer").inputValue(), "Too few");
  await answer(page);
  const bars = page.getByRole("list", { name: "Scores" }).getByRole("listitem");
  equal(await bars.count(), 4);
  await page.getByRole("heading", { name: "An ideal answer" }).waitFor();
  await look("app-practice-feedback");

  await page.getByRole("button", { name: "Next question" }).click();
  await page.getByText("Question 2 of 3").waitFor();
  await answer(page);
  await page.getByRole("button", { name: "Finish" }).click();
  await page.waitForURL(/\/report$/);
  await print(page);
  await look("app-practice-report");
  await page.getByRole("link", { name: "Practice" }).click();
  await page.getByRole("link", { name: "Progress and skills" }).waitFor();
  await look("app-practice");
  await page.getByRole("link", { name: "Progress and skills" }).click();
  await page.getByRole("heading", { name: "Score by day" }).waitFor();
  await look("app-practice-progress");
  await lookAtInterviews({ server, browser, operator });
  await removeAccount(page, server.origin);
  // The form that was refused on purpose.
  const complaints = visitor.complaints.filter((it) => !it.includes("400"));
  deepEqual(complaints, []);
}

/** What staff see of it. */
async function lookAtInterviews({ server, browser, operator }: Scene): Promise<void> {
  const home = `${server.origin}/admin/interviews`;
  const list = await operator.page.request.get(`${home}/questions`);
  const [, question] = /class="practice__cut" href="([^"]+)"/.exec(await list.text())!;
  await lookAtAll(browser, operator.context, [
    { name: "interviews", path: home, alsoNarrow: true },
    { name: "interviews-questions", path: `${home}/questions`, alsoNarrow: true, isLong: true },
    { name: "interviews-question", path: `${server.origin}${question}` },
    { name: "interviews-generate", path: `${home}/questions/generate` },
  ]);
}

async function begin(page: Page): Promise<void> {
  await page.getByLabel("Language of practice").selectOption("en");
  await page.getByLabel("Questions", { exact: true }).selectOption("3");
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByText("Question 1 of 3").waitFor();
  // The clock runs.
  await page.locator("[role=timer]").getByText("2s", { exact: true }).waitFor();
}

async function answer(page: Page): Promise<void> {
  await page.getByLabel("Your answer").fill(ANSWER);
  await page.getByRole("button", { name: "Send the answer" }).click();
  await page.waitForURL(/\/answers\/\d$/);
  await page.getByText(/^\d+ of 100$/).waitFor();
}

/** What is there to be pressed stays off the paper; what was answered and said is on it. */
async function print(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.print = () => void document.body.setAttribute("data-printed", "");
  });
  await page.getByRole("button", { name: "Print" }).click();
  await page.locator("[data-printed]").waitFor();
  await page.emulateMedia({ media: "print" });
  equal(await page.getByRole("navigation").first().isVisible(), false);
  equal(await page.getByRole("button", { name: "Print" }).isVisible(), false);
  match(await page.locator("main").innerText(), /\d+ of 100[^]*85% found it/);
  const paper = await page.pdf({ format: "A4" });
  equal(new TextDecoder().decode(paper.subarray(0, 5)), "%PDF-");
  ok(paper.length > 10_000, `paper of ${paper.length} bytes`);
  await page.emulateMedia({ media: null });
}
