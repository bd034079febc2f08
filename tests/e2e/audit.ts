import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds wrong with a page, in lines that tell what to mend. */
export async function violationsOf(page: Page): Promise<string[]> {
  // What is folded away is part of the page too.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  // As a script of the browser's tools: the page's own policy would refuse an inline element.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    // deno-lint-ignore no-explicit-any
    (globalThis as any).axe.run(document, { resultTypes: ["violations"] })
  ) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)
  );
}
