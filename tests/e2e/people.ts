import { deepEqual, equal, match } from "node:assert/strict";
import type { Page } from "playwright-core";
import { lookAt } from "./looks.ts";
import { openOperator } from "./operator.ts";
import type { Scene } from "./scene.ts";

const KIM = { name: "Kim", email: "kim@example.org", password: "a long enough secret" };
const PAGES = ["feed", "notifications", "learning", "settings", "security"];

/** From making an account to a notification, read and deleted; in each page's own words. */
export async function tellPerson({ server, browser }: Scene): Promise<void> {
  await using visitor = await openOperator(browser, { locale: "en", theme: "dark" });
  const { page } = visitor;
  await makeAccount(page, server.origin);
  await page.getByText("Signed in").first().waitFor();

  await tell(page, {
    title: "Your report is ready",
    message: "Ten pages",
    actionUrl: "/app/learning",
  });
  await page.reload();
  equal(await page.locator(".nav__count").innerText(), "1\n1 unread");
  await page.getByRole("link", { name: "Notifications" }).click();
  await page.getByRole("link", { name: "Open" }).click();
  await page.waitForURL(/\/app\/learning$/);
  await page.goBack();
  await page.getByRole("button", { name: "Mark as read: Your report is ready" }).click();
  await page.locator(".nav__count").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Delete: Your report is ready" }).click();
  await page.getByText("No notifications").waitFor();

  for (const name of PAGES) {
    const path = `${server.origin}/app/${name}`;
    await lookAt(page, { name: `app-${name}`, path, alsoNarrow: true }, {
      locale: "en",
      theme: "dark",
    });
  }
  await removeAccount(page, server.origin);
  deepEqual(visitor.complaints, []);
}

export async function makeAccount(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/app/feed`);
  match(page.url(), /\/app\/login\?next=/);
  await page.getByRole("link", { name: "Make an account" }).click();
  await page.getByLabel("Name").fill(KIM.name);
  await page.getByLabel("E-mail address").fill(KIM.email);
  await page.getByLabel("Password").fill(KIM.password);
  await page.getByRole("button", { name: "Make the account" }).click();
  await page.getByText("Your account is made").waitFor();
  await page.getByLabel("E-mail address").fill(KIM.email);
  await page.getByLabel("Password").fill(KIM.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/app\/feed$/);
}

/** As an application in the same browser does: by the session, with its token. */
async function tell(page: Page, notification: Record<string, string>): Promise<void> {
  const status = await page.evaluate(async (notification) => {
    const token = document.querySelector<HTMLInputElement>("[name=_csrf]")!.value;
    const profile = await (await fetch("/api/users/profile")).json();
    const answer = await fetch("/api/notifications", {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf-token": token },
      body: JSON.stringify({ userId: profile.data.id, type: "system", ...notification }),
    });
    return answer.status;
  }, notification);
  equal(status, 201);
}

export async function removeAccount(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/app/security`);
  const card = page.getByRole("region", { name: "Delete the account" });
  await card.getByLabel("Password").fill(KIM.password);
  await card.getByRole("button", { name: "Delete my account" }).click();
  await page.getByText("everything about you is deleted").waitFor();
}
