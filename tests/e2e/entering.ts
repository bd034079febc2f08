import { deepEqual, equal, match } from "node:assert/strict";
import { lookAt } from "./looks.ts";
import { openOperator, setUp, signIn, signOut } from "./operator.ts";
import { connectionOf } from "./reading.ts";
import { LOOKS, type Scene } from "./scene.ts";
import { until } from "./until.ts";

const ENTRIES = [
  ["login", "/admin/login"],
  ["app-login", "/app/login"],
  ["app-register", "/app/register"],
  ["app-forgot", "/app/forgot"],
  ["app-reset", "/app/reset?token=made-up"],
] as const;

export async function lookAtEntries({ server, browser }: Scene): Promise<void> {
  for (const look of LOOKS) {
    await using visitor = await openOperator(browser, look);
    await lookAt(visitor.page, { name: "setup", path: await server.setupLink() }, look);
    for (const [name, path] of ENTRIES) {
      await lookAt(visitor.page, { name, path: `${server.origin}${path}` }, look);
    }
    deepEqual(visitor.complaints, []);
  }
}

export async function firstSignIn({ server, operator: { page, context } }: Scene): Promise<void> {
  await setUp(page, await server.setupLink());
  const cookie = (await context.cookies()).find(({ name }) => name === "docent");
  equal(cookie?.httpOnly, true);
  await signOut(page);
  await page.goto(await server.setupLink());
  equal(await page.getByLabel("User name").count(), 0, "the link works a second time");
  // Who is not signed in is led back to the page that was asked for.
  await page.goto(`${server.origin}/admin/missions/live`);
  match(page.url(), /\/admin\/login\?next=/);
  await signIn(page);
  await page.waitForURL(/\/admin\/missions\/live$/);
}

export async function loseSession({ server, operator: { page, context } }: Scene): Promise<void> {
  await page.goto(`${server.origin}/admin/missions/live?mission=portfolio`);
  await until("connected", () => connectionOf(page), (state) => state === "connected");
  const elsewhere = await context.newPage();
  await elsewhere.goto(`${server.origin}/admin/export`);
  await signOut(elsewhere);
  await elsewhere.close();
  // The server ends the stream at its next beat; to be back on the network shows the same sooner.
  await page.evaluate(() => {
    dispatchEvent(new Event("pagehide"));
    dispatchEvent(new Event("online"));
  });
  await page.waitForURL(/\/admin\/login\?next=/);
  await signIn(page);
  await page.waitForURL(/\/admin\/missions\/live\?mission=portfolio$/);
}
