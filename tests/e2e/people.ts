import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { lookAtAll } from "./looks.ts";
import { openOperator } from "./operator.ts";
import type { Scene } from "./scene.ts";

const KIM = { name: "Kim", email: "kim@example.org", password: "a long enough secret" };
const NEWS = [
  ["achievement", "첫 목표 달성", "축하합니다. 첫 목표를 이루었습니다."],
  ["milestone", "Ten hours", "You learned for ten hours this month."],
  ["social", "새 댓글", "민준 님이 댓글을 남겼습니다."],
] as const;
const DONE = [
  ["login", "Signed in", ""],
  ["log_created", "학습 일기를 썼습니다", "오늘 배운 것: 발음과 억양"],
  ["goal_completed", "Goal reached", "Half an hour a day for a week"],
  ["skill_added", "TypeScript", ""],
] as const;
const PAGES = ["feed", "notifications", "learning", "settings", "security"];

/** From making an account to a notification, read and deleted; in each page's own words. */
export async function tellPerson({ server, browser }: Scene): Promise<void> {
  await using visitor = await openOperator(browser, { locale: "en", theme: "dark" });
  const { page } = visitor;
  await makeAccount(page, server.origin);
  await page.getByRole("main").getByText("Signed in").first().waitFor();

  await tell(page, {
    title: "Your report is ready",
    message: "Ten pages",
    actionUrl: "/app/learning",
  });
  // Without a reload: the page hears of it.
  await page.locator(".nav__count").waitFor();
  equal(await page.locator(".nav__count").innerText(), "1\n1 unread");
  await page.getByRole("link", { name: "Notifications" }).click();
  await page.getByRole("link", { name: "Open" }).click();
  await page.waitForURL(/\/app\/learning$/);
  await page.goBack();
  await page.getByRole("button", { name: "Mark as read: Your report is ready" }).click();
  await page.locator(".nav__count").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Delete: Your report is ready" }).click();
  await page.getByText("No notifications").waitFor();

  await fill(page);
  await lookAtAll(
    browser,
    visitor.context,
    PAGES.map((name) => ({
      name: `app-${name}`,
      path: `${server.origin}/app/${name}`,
      alsoNarrow: true,
    })),
  );
  await removeAccount(page, server.origin);
  deepEqual(visitor.complaints, []);
}

/** What applications tell of somebody in a week. */
async function fill(page: Page): Promise<void> {
  await page.goto(page.url());
  for (const [type, title, message] of NEWS) {
    await send(page, "POST", "/api/notifications", {
      type,
      title,
      message,
      actionUrl: "/app/feed",
    });
  }
  for (const [type, title, description] of DONE) {
    await send(page, "POST", "/api/activities", { type, title, description });
  }
  await send(page, "POST", "/api/analytics/:userId/init", {});
  for (const [daysAgo, hoursLogged] of [2, 0.5, 1, 3, 1.5, 0, 2.5].entries()) {
    const date = new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
    await send(page, "POST", "/api/analytics/:userId/weekly", { date, hoursLogged, logsCount: 1 });
  }
  await send(page, "PATCH", "/api/analytics/:userId/learning-hours", { hours: 10.5 });
  await send(page, "PATCH", "/api/analytics/:userId/streak", {
    currentStreak: 4,
    longestStreak: 9,
  });
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

function tell(page: Page, notification: Record<string, string>): Promise<void> {
  return send(page, "POST", "/api/notifications", { type: "system", ...notification });
}

/** As an application in the same browser does: by the session, with its token. */
async function send(page: Page, method: string, path: string, body: object): Promise<void> {
  const sent = { method, path, body };
  const status = await page.evaluate(async ({ method, path, body }) => {
    const token = document.querySelector<HTMLInputElement>("[name=_csrf]")!.value;
    const { data: { id: userId } } = await (await fetch("/api/users/profile")).json();
    const answer = await fetch(path.replace(":userId", userId), {
      method,
      headers: { "content-type": "application/json", "x-csrf-token": token },
      body: JSON.stringify(path.includes(":userId") ? body : { userId, ...body }),
    });
    return answer.status;
  }, sent);
  ok(status < 300, `${method} ${path} was answered with ${status}`);
}

export async function removeAccount(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/app/security`);
  const card = page.getByRole("region", { name: "Delete the account" });
  await card.getByLabel("Password").fill(KIM.password);
  await card.getByRole("button", { name: "Delete my account" }).click();
  await page.getByText("everything about you is deleted").waitFor();
}
