import axe from "axe-core";
import type { Page } from "playwright-core";

/** Rows of long lists are alike, and axe takes its time for each. */
const FURTHER_ROWS = [".event", ".moment", "tbody tr"].map((row) => `${row}:nth-child(n+16)`);

/** Opens what is folded: it is part of the page too. The menu lies over what is below it. */
export async function unfold(page: Page, { menu }: { readonly menu: boolean }): Promise<void> {
  await page.evaluate((menu) => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    if (menu) document.querySelector<HTMLElement>("[popover]")?.showPopover();
  }, menu);
}

/** What axe finds wrong with a page, in lines that tell what to mend. */
export async function violationsOf(page: Page): Promise<string[]> {
  // As a script of the browser's tools: the page's own policy would refuse an inline element.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (exclude) =>
      // deno-lint-ignore no-explicit-any
      (globalThis as any).axe.run({ exclude }, { resultTypes: ["violations"] }),
    FURTHER_ROWS,
  ) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)
  );
}
